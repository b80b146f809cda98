"""What is proposed to the reader, in which order, and what never is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
    FAMILY_LIMITS,
    HET,
    HOM,
    REF,
    TANGO2,
    WEIGHTS,
    allele,
    call,
    calls,
    candidate,
    case,
    concluded,
    link,
    no_specification,
    phased,
    trio,
)
from ranked import AD, AR, COMMON, FITS, MATCH, NULL, SILENT, phenotype
from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import (
    Candidate,
    PhenotypeScore,
    RankedHypothesis,
    Tier,
)
from varinterp.model.evidence import Finding
from varinterp.model.facts import GeneLinks
from varinterp.model.family import Family
from varinterp.model.fit import Answer, Fit, does_not_fit, unknown
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.model.genotype import MISSING, Genotype
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses
from varinterp.priority.rank import rank
from varinterp.priority.weights import Weights

NOTHING: tuple[Finding, ...] = ()
CANNOT_TELL, DOES_NOT = unknown("unknown"), does_not_fit("does_not")


def hypothesis(
    name: str = "22-20055980-C-T",
    fit: Fit = FITS,
    disease: GeneDisease | None = None,
    partner: str | None = None,
) -> Hypothesis:
    disease = disease or link(AR)
    keys = tuple(
        AssessmentKey(
            "case", allele(each), disease.hgnc, disease.disease, disease.inheritance, "core"
        )
        for each in (name, partner)
        if each is not None
    )
    return Hypothesis(keys, disease, fit)


def placed(
    hypotheses: Sequence[Hypothesis],
    findings: Sequence[tuple[Finding, ...]],
    match: PhenotypeScore | None = MATCH,
    weights: Weights = WEIGHTS,
) -> tuple[RankedHypothesis, ...]:
    """Rank hypotheses; `findings` are those of each key in turn."""
    keys = [key for each in hypotheses for key in each.keys]
    assessments = {key: concluded(key, *met) for key, met in zip(keys, findings, strict=True)}
    return rank(
        case(trio()), hypotheses, carried(keys), assessments, lambda disease: match, weights
    )


def carried(keys: Iterable[AssessmentKey]) -> list[Candidate]:
    """A candidate for each key, heterozygous in the proband."""
    return [candidate(str(key.allele), calls(proband=HET), key.gene) for key in keys]


@pytest.mark.parametrize(
    ("fit", "findings", "match", "tier", "reason"),
    [
        pytest.param(FITS, NULL, MATCH, Tier.PROPOSED, "tier.proposed", id="everything agrees"),
        pytest.param(
            FITS, NOTHING, MATCH, Tier.PROPOSED, "tier.proposed", id="of uncertain significance"
        ),
        pytest.param(
            FITS,
            NULL,
            phenotype(-1.0, "absent", "absent"),
            Tier.UNRELATED,
            "tier.unrelated",
            id="no term of the patient's is like the disease's",
        ),
        pytest.param(
            DOES_NOT,
            NULL,
            phenotype(-1.0, "absent", "absent"),
            Tier.UNRELATED,
            "tier.unrelated",
            id="a carrier of another disease is nobody's candidate",
        ),
        pytest.param(
            FITS, NULL, None, Tier.POSSIBLE, "tier.phenotype_not_assessed", id="no phenotype"
        ),
        pytest.param(CANNOT_TELL, NULL, MATCH, Tier.POSSIBLE, "unknown", id="a call is missing"),
        pytest.param(
            DOES_NOT, NULL, MATCH, Tier.NOT_RETAINED, "does_not", id="a genotype contradicts"
        ),
        pytest.param(FITS, SILENT, MATCH, Tier.NOT_RETAINED, "tier.benign", id="likely benign"),
        pytest.param(FITS, COMMON, MATCH, Tier.NOT_RETAINED, "tier.benign", id="benign"),
        pytest.param(
            CANNOT_TELL, COMMON, None, Tier.NOT_RETAINED, "tier.benign", id="benign comes first"
        ),
    ],
)
def test_tiers(
    fit: Fit,
    findings: tuple[Finding, ...],
    match: PhenotypeScore | None,
    tier: Tier,
    reason: str,
) -> None:
    (found,) = placed([hypothesis(fit=fit)], [findings], match)

    assert (found.tier, found.reason.key) == (tier, reason)
    assert found.rank == 1


@pytest.mark.parametrize(
    ("fit", "findings", "tier"),
    [
        (FITS, NULL, Tier.NO_KNOWN_DISEASE),
        (CANNOT_TELL, NULL, Tier.NO_KNOWN_DISEASE),
        (DOES_NOT, NULL, Tier.NOT_RETAINED),
        (FITS, COMMON, Tier.NOT_RETAINED),
    ],
)
def test_a_gene_without_a_disease_is_never_proposed(
    fit: Fit, findings: tuple[Finding, ...], tier: Tier
) -> None:
    key = AssessmentKey("case", allele("22-20055980-C-T"), TANGO2.hgnc, "none", None, "core")
    (found,) = placed([Hypothesis((key,), None, fit)], [findings])

    assert found.tier is tier
    assert found.phenotype is None
    assert found.disease_name is None


@pytest.mark.parametrize(
    ("findings", "acmg_class"),
    [((NULL, SILENT), AcmgClass.LIKELY_BENIGN), ((SILENT, COMMON), AcmgClass.BENIGN)],
)
def test_a_pair_with_a_benign_allele_is_not_retained(
    findings: tuple[tuple[Finding, ...], ...], acmg_class: AcmgClass
) -> None:
    (found,) = placed([hypothesis(partner="22-20061538-G-A")], findings)

    assert found.tier is Tier.NOT_RETAINED
    assert found.reason["acmg_class"] == acmg_class


def test_the_reason_of_a_proposal_counts_the_terms() -> None:
    (found,) = placed([hypothesis()], [NULL])

    assert (found.reason["exact"], found.reason["terms"]) == (1, 3)


MANY = [
    hypothesis("22-20055980-C-T"),
    hypothesis("22-20061538-G-A"),
    hypothesis("22-20061684-G-A", CANNOT_TELL),
    hypothesis("22-20036830-G-A", DOES_NOT),
    hypothesis("22-20036801-GT-G", DOES_NOT),
    hypothesis("22-20055981-G-A", FITS, link(AD)),
]
MET = [NULL, NOTHING, NULL, NULL, NOTHING, SILENT]


def order(ranking: Iterable[RankedHypothesis]) -> list[str]:
    return [str(each.keys[0].allele) for each in ranking]


def test_proposed_and_possible_are_one_list_in_order_of_log_odds() -> None:
    found = placed(MANY, MET)

    assert order(found) == [
        "22-20055980-C-T",
        "22-20061684-G-A",
        "22-20061538-G-A",
        "22-20036830-G-A",
        "22-20055981-G-A",
        "22-20036801-GT-G",
    ]
    assert [each.rank for each in found] == [1, 2, 3, 4, 5, 6]


@given(st.permutations(range(len(MANY))))
def test_the_order_of_the_input_does_not_matter(places: list[int]) -> None:
    turned = placed([MANY[place] for place in places], [MET[place] for place in places])

    assert turned == placed(MANY, MET)


def test_equal_scores_are_ordered_by_key() -> None:
    names = ["22-20061684-G-A", "22-20055980-C-T", "22-20061538-G-A"]
    found = placed([hypothesis(name) for name in names], [NULL] * 3)

    assert order(found) == sorted(names)


# From genotypes to a proposal: each allele a null one, in a patient who has the disease's terms.


def proposed(
    candidates: Sequence[Candidate], mode: Inheritance | None, family: Family
) -> list[RankedHypothesis]:
    known = {} if mode is None else {TANGO2.hgnc: GeneLinks((link(mode),))}
    hypotheses = raise_hypotheses(case(family), candidates, known, FAMILY_LIMITS, no_specification)
    assessments = {key: concluded(key, *NULL) for each in hypotheses for key in each.keys}
    ranking = rank(
        case(family), hypotheses, candidates, assessments, lambda disease: MATCH, WEIGHTS
    )
    return [each for each in ranking if each.tier is Tier.PROPOSED]


ONE, TWO = "22-20055980-C-T", "22-20061538-G-A"


@pytest.mark.parametrize(
    ("candidates", "mode"),
    [
        pytest.param(
            [candidate(ONE, calls(proband=HET, father=REF, mother=HET))],
            AR,
            id="a heterozygous carrier of a recessive disease",
        ),
        pytest.param(
            [
                candidate(ONE, calls(proband=phased(0), father=REF, mother=REF)),
                candidate(TWO, calls(proband=phased(0), father=REF, mother=REF)),
            ],
            AR,
            id="two alleles in cis by reads",
        ),
        pytest.param(
            [
                candidate(ONE, calls(proband=HET, father=REF, mother=HET)),
                candidate(TWO, calls(proband=HET, father=REF, mother=HET)),
            ],
            AR,
            id="two alleles in cis by parents",
        ),
        pytest.param(
            [candidate(ONE, calls(proband=HET, father=REF, mother=call(0, alt_depth=4)))],
            AD,
            id="a de novo call that the mother's reads refute",
        ),
        pytest.param(
            [candidate(ONE, calls(proband=HET, father=REF, mother=HET))],
            AD,
            id="a dominant allele of an unaffected mother",
        ),
        pytest.param(
            [candidate(ONE, calls(proband=HET, father=REF, mother=MISSING))],
            AD,
            id="new, as far as one parent tells",
        ),
        pytest.param(
            [candidate(ONE, calls(proband=HOM, father=HET, mother=HET))],
            None,
            id="a gene without a disease",
        ),
        pytest.param(
            [candidate(ONE, calls(proband=HOM, father=HOM, mother=HET))],
            AR,
            id="an unaffected father with the same genotype",
        ),
    ],
)
def test_never_proposed(candidates: list[Candidate], mode: Inheritance | None) -> None:
    assert proposed(candidates, mode, trio()) == []


@pytest.mark.parametrize(
    ("candidates", "mode"),
    [
        ([candidate(ONE, calls(proband=HOM, father=HET, mother=HET))], AR),
        (
            [
                candidate(ONE, calls(proband=HET, father=HET, mother=REF)),
                candidate(TWO, calls(proband=HET, father=REF, mother=HET)),
            ],
            AR,
        ),
        ([candidate(ONE, calls(proband=HET, father=REF, mother=REF))], AD),
    ],
    ids=["homozygous", "in trans", "de novo"],
)
def test_what_explains_the_patient_is_proposed(
    candidates: list[Candidate], mode: Inheritance
) -> None:
    assert len(proposed(candidates, mode, trio())) == 1


GENOTYPES = (MISSING, REF, HET, HOM, call(0, depth=5), call(0, alt_depth=3))


@pytest.mark.parametrize("mode", [AD, AR])
def test_whatever_is_proposed_agrees_with_every_member(mode: Inheritance) -> None:
    for proband, father, mother in product(GENOTYPES, repeat=3):
        genotypes = calls(proband=proband, father=father, mother=mother)
        for found in proposed([candidate(ONE, genotypes)], mode, trio()):
            assert found.fit.answer is Answer.FITS
            _agrees(mode, proband, father, mother)


def _agrees(mode: Inheritance, proband: Genotype, father: Genotype, mother: Genotype) -> None:
    if mode is AR:
        assert (proband, father, mother) == (HOM, HET, HET)
    else:
        assert proband in (HET, HOM)
        assert father == mother == REF


def test_replacing_an_assessment_replaces_the_place() -> None:
    one = hypothesis()
    assessments: dict[AssessmentKey, Assessment] = {one.keys[0]: concluded(one.keys[0], *NULL)}
    ranked = partial(rank, case(trio()), [one], carried(one.keys))
    (before,) = ranked(assessments, lambda disease: MATCH, WEIGHTS)
    assessments[one.keys[0]] = replace(concluded(one.keys[0], *COMMON))
    (after,) = ranked(assessments, lambda disease: MATCH, WEIGHTS)

    assert (before.tier, after.tier) == (Tier.PROPOSED, Tier.NOT_RETAINED)
