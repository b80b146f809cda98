"""Who descends from whom: sides of a family, lines of mothers, consanguinity."""

from dataclasses import replace

import pytest

from core_builders import NO, YES
from varinterp.inheritance.lineage import (
    Rows,
    Side,
    consanguineous,
    line,
    rows_of,
    shares_mitochondria,
    side,
)
from varinterp.model.family import Family, Person, Sex

M, F = Sex.MALE, Sex.FEMALE
PEOPLE = (
    Person("proband", F, YES, "father", "mother"),
    Person("father", M, NO, "fathers_father", "fathers_mother"),
    Person("mother", F, NO, "mothers_father", "mothers_mother"),
    Person("uncle", M, NO, "fathers_father", "fathers_mother"),
    Person("aunt", F, NO, "mothers_father", "mothers_mother"),
    Person("mothers_uncle", M, NO, None, "great_grandmother"),
    Person("mothers_mother", F, NO, None, "great_grandmother"),
    Person("sister", F, NO, "father", "mother"),
    Person("niece", F, NO, "stranger", "sister"),
    Person("fathers_son", M, NO, "father", "another"),
    Person("mothers_son", M, NO, "another", "mother"),
    Person("daughter", F, NO, "spouse", "proband"),
    Person("grandson", M, NO, "another", "daughter"),
    Person("spouse", M, NO),
)
FAMILY = Family("family", "proband", PEOPLE)
KNOWN = {person.id: person for person in PEOPLE}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("proband", Side.OTHER),
        ("father", Side.FATHER),
        ("mother", Side.MOTHER),
        ("uncle", Side.FATHER),
        ("aunt", Side.MOTHER),
        ("mothers_uncle", Side.MOTHER),
        ("sister", Side.SIBLING),
        ("niece", Side.OTHER),
        ("fathers_son", Side.FATHER),
        ("mothers_son", Side.MOTHER),
        ("daughter", Side.CHILD),
        ("grandson", Side.OTHER),
        ("spouse", Side.OTHER),
    ],
)
def test_a_relative_stands_on_one_side(name: str, expected: Side) -> None:
    assert side(FAMILY, KNOWN[name]) is expected


def test_a_child_of_a_man_is_his() -> None:
    child = Person("child", F, NO, "proband", "wife")
    family = Family("family", "proband", (Person("proband", M, YES), child))

    assert side(family, child) is Side.CHILD


def test_two_people_without_parents_are_no_siblings() -> None:
    other = Person("other", F, YES)

    assert side(Family("family", "proband", (Person("proband", F, YES), other)), other) is (
        Side.OTHER
    )


def test_one_known_parent_in_common_is_a_side_and_a_grandchild_is_on_none() -> None:
    proband = Person("proband", F, YES, None, "mother")
    half = Person("half", M, NO, None, "mother")
    child, grandchild = Person("child", F, NO, None, "proband"), Person("g", F, NO, None, "child")
    family = Family("family", "proband", (proband, half, child, grandchild))

    assert side(family, half) is Side.MOTHER
    assert side(family, grandchild) is Side.OTHER


def test_who_is_related_by_both_parents_is_on_neither_side() -> None:
    cousins = (
        Person("proband", F, YES, "father", "mother"),
        Person("father", M, NO, "grandfather", None),
        Person("mother", F, NO, "grandfather", None),
        Person("grandfather", M, NO),
    )
    family = Family("family", "proband", cousins)

    assert side(family, cousins[3]) is Side.OTHER


def test_a_line_holds_everybody_above_and_a_parent_without_a_row() -> None:
    assert line(FAMILY, "aunt") == {"aunt", "mothers_father", "mothers_mother", "great_grandmother"}
    assert line(FAMILY, "spouse") == {"spouse"}


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        pytest.param(FAMILY, False, id="nobody in common"),
        pytest.param(replace(FAMILY, consanguineous=True), True, id="stated"),
        pytest.param(
            replace(
                FAMILY,
                members=tuple(
                    replace(each, father="mothers_father") if each.id == "father" else each
                    for each in PEOPLE
                ),
            ),
            True,
            id="a grandfather in common who is no row",
        ),
        pytest.param(
            Family("family", "proband", (Person("proband", F, YES, None, "mother"),)),
            False,
            id="no father",
        ),
        pytest.param(
            Family("family", "proband", (Person("proband", F, YES, "father", None),)),
            False,
            id="no mother",
        ),
        pytest.param(
            Family("family", "proband", (Person("proband", F, YES),), consanguineous=True),
            True,
            id="stated, and no parent is known",
        ),
    ],
)
def test_parents_are_related_where_it_is_stated_or_the_pedigree_shows_it(
    family: Family, expected: bool
) -> None:
    assert consanguineous(family) is expected


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("mother", True),
        ("sister", True),
        ("niece", True),
        ("aunt", True),
        ("mothers_uncle", True),
        ("mothers_son", True),
        ("grandson", True),
        ("father", False),
        ("uncle", False),
        ("fathers_son", False),
        ("spouse", False),
    ],
)
def test_mitochondria_come_by_the_line_of_mothers(name: str, shared: bool) -> None:
    assert shares_mitochondria(FAMILY, KNOWN[name]) is shared


def test_rows_of_a_family() -> None:
    rows = rows_of(FAMILY)
    names = [person.id for person in FAMILY]

    assert rows == Rows(
        father=(names.index("father"),),
        mother=(names.index("mother"),),
        fathers_side=(names.index("uncle"), names.index("fathers_son")),
        mothers_side=tuple(
            names.index(name) for name in ("aunt", "mothers_uncle", "mothers_mother", "mothers_son")
        ),
        siblings=(names.index("sister"),),
        children=((names.index("daughter"), names.index("spouse")),),
    )
    assert rows.beyond_parents


def test_a_child_whose_other_parent_is_no_row_tells_no_phase() -> None:
    family = replace(FAMILY, members=(*PEOPLE[:3], *PEOPLE[11:12]))

    assert rows_of(family) == Rows((1,), (2,), (), (), (), ())
    assert not rows_of(family).beyond_parents
