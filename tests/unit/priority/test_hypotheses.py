"""Which hypotheses a case raises, and whether its genotypes fit each."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import pytest

from core_builders import (
    FAMILY_LIMITS,
    HEMI,
    HET,
    HOM,
    REF,
    TANGO2,
    YES,
    calls,
    candidate,
    case,
    link,
    no_specification,
    phased,
    trio,
)
from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.facts import FamilyGenotypes, GeneLinks
from varinterp.model.family import Family, Sex
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses

AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
X, MT = Inheritance.X_LINKED, Inheritance.MITOCHONDRIAL
ONE, TWO, THREE = "22-20055980-C-T", "22-20061538-G-A", "22-20061684-G-A"
FROM_FATHER = calls(proband=HET, father=HET, mother=REF)
FROM_MOTHER = calls(proband=HET, father=REF, mother=HET)
HOMOZYGOUS = calls(proband=HOM, father=HET, mother=HET)


def raised(
    *candidates: Candidate,
    modes: Sequence[Inheritance] = (AR,),
    family: Family | None = None,
    known: Mapping[str, GeneLinks] | None = None,
) -> tuple[Hypothesis, ...]:
    if known is None:
        known = {TANGO2.hgnc: GeneLinks(tuple(link(mode) for mode in modes))}
    return raise_hypotheses(
        case(family or trio()), candidates, known, FAMILY_LIMITS, no_specification
    )


def alleles(hypothesis: Hypothesis) -> tuple[str, ...]:
    return tuple(str(key.allele) for key in hypothesis.keys)


def test_a_homozygote_is_one_hypothesis_of_a_recessive_disease() -> None:
    (found,) = raised(candidate(ONE, HOMOZYGOUS))

    assert alleles(found) == (ONE,)
    assert found.fit.answer is Answer.FITS
    assert found.keys[0].disease == "OMIM:616878"
    assert found.keys[0].inheritance is AR
    assert found.keys[0].gene == TANGO2.hgnc


def test_a_heterozygous_carrier_alone_does_not_fit() -> None:
    (found,) = raised(candidate(ONE, FROM_MOTHER))

    assert found.fit.reason.key == "inheritance.one_copy"


def test_two_heterozygous_alleles_are_asked_as_a_pair_and_not_alone() -> None:
    (found,) = raised(candidate(TWO, FROM_MOTHER), candidate(ONE, FROM_FATHER))

    assert alleles(found) == (ONE, TWO)
    assert found.fit.answer is Answer.FITS
    assert found.fit.partner == candidate(TWO, FROM_MOTHER).allele


def test_every_pair_of_three_and_the_homozygote_beside_them() -> None:
    found = raised(
        candidate(ONE, FROM_FATHER),
        candidate(TWO, FROM_MOTHER),
        candidate(THREE, FROM_MOTHER),
        candidate("22-20036830-G-A", HOMOZYGOUS),
    )

    assert [alleles(each) for each in found] == [
        ("22-20036830-G-A",),
        (ONE, TWO),
        (ONE, THREE),
        (TWO, THREE),
    ]


def test_alleles_of_two_genes_are_no_pair() -> None:
    known = {gene: GeneLinks((link(AR, gene),)) for gene in (TANGO2.hgnc, "HGNC:2847")}
    found = raised(
        candidate(ONE, FROM_FATHER), candidate(TWO, FROM_MOTHER, "HGNC:2847"), known=known
    )

    assert all(len(each.keys) == 1 for each in found)


def test_each_disease_and_mode_of_a_gene_is_a_hypothesis_of_its_own() -> None:
    found = raised(
        candidate(ONE, calls(proband=HET, father=REF, mother=REF)), modes=(AD, AR, X, MT)
    )

    assert [each.keys[0].inheritance for each in found] == [AD, AR, X, MT]
    assert [each.fit.reason.key for each in found] == [
        "inheritance.de_novo",
        "inheritance.one_copy",
        "inheritance.not_x_linked",
        "inheritance.not_mitochondrial",
    ]


def test_a_mitochondrial_disease_needs_the_allele() -> None:
    (found,) = raised(candidate("MT-3243-A-G", calls(proband=REF)), modes=(MT,))

    assert found.fit.reason.key == "inheritance.proband_without_allele"


@pytest.mark.parametrize("known", [{}, {TANGO2.hgnc: GeneLinks(())}], ids=["no row", "no disease"])
def test_a_gene_without_a_disease_raises_that_hypothesis(
    known: Mapping[str, GeneLinks],
) -> None:
    (found,) = raised(candidate(ONE, HOMOZYGOUS), known=known)

    assert found.link is None
    assert found.keys[0].disease == NO_KNOWN_DISEASE
    assert found.keys[0].inheritance is None


@pytest.mark.parametrize(
    ("name", "genotypes", "sex", "answer", "reason"),
    [
        pytest.param(
            ONE,
            calls(proband=HET, father=REF, mother=REF),
            Sex.FEMALE,
            Answer.FITS,
            "inheritance.de_novo",
            id="as if dominant",
        ),
        pytest.param(
            ONE, HOMOZYGOUS, Sex.FEMALE, Answer.FITS, "inheritance.homozygous", id="as if recessive"
        ),
        pytest.param(
            "X-154030912-G-A",
            calls(proband=HEMI, father=REF, mother=HET),
            Sex.MALE,
            Answer.FITS,
            "inheritance.x_linked_carrier_mother",
            id="a boy's allele of X, from a carrier mother",
        ),
        pytest.param(
            "MT-3243-A-G",
            calls(proband=HOM, father=REF, mother=HOM),
            Sex.MALE,
            Answer.UNKNOWN,
            "inheritance.mitochondrial_unaffected",
            id="mitochondrial, in all copies of an unaffected mother, too",
        ),
        pytest.param(
            ONE,
            FROM_MOTHER,
            Sex.FEMALE,
            Answer.DOES_NOT_FIT,
            "inheritance.unaffected_carrier",
            id="from an unaffected mother",
        ),
    ],
)
def test_without_a_disease_the_best_mode_of_the_chromosome_is_shown(
    name: str, genotypes: FamilyGenotypes, sex: Sex, answer: Answer, reason: str
) -> None:
    (found,) = raised(candidate(name, genotypes), family=trio(sex=sex), known={})

    assert (found.fit.answer, found.fit.reason.key) == (answer, reason)


def test_two_alleles_on_one_copy_are_no_pair() -> None:
    found = raised(
        candidate(ONE, calls(proband=phased(0), father=REF, mother=REF)),
        candidate(TWO, calls(proband=phased(0), father=REF, mother=REF)),
    )

    assert [each.fit.reason.key for each in found] == ["inheritance.in_cis"]


def test_an_allele_that_the_proband_lacks_fits_nothing() -> None:
    found = raised(
        candidate(ONE, calls(proband=MISSING, father=HET, mother=HET)),
        candidate(TWO, calls(proband=REF, father=HET, mother=REF)),
        modes=(AD, AR),
        family=trio(father=YES),
    )

    assert len(found) == 4
    assert {each.fit.answer for each in found} == {Answer.DOES_NOT_FIT}


def test_the_order_of_candidates_does_not_matter() -> None:
    candidates = (
        candidate(ONE, FROM_FATHER),
        candidate(TWO, FROM_MOTHER),
        candidate(THREE, HOMOZYGOUS),
        candidate("22-20091916-G-A", FROM_MOTHER, "HGNC:2847"),
    )

    assert len({raised(*order, modes=(AR, AD)) for order in permutations(candidates)}) == 1


def test_incomplete_penetrance_is_of_the_rules_that_hold_for_a_gene() -> None:
    def of_tango2(hgnc: str, *_: object) -> str | None:
        return "OF-TANGO2" if hgnc == TANGO2.hgnc else None

    known = {gene: GeneLinks((link(AD, gene),)) for gene in (TANGO2.hgnc, "HGNC:2847")}
    found = raise_hypotheses(
        case(trio()),
        [candidate(ONE, FROM_FATHER), candidate(TWO, FROM_MOTHER, "HGNC:2847")],
        known,
        FAMILY_LIMITS,
        of_tango2,
        incomplete=lambda rules: rules == "OF-TANGO2",
    )

    assert {each.keys[0].gene: each.fit.reason.key for each in found} == {
        TANGO2.hgnc: "inheritance.incomplete_penetrance",
        "HGNC:2847": "inheritance.unaffected_carrier",
    }


def test_a_copy_number_raises_no_allele_that_is_not_assessed_without_it() -> None:
    candidates = (candidate(ONE, FROM_FATHER), candidate(TWO, HOMOZYGOUS))
    loss = CarriedCopy(
        CopyNumber(Chromosome.C22, 20050000, 20064000, Change.LOSS, 1),
        (TANGO2.hgnc,),
        AcmgClass.UNCERTAIN,
        0.0,
        (("proband", Carrier.YES), ("father", Carrier.NO), ("mother", Carrier.YES)),
    )
    known = {TANGO2.hgnc: GeneLinks((link(AR), link(AD)))}

    def keys(*copies: CarriedCopy) -> set[str]:
        found = raise_hypotheses(
            case(trio()), candidates, known, FAMILY_LIMITS, no_specification, copies
        )
        return {str(key) for each in found for key in each.keys}

    assert keys(loss) == keys()
