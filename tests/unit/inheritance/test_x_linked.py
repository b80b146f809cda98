"""X-linked: the truth table by sex, outside the pseudoautosomal regions."""

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
    allele,
    call,
    calls,
    trio,
)
from varinterp.inheritance.x_linked import fit
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT
MECP2 = allele("X-154030912-G-A")
MALE, FEMALE, NO_SEX = Sex.MALE, Sex.FEMALE, Sex.UNKNOWN


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("X-154030912-G-A", FITS),
        ("X-2781480-G-A", FITS),
        ("X-2781479-G-A", DOES_NOT),
        ("X-155701383-G-A", DOES_NOT),
        ("Y-2786855-G-A", DOES_NOT),
        ("22-20061538-G-A", DOES_NOT),
        ("MT-3243-A-G", DOES_NOT),
    ],
    ids=["X", "after PAR1", "end of PAR1", "start of PAR2", "Y", "an autosome", "mitochondrial"],
)
def test_only_x_outside_the_pseudoautosomal_regions(place: str, answer: Answer) -> None:
    found = fit(
        trio(sex=MALE), calls(proband=HEMI, father=REF, mother=HET), allele(place), FAMILY_LIMITS
    )

    assert found.answer is answer
    assert (found.reason.key == "inheritance.not_x_linked") is (answer is DOES_NOT)


@pytest.mark.parametrize(
    ("sex", "proband", "answer", "reason"),
    [
        (MALE, HEMI, FITS, "inheritance.x_linked"),
        (MALE, HOM, FITS, "inheritance.x_linked"),
        (MALE, HET, CANNOT_TELL, "inheritance.heterozygous_male"),
        (MALE, REF, DOES_NOT, "inheritance.proband_without_allele"),
        (MALE, MISSING, CANNOT_TELL, "inheritance.proband_without_call"),
        (FEMALE, HOM, FITS, "inheritance.x_linked"),
        (FEMALE, HET, CANNOT_TELL, "inheritance.affected_heterozygous_female"),
        (FEMALE, REF, DOES_NOT, "inheritance.proband_without_allele"),
        (NO_SEX, HET, CANNOT_TELL, "inheritance.member_without_call_or_sex"),
        (NO_SEX, HOM, CANNOT_TELL, "inheritance.member_without_call_or_sex"),
    ],
)
def test_an_affected_proband(sex: Sex, proband: Genotype, answer: Answer, reason: str) -> None:
    family = Family("family", "proband", (Person("proband", sex, YES),))
    found = fit(family, calls(proband=proband), MECP2, FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (answer, reason)


@pytest.mark.parametrize(
    ("sex", "affected", "genotype", "answer"),
    [
        (MALE, YES, HEMI, FITS),
        (MALE, YES, REF, DOES_NOT),
        (MALE, YES, HET, CANNOT_TELL),
        (MALE, YES, MISSING, CANNOT_TELL),
        (MALE, NO, REF, FITS),
        (MALE, NO, HEMI, DOES_NOT),
        (MALE, NO, HOM, DOES_NOT),
        (MALE, NO, HET, DOES_NOT),
        (MALE, NO, MISSING, CANNOT_TELL),
        (MALE, UNKNOWN, HEMI, FITS),
        (MALE, UNKNOWN, MISSING, FITS),
        (FEMALE, YES, HOM, FITS),
        (FEMALE, YES, HET, CANNOT_TELL),
        (FEMALE, YES, REF, DOES_NOT),
        (FEMALE, NO, REF, FITS),
        (FEMALE, NO, HET, FITS),
        (FEMALE, NO, HOM, DOES_NOT),
        (FEMALE, NO, MISSING, CANNOT_TELL),
        (FEMALE, UNKNOWN, HOM, FITS),
    ],
)
def test_a_sibling(sex: Sex, affected: Affected, genotype: Genotype, answer: Answer) -> None:
    family = trio(sex=MALE, sibling=affected, sibling_sex=sex)
    genotypes = calls(proband=HEMI, father=REF, mother=HET, sibling=genotype)

    assert fit(family, genotypes, MECP2, FAMILY_LIMITS).answer is answer


@pytest.mark.parametrize(
    ("family", "genotypes", "answer"),
    [
        pytest.param(
            trio(sex=MALE),
            calls(proband=HEMI, father=REF, mother=HET),
            FITS,
            id="a carrier mother",
        ),
        pytest.param(
            trio(sex=MALE),
            calls(proband=HEMI, father=REF, mother=REF),
            FITS,
            id="new in the son",
        ),
        pytest.param(
            trio(sex=MALE),
            calls(proband=HEMI, father=HEMI, mother=HET),
            DOES_NOT,
            id="an unaffected father has it",
        ),
        pytest.param(
            trio(sex=MALE, unsequenced=("father", "mother")),
            calls(proband=HEMI),
            FITS,
            id="nobody else sequenced",
        ),
        pytest.param(
            trio(father=YES),
            calls(proband=HOM, father=HEMI, mother=HET),
            FITS,
            id="a daughter of an affected father and a carrier",
        ),
    ],
)
def test_parents(family: Family, genotypes: FamilyGenotypes, answer: Answer) -> None:
    assert fit(family, genotypes, MECP2, FAMILY_LIMITS).answer is answer


def test_one_contradiction_outweighs_what_cannot_be_told() -> None:
    family = trio(sex=MALE, sibling=YES, sibling_sex=MALE)
    genotypes = calls(proband=HET, father=REF, mother=MISSING, sibling=REF)
    found = fit(family, genotypes, MECP2, FAMILY_LIMITS)

    assert found.answer is DOES_NOT
    assert found.reason["role"] == "sibling"


def test_a_singleton_needs_nobody() -> None:
    male = Family("family", "proband", (Person("proband", MALE, YES),))

    assert fit(male, calls(proband=HEMI), MECP2, FAMILY_LIMITS).answer is FITS
    assert fit(SINGLETON, calls(proband=HET), MECP2, FAMILY_LIMITS).answer is CANNOT_TELL


@pytest.mark.parametrize(
    ("proband", "mother", "reason"),
    [
        (HEMI, REF, "x_linked_de_novo"),
        (call(1, 1, depth=5), REF, "x_linked"),
        (HEMI, call(0, depth=5), "x_linked"),
        (HEMI, HET, "x_linked_carrier_mother"),
    ],
    ids=["new", "thin data of his", "thin data of hers", "from her"],
)
def test_a_son_s_allele_is_new_only_where_both_calls_are_believed(
    proband: Genotype, mother: Genotype, reason: str
) -> None:
    genotypes = calls(proband=proband, father=REF, mother=mother)
    found = fit(trio(sex=MALE), genotypes, MECP2, FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (FITS, f"inheritance.{reason}")


def test_without_a_stated_sex_that_is_what_is_told_first() -> None:
    genotypes = calls(proband=HOM, father=REF, mother=HET)
    found = fit(trio(sex=NO_SEX), genotypes, MECP2, FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (
        CANNOT_TELL,
        "inheritance.member_without_call_or_sex",
    )
    assert found.reason["role"] == "proband"
