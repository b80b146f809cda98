"""Y-linked: the truth table by sex and line of fathers, outside the pseudoautosomal regions."""

from dataclasses import replace

import pytest

from core_builders import FAMILY_LIMITS, HEMI, HET, NO, UNKNOWN, YES, allele, call, calls, trio
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.y_linked import answers, on_y_alone
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT
NONE = call(0, 1)
"""One chromosome, called without the allele."""
SON = trio(father=YES, sex=Sex.MALE)


def fit(family: Family, genotypes: FamilyGenotypes) -> Fit:
    return answers(CallTable.of(family, [genotypes], FAMILY_LIMITS)).fit(0)


@pytest.mark.parametrize(
    ("place", "alone"),
    [
        ("Y-2786855-G-A", True),
        ("Y-2781480-G-A", True),
        ("Y-2781479-G-A", False),
        ("Y-56887903-G-A", False),
        ("X-154030912-G-A", False),
        ("22-20061538-G-A", False),
    ],
    ids=["SRY", "after PAR1", "end of PAR1", "start of PAR2", "X", "an autosome"],
)
def test_only_y_outside_the_pseudoautosomal_regions(place: str, alone: bool) -> None:
    assert on_y_alone(allele(place)) is alone


@pytest.mark.parametrize(
    ("proband", "answer", "reason"),
    [
        (HEMI, FITS, "inheritance.y_linked"),
        (HET, FITS, "inheritance.y_linked"),
        (NONE, DOES_NOT, "inheritance.proband_without_allele"),
        (MISSING, CANNOT_TELL, "inheritance.proband_without_call"),
    ],
)
def test_an_affected_boy(proband: Genotype, answer: Answer, reason: str) -> None:
    family = Family("family", "proband", (Person("proband", Sex.MALE, YES),))
    found = fit(family, calls(proband=proband))

    assert (found.answer, found.reason.key) == (answer, reason)


@pytest.mark.parametrize(
    ("affected", "father", "answer", "reason"),
    [
        (YES, HEMI, FITS, "inheritance.y_linked"),
        (YES, NONE, DOES_NOT, "inheritance.affected_without_allele"),
        (YES, MISSING, CANNOT_TELL, "inheritance.member_without_call_or_sex"),
        (NO, HEMI, DOES_NOT, "inheritance.unaffected_carrier"),
        (NO, NONE, FITS, "inheritance.y_linked_de_novo"),
        (NO, MISSING, CANNOT_TELL, "inheritance.member_without_call_or_sex"),
        (UNKNOWN, HEMI, FITS, "inheritance.y_linked"),
        (UNKNOWN, NONE, FITS, "inheritance.y_linked_de_novo"),
        (UNKNOWN, MISSING, FITS, "inheritance.y_linked"),
    ],
)
def test_his_father(affected: Affected, father: Genotype, answer: Answer, reason: str) -> None:
    family = trio(father=affected, sex=Sex.MALE)
    found = fit(family, calls(proband=HEMI, father=father, mother=MISSING))

    assert (found.answer, found.reason.key) == (answer, reason)
    if answer is not FITS:
        assert found.reason["role"] == "father"


@pytest.mark.parametrize("doubted", [replace(NONE, depth=5), replace(NONE, alt_depth=5)])
def test_an_affected_father_called_without_it_on_thin_data_decides_nothing(
    doubted: Genotype,
) -> None:
    found = fit(trio(father=YES, sex=Sex.MALE), calls(proband=HEMI, father=doubted, mother=MISSING))

    assert (found.answer, found.reason.key) == (CANNOT_TELL, "inheritance.absence_not_believed")
    assert found.reason["role"] == "father"


@pytest.mark.parametrize("believed", ["father", "proband"])
def test_it_is_new_only_where_both_calls_are_believed(believed: str) -> None:
    thin = {"father": NONE, "proband": HEMI}
    del thin[believed]
    genotypes = {"father": NONE, "proband": HEMI, "mother": MISSING}
    genotypes |= {name: replace(each, depth=5, quality=9) for name, each in thin.items()}

    assert fit(trio(sex=Sex.MALE), calls(**genotypes)).reason.key == "inheritance.y_linked"


def test_a_boy_without_it_is_not_said_to_have_it_anew() -> None:
    found = fit(trio(sex=Sex.MALE), calls(proband=MISSING, father=NONE, mother=MISSING))

    assert found.reason.key == "inheritance.proband_without_call"


@pytest.mark.parametrize(
    ("genotype", "answer"), [(NONE, FITS), (call(0), FITS), (MISSING, FITS), (HET, CANNOT_TELL)]
)
def test_a_woman_says_nothing_unless_she_was_called_with_it(
    genotype: Genotype, answer: Answer
) -> None:
    found = fit(SON, calls(proband=HEMI, father=HEMI, mother=genotype))

    assert found.answer is answer
    if answer is CANNOT_TELL:
        assert (found.reason.key, found.reason["role"]) == ("inheritance.female_with_y", "mother")


def test_a_girl_called_with_it_is_told() -> None:
    found = fit(trio(father=YES), calls(proband=HEMI, father=HEMI, mother=MISSING))

    assert (found.answer, found.reason.key) == (CANNOT_TELL, "inheritance.female_with_y")


MOTHERS_FATHER = Person("man", Sex.MALE, YES)
FATHERS_FATHER = Person("man", Sex.MALE, YES)
BROTHER = Person("man", Sex.MALE, YES, "father", "mother")
HALF = Person("man", Sex.MALE, YES, "father", "another")
MOTHERS_SON = Person("man", Sex.MALE, YES, "another", "mother")


@pytest.mark.parametrize(
    ("man", "line", "counts"),
    [
        pytest.param(FATHERS_FATHER, {"father": "man"}, True, id="the father's father"),
        pytest.param(MOTHERS_FATHER, {"mother": "man"}, False, id="the mother's father"),
        pytest.param(BROTHER, {}, True, id="a brother"),
        pytest.param(HALF, {}, True, id="the father's other son"),
        pytest.param(MOTHERS_SON, {}, False, id="the mother's other son"),
    ],
)
def test_only_men_of_the_fathers_line_count(
    man: Person, line: dict[str, str], counts: bool
) -> None:
    members = [replace(each, father=line.get(each.id, each.father)) for each in SON]
    family = replace(SON, members=(*members, man))
    found = fit(family, calls(proband=HEMI, father=HEMI, mother=MISSING, man=NONE))

    assert found.answer is (DOES_NOT if counts else FITS)


def test_a_brother_of_no_stated_sex_is_told() -> None:
    unsexed = replace(BROTHER, sex=Sex.UNKNOWN)
    family = replace(SON, members=(*SON.members, unsexed))
    found = fit(family, calls(proband=HEMI, father=HEMI, mother=MISSING, man=HEMI))

    assert (found.answer, found.reason["role"]) == (CANNOT_TELL, "sibling")
