"""Autosomal dominant, fully penetrant: the truth table, and what a parent's data may say."""

from dataclasses import replace
from itertools import product

import pytest

from core_builders import (
    FAMILY_LIMITS,
    HET,
    HOM,
    NO,
    REF,
    SINGLETON,
    UNKNOWN,
    YES,
    call,
    calls,
    trio,
)
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.dominant import answers, fit
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family
from varinterp.model.fit import Answer
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT


def test_a_proband_without_the_allele() -> None:
    found = fit(trio(), calls(proband=REF, father=REF, mother=REF), FAMILY_LIMITS)

    assert found.answer is DOES_NOT
    assert found.reason.key == "inheritance.proband_without_allele"


def test_a_proband_without_a_call_does_not_lack_the_allele() -> None:
    found = fit(trio(), calls(proband=MISSING, father=REF, mother=REF), FAMILY_LIMITS)

    assert found.answer is CANNOT_TELL
    assert found.reason.key == "inheritance.proband_without_call"


# One member beside the proband, whose parents are not in the pedigree: a brother or sister.
@pytest.mark.parametrize(
    ("affected", "genotype", "answer", "reason"),
    [
        (YES, HET, FITS, "inheritance.dominant_origin_unknown"),
        (YES, HOM, FITS, "inheritance.dominant_origin_unknown"),
        (YES, REF, DOES_NOT, "inheritance.affected_without_allele"),
        (YES, MISSING, CANNOT_TELL, "inheritance.member_without_call"),
        (NO, HET, DOES_NOT, "inheritance.unaffected_carrier"),
        (NO, HOM, DOES_NOT, "inheritance.unaffected_carrier"),
        (NO, REF, FITS, "inheritance.dominant_origin_unknown"),
        (NO, MISSING, CANNOT_TELL, "inheritance.member_without_call"),
        (UNKNOWN, HET, FITS, "inheritance.dominant_origin_unknown"),
        (UNKNOWN, REF, FITS, "inheritance.dominant_origin_unknown"),
        (UNKNOWN, MISSING, FITS, "inheritance.dominant_origin_unknown"),
    ],
)
def test_one_member(affected: Affected, genotype: Genotype, answer: Answer, reason: str) -> None:
    family = trio(sibling=affected, unsequenced=("father", "mother"))
    found = fit(family, calls(proband=HET, sibling=genotype), FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (answer, reason)


@pytest.mark.parametrize(
    ("family", "genotypes", "answer", "reason"),
    [
        pytest.param(
            trio(mother=YES),
            calls(proband=HET, father=REF, mother=HET),
            FITS,
            "inheritance.dominant_inherited",
            id="from an affected mother",
        ),
        pytest.param(
            trio(mother=YES),
            calls(proband=HET, father=REF, mother=REF),
            DOES_NOT,
            "inheritance.affected_without_allele",
            id="an affected mother who does not have it",
        ),
        pytest.param(
            trio(),
            calls(proband=HET, father=REF, mother=HET),
            DOES_NOT,
            "inheritance.unaffected_carrier",
            id="from an unaffected mother",
        ),
        pytest.param(
            trio(mother=UNKNOWN),
            calls(proband=HET, father=REF, mother=HET),
            FITS,
            "inheritance.dominant_inherited",
            id="from a mother whose status nobody knows",
        ),
        pytest.param(
            trio(),
            calls(proband=HET, father=REF, mother=REF),
            FITS,
            "inheritance.de_novo",
            id="new in the patient",
        ),
        pytest.param(
            trio(),
            calls(proband=HET, father=REF, mother=MISSING),
            CANNOT_TELL,
            "inheritance.member_without_call",
            id="a mother without a call is no reference parent",
        ),
        pytest.param(
            trio(),
            calls(proband=HET, father=REF, mother=call(0, alt_depth=4)),
            CANNOT_TELL,
            "inheritance.de_novo_refuted",
            id="the mother's reads show it",
        ),
        pytest.param(
            trio(),
            calls(proband=HET, father=call(0, depth=5), mother=REF),
            CANNOT_TELL,
            "inheritance.de_novo_uncertain",
            id="the father's data are thin",
        ),
        pytest.param(
            SINGLETON,
            calls(proband=HET),
            FITS,
            "inheritance.dominant_origin_unknown",
            id="nobody else",
        ),
        pytest.param(
            trio(unsequenced=("mother",)),
            calls(proband=HET, father=REF),
            FITS,
            "inheritance.dominant_origin_unknown",
            id="a duo whose father does not have it",
        ),
    ],
)
def test_parents(family: Family, genotypes: FamilyGenotypes, answer: Answer, reason: str) -> None:
    found = fit(family, genotypes, FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (answer, reason)


def test_the_parents_reads_that_refute_are_shown() -> None:
    genotypes = calls(proband=HET, father=call(0, alt_depth=4), mother=REF)
    reason = fit(trio(), genotypes, FAMILY_LIMITS).reason

    assert (reason["role"], reason["alt_reads"], reason["depth"]) == ("father", 4, 40)


@pytest.mark.parametrize(("father", "mother"), list(product((YES, NO, UNKNOWN), repeat=2)), ids=str)
def test_a_missing_parental_call_never_passes_as_de_novo(
    father: Affected, mother: Affected
) -> None:
    for calls_of in ({"father": MISSING, "mother": REF}, {"father": REF, "mother": MISSING}):
        found = fit(
            trio(father=father, mother=mother), calls(proband=HET, **calls_of), FAMILY_LIMITS
        )

        assert found.reason.key != "inheritance.de_novo"


def test_penetrance_is_full_unless_it_is_known_not_to_be() -> None:
    genotypes = calls(proband=HET, father=REF, mother=HET)
    full = answers(CallTable.of(trio(), [genotypes], FAMILY_LIMITS)).fit(0)
    known = fit(trio(), genotypes, FAMILY_LIMITS, incomplete=True)

    assert (full.answer, full.reason.key) == (DOES_NOT, "inheritance.unaffected_carrier")
    assert (known.answer, known.reason.key) == (CANNOT_TELL, "inheritance.incomplete_penetrance")
    assert full.reason["role"] == known.reason["role"] == "mother"


@pytest.mark.parametrize("parent", ["father", "mother"])
def test_one_sequenced_parent_tells_that_the_allele_is_inherited(parent: str) -> None:
    other = {"father": "mother", "mother": "father"}[parent]
    family = trio(unsequenced=(other,), father=YES, mother=YES)
    found = fit(family, calls(proband=HET, **{parent: HET}), FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (FITS, "inheritance.dominant_inherited")
    assert found.reason["role"] == parent


def test_thin_data_of_an_affected_relative_are_shown() -> None:
    family = trio(sibling=YES, unsequenced=("father", "mother"))
    found = fit(family, calls(proband=HET, sibling=call(0, depth=5)), FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (CANNOT_TELL, "inheritance.absence_not_believed")
    assert dict(found.reason.facts) == {"role": "sibling", "alt_reads": 0, "depth": 5}


def test_how_sure_it_is_that_an_allele_is_new_is_told_to_three_decimals() -> None:
    parent = replace(call(0, depth=10), quality=27)
    found = fit(trio(), calls(proband=HET, father=parent, mother=parent), FAMILY_LIMITS)

    assert found.reason.key == "inheritance.de_novo"
    assert found.reason["confidence"] == 0.77  # 1 / (1 + 2 x 75 x 10^-2.7) = 0.76965
