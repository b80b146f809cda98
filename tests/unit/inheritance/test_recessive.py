"""Autosomal recessive, homozygous: the truth table."""

import pytest

from core_builders import (
    FAMILY_LIMITS,
    HEMI,
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
from varinterp.inheritance.recessive import fit
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family
from varinterp.model.fit import Answer
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT


@pytest.mark.parametrize(
    ("proband", "answer", "reason"),
    [
        (REF, DOES_NOT, "inheritance.one_copy"),
        (HET, DOES_NOT, "inheritance.one_copy"),
        (HEMI, CANNOT_TELL, "inheritance.one_copy_called"),
        (MISSING, CANNOT_TELL, "inheritance.proband_without_call"),
    ],
)
def test_a_proband_without_two_copies(proband: Genotype, answer: Answer, reason: str) -> None:
    found = fit(trio(), calls(proband=proband, father=HET, mother=HET))

    assert (found.answer, found.reason.key) == (answer, reason)


@pytest.mark.parametrize(
    ("affected", "genotype", "answer", "reason"),
    [
        (YES, HOM, FITS, "inheritance.homozygous"),
        (YES, HET, DOES_NOT, "inheritance.affected_not_homozygous"),
        (YES, REF, DOES_NOT, "inheritance.affected_not_homozygous"),
        (YES, MISSING, CANNOT_TELL, "inheritance.member_without_call"),
        (NO, HOM, DOES_NOT, "inheritance.unaffected_homozygote"),
        (NO, HET, FITS, "inheritance.homozygous"),
        (NO, REF, FITS, "inheritance.homozygous"),
        (NO, MISSING, CANNOT_TELL, "inheritance.member_without_call"),
        (UNKNOWN, HOM, FITS, "inheritance.homozygous"),
        (UNKNOWN, REF, FITS, "inheritance.homozygous"),
        (UNKNOWN, MISSING, FITS, "inheritance.homozygous"),
    ],
)
def test_a_sibling(affected: Affected, genotype: Genotype, answer: Answer, reason: str) -> None:
    family = trio(sibling=affected)
    found = fit(family, calls(proband=HOM, father=HET, mother=HET, sibling=genotype))

    assert (found.answer, found.reason.key) == (answer, reason)


@pytest.mark.parametrize(
    ("family", "genotypes", "answer", "reason"),
    [
        pytest.param(
            trio(),
            calls(proband=HOM, father=HET, mother=HET),
            FITS,
            "inheritance.homozygous",
            id="two carriers",
        ),
        pytest.param(
            trio(),
            calls(proband=HOM, father=HOM, mother=HET),
            DOES_NOT,
            "inheritance.unaffected_homozygote",
            id="an unaffected parent with the patient's genotype (Exomiser 564)",
        ),
        pytest.param(
            trio(father=YES),
            calls(proband=HOM, father=HOM, mother=HET),
            FITS,
            "inheritance.homozygous",
            id="an affected father and a carrier mother: pseudodominance",
        ),
        pytest.param(
            trio(father=YES),
            calls(proband=HOM, father=HET, mother=HET),
            DOES_NOT,
            "inheritance.affected_not_homozygous",
            id="an affected father with one copy",
        ),
        pytest.param(
            trio(),
            calls(proband=HOM, father=REF, mother=HET),
            CANNOT_TELL,
            "inheritance.parent_without_allele",
            id="a father without the allele: deletion, disomy or a swap",
        ),
        pytest.param(
            trio(father=UNKNOWN, mother=UNKNOWN),
            calls(proband=HOM, father=REF, mother=REF),
            CANNOT_TELL,
            "inheritance.parent_without_allele",
            id="neither parent has it",
        ),
        pytest.param(
            trio(),
            calls(proband=HOM, father=MISSING, mother=HET),
            CANNOT_TELL,
            "inheritance.member_without_call",
            id="a father without a call",
        ),
        pytest.param(
            trio(unsequenced=("father",)),
            calls(proband=HOM, mother=HET),
            FITS,
            "inheritance.homozygous",
            id="a duo",
        ),
        pytest.param(
            SINGLETON, calls(proband=HOM), FITS, "inheritance.homozygous", id="a singleton"
        ),
    ],
)
def test_parents(family: Family, genotypes: FamilyGenotypes, answer: Answer, reason: str) -> None:
    found = fit(family, genotypes)

    assert (found.answer, found.reason.key) == (answer, reason)


def test_the_parent_without_the_allele_is_named_by_role() -> None:
    found = fit(trio(), calls(proband=HOM, father=HET, mother=REF))

    assert found.reason["role"] == "mother"


def test_an_affected_sibling_called_without_two_copies_on_thin_data_may_have_them() -> None:
    family = trio(sibling=YES)
    genotypes = calls(proband=HOM, father=HET, mother=HET, sibling=call(0, depth=5))
    found = fit(family, genotypes, FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (CANNOT_TELL, "inheritance.absence_not_believed")
    assert found.reason["role"] == "sibling"
    assert fit(family, genotypes).answer is DOES_NOT, "without limits every call is believed"
