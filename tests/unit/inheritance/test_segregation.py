"""Which relatives share disease and allele, mode by mode."""

from dataclasses import replace

import pytest

from core_builders import (
    HEMI,
    HET,
    HOM,
    LIMITS,
    NO,
    REF,
    UNKNOWN,
    YES,
    call,
    calls,
    trio,
)
from varinterp.inheritance.segregation import (
    Relatives,
    blood_relatives,
    dominant,
    full_siblings,
    recessive,
    x_linked,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.genotype import MISSING, Genotype

M, F = Sex.MALE, Sex.FEMALE


def pedigree(*more: Person) -> Family:
    """A proband with parents and grandparents on the mother's side, and more people."""
    return Family(
        "family",
        "proband",
        (
            Person("proband", F, YES, "father", "mother"),
            Person("father", M, NO),
            Person("mother", F, YES, "grandfather", "grandmother"),
            Person("grandfather", M, NO, sequenced=False),
            *more,
        ),
    )


AUNT = Person("aunt", F, YES, "grandfather", "grandmother")
COUSIN = Person("cousin", M, YES, "stranger", "aunt")
IN_LAW = Person("stranger", M, YES)
HALF = Person("half", F, YES, "other", "mother")
CHILD = Person("child", F, YES, "spouse", "proband")


@pytest.mark.parametrize(
    ("person", "related"),
    [
        pytest.param(AUNT, True, id="an aunt, by grandparents"),
        pytest.param(
            replace(AUNT, father="elsewhere"), True, id="a half aunt, by one who is no row"
        ),
        pytest.param(HALF, True, id="a half sibling"),
        pytest.param(CHILD, True, id="a child"),
        pytest.param(IN_LAW, False, id="who married in"),
    ],
)
def test_who_is_related_by_blood(person: Person, related: bool) -> None:
    assert (person in blood_relatives(pedigree(person))) is related


def test_the_proband_is_no_relative_and_parents_are() -> None:
    assert [each.id for each in blood_relatives(pedigree())] == ["father", "mother", "grandfather"]


def test_a_cousin_is_related_through_the_aunt() -> None:
    found = {each.id for each in blood_relatives(pedigree(AUNT, COUSIN, IN_LAW))}

    assert found == {"father", "mother", "grandfather", "aunt", "cousin"}


def test_a_pedigree_that_bites_its_tail_ends() -> None:
    one = Person("one", M, YES, "two", None)
    two = Person("two", M, YES, "one", None)

    assert one not in blood_relatives(pedigree(one, two))


def test_full_siblings_share_both_parents() -> None:
    sister = Person("sister", F, YES, "father", "mother")

    assert full_siblings(pedigree(sister, HALF)) == (sister,)
    assert full_siblings(trio(father=None)) == ()
    assert full_siblings(trio(father=None, mother=None)) == ()


THIN, DOUBTED = call(0, depth=9), replace(REF, quality=19)


@pytest.mark.parametrize(
    ("status", "genotype", "expected"),
    [
        pytest.param(YES, HET, Relatives(affected_with=1), id="affected with it"),
        pytest.param(YES, HOM, Relatives(affected_with=1), id="affected, two copies"),
        pytest.param(YES, REF, Relatives(affected_without=1), id="affected without it"),
        pytest.param(NO, HET, Relatives(unaffected_with=1), id="unaffected with it"),
        pytest.param(NO, REF, Relatives(unaffected_without=1), id="unaffected without it"),
        pytest.param(UNKNOWN, HET, Relatives(), id="status unknown, with it"),
        pytest.param(UNKNOWN, REF, Relatives(), id="status unknown, without it"),
        pytest.param(YES, MISSING, Relatives(), id="no call"),
        pytest.param(YES, THIN, Relatives(), id="nine reads do not exclude it"),
        pytest.param(YES, call(0, depth=10), Relatives(affected_without=1), id="ten reads do"),
        pytest.param(YES, DOUBTED, Relatives(), id="GQ 19 does not exclude it"),
        pytest.param(YES, call(1, depth=4), Relatives(affected_with=1), id="a call is a call"),
    ],
)
def test_a_sibling_in_a_dominant_disease(
    status: Affected, genotype: Genotype, expected: Relatives
) -> None:
    family = trio(father=UNKNOWN, mother=UNKNOWN, sibling=status)
    found = dominant(family, calls(proband=HET, mother=HET, sibling=genotype), LIMITS)

    assert found == expected


@pytest.mark.parametrize(
    ("genotypes", "expected"),
    [
        pytest.param({"mother": HET}, Relatives(affected_with=1), id="an affected parent with it"),
        pytest.param({"mother": REF}, Relatives(affected_without=1), id="and without it"),
        pytest.param({"father": HET}, Relatives(unaffected_with=1), id="a healthy parent with it"),
        pytest.param({"father": REF}, Relatives(), id="a healthy parent without it tells nothing"),
        pytest.param(
            {"mother": HET, "aunt": REF},
            Relatives(affected_with=1, affected_without=1),
            id="an affected aunt without it",
        ),
        pytest.param(
            {"aunt": HET, "cousin": HET, "mother": HET},
            Relatives(affected_with=3),
            id="aunt and cousin",
        ),
        pytest.param({"stranger": REF}, Relatives(), id="who married in is not asked"),
        pytest.param({}, Relatives(), id="nobody was sequenced"),
    ],
)
def test_a_larger_family_in_a_dominant_disease(
    genotypes: dict[str, Genotype], expected: Relatives
) -> None:
    family = pedigree(AUNT, COUSIN, IN_LAW)

    assert dominant(family, calls(proband=HET, **genotypes), LIMITS) == expected


@pytest.mark.parametrize(
    ("carrier", "counts"), [("mother", 1), ("father", 1), ("proband", 0), ("nobody", 0)]
)
def test_who_is_healthy_without_the_allele_counts_only_when_at_risk(
    carrier: str, counts: int
) -> None:
    family = trio(father=UNKNOWN, mother=UNKNOWN, sibling=NO)
    found = dominant(family, calls(**{"proband": HET, "sibling": REF, carrier: HET}), LIMITS)

    assert found.unaffected_without == counts


@pytest.mark.parametrize(
    ("sex", "status", "genotype", "expected"),
    [
        pytest.param(M, YES, HEMI, Relatives(affected_with=1), id="affected brother with it"),
        pytest.param(M, YES, HOM, Relatives(affected_with=1), id="called as two copies"),
        pytest.param(M, YES, REF, Relatives(affected_without=1), id="affected brother without"),
        pytest.param(M, NO, HEMI, Relatives(unaffected_with=1), id="healthy brother with it"),
        pytest.param(M, NO, REF, Relatives(unaffected_without=1), id="healthy brother without"),
        pytest.param(F, YES, HET, Relatives(), id="an affected sister says nothing"),
        pytest.param(F, YES, REF, Relatives(), id="nor does one without it"),
        pytest.param(F, NO, HET, Relatives(), id="nor a healthy carrier"),
        pytest.param(Sex.UNKNOWN, YES, HET, Relatives(), id="sex unknown"),
    ],
)
def test_a_sibling_in_an_x_linked_disease(
    sex: Sex, status: Affected, genotype: Genotype, expected: Relatives
) -> None:
    family = trio(father=UNKNOWN, mother=UNKNOWN, sibling=status, sex=M, sibling_sex=sex)
    found = x_linked(family, calls(proband=HEMI, mother=HET, sibling=genotype), LIMITS)

    assert found == expected


@pytest.mark.parametrize(
    ("status", "genotype", "expected"),
    [
        pytest.param(YES, HOM, Relatives(affected_with=1), id="affected with two copies"),
        pytest.param(YES, HET, Relatives(affected_without=1), id="affected with one"),
        pytest.param(YES, REF, Relatives(affected_without=1), id="affected with none"),
        pytest.param(NO, HOM, Relatives(unaffected_with=1), id="healthy with two copies"),
        pytest.param(NO, HET, Relatives(unaffected_without=1), id="healthy with one"),
        pytest.param(NO, REF, Relatives(unaffected_without=1), id="healthy with none"),
        pytest.param(YES, MISSING, Relatives(), id="no call"),
        pytest.param(YES, HEMI, Relatives(), id="one copy called"),
        pytest.param(YES, THIN, Relatives(), id="nine reads"),
        pytest.param(YES, call(1, depth=9), Relatives(), id="one copy by nine reads"),
        pytest.param(UNKNOWN, HOM, Relatives(), id="status unknown"),
    ],
)
def test_a_sibling_of_a_homozygote(
    status: Affected, genotype: Genotype, expected: Relatives
) -> None:
    family = trio(sibling=status)
    genotypes = calls(proband=HOM, father=HET, mother=HET, sibling=genotype)

    assert recessive(family, genotypes, None, LIMITS) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(HET, HET, Relatives(affected_with=1), id="both"),
        pytest.param(HOM, REF, Relatives(affected_with=1), id="two copies of one"),
        pytest.param(REF, HOM, Relatives(affected_with=1), id="two copies of the other"),
        pytest.param(HET, REF, Relatives(affected_without=1), id="one alone"),
        pytest.param(REF, HET, Relatives(affected_without=1), id="the other alone"),
        pytest.param(REF, REF, Relatives(affected_without=1), id="neither"),
        pytest.param(HET, THIN, Relatives(), id="the other is not excluded"),
        pytest.param(THIN, HET, Relatives(), id="the one is not excluded"),
        pytest.param(call(1, depth=4), REF, Relatives(affected_without=1), id="a call is a call"),
        pytest.param(REF, THIN, Relatives(), id="neither was seen, one is not excluded"),
        pytest.param(HET, MISSING, Relatives(), id="no call at the other"),
        pytest.param(HEMI, HET, Relatives(), id="one copy called"),
        pytest.param(HOM, MISSING, Relatives(affected_with=1), id="two copies are enough"),
    ],
)
def test_an_affected_sibling_of_a_compound_heterozygote(
    one: Genotype, other: Genotype, expected: Relatives
) -> None:
    family = trio(sibling=YES)
    found = recessive(
        family,
        calls(proband=HET, father=HET, mother=REF, sibling=one),
        calls(proband=HET, father=REF, mother=HET, sibling=other),
        LIMITS,
    )

    assert found == expected


def test_only_full_siblings_are_asked_in_a_recessive_disease() -> None:
    family = pedigree(HALF, AUNT)
    genotypes = calls(proband=HOM, mother=HET, half=HOM, aunt=HOM)

    assert recessive(family, genotypes, None, LIMITS).nobody
    assert not Relatives(unaffected_with=1).nobody
