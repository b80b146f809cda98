"""Two different alleles on X: whom they are asked of, and beside what."""

from itertools import product

import numpy as np
import pytest

from core_builders import (
    FAMILY_LIMITS,
    HET,
    NO,
    REF,
    TANGO2,
    YES,
    call,
    calls,
    candidate,
    case,
    link,
    no_specification,
)
from varinterp.inheritance import x_linked_pair
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.pairs import pairs_of
from varinterp.model.facts import FamilyGenotypes, GeneLinks
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING, Genotype
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses

ALONE_ON_X = ("X-154030912-G-A", "X-154031000-C-T", "X-154032000-C-T")
PSEUDOAUTOSOMAL = ("X-1030912-G-A", "X-1031000-C-T")
ONE, NONE, THIN, MOSAIC = call(1, 1), call(0, 1), call(0, 1, depth=4), call(1, 1, alt_depth=3)


def raised(sex: Sex, names: tuple[str, ...], mode: Inheritance) -> list[Hypothesis]:
    family = Family("family", "proband", (Person("proband", sex, Affected.YES),))
    found = [candidate(name, calls(proband=HET)) for name in names]
    known = {TANGO2.hgnc: GeneLinks((link(mode),))}
    return list(raise_hypotheses(case(family), found, known, FAMILY_LIMITS, no_specification))


def sizes(found: list[Hypothesis]) -> list[int]:
    return sorted(len(each.keys) for each in found)


def test_a_woman_is_asked_for_each_allele_and_for_every_two() -> None:
    found = raised(Sex.FEMALE, ALONE_ON_X, Inheritance.X_LINKED)

    assert sizes(found) == [1, 1, 1, 2, 2, 2]
    for each in found:
        partner = each.keys[1].allele if len(each.keys) > 1 else None
        assert each.fit.partner == partner


@pytest.mark.parametrize("sex", [Sex.MALE, Sex.UNKNOWN])
def test_nobody_else_is_asked_for_two(sex: Sex) -> None:
    assert sizes(raised(sex, ALONE_ON_X, Inheritance.X_LINKED)) == [1, 1, 1]


def test_the_pseudoautosomal_regions_are_no_x() -> None:
    assert sizes(raised(Sex.FEMALE, PSEUDOAUTOSOMAL, Inheritance.X_LINKED)) == [1, 1]
    names = (ALONE_ON_X[0], PSEUDOAUTOSOMAL[0])
    assert sizes(raised(Sex.FEMALE, names, Inheritance.X_LINKED)) == [1, 1]


def test_a_dominant_disease_asks_for_no_pair() -> None:
    assert sizes(raised(Sex.FEMALE, ALONE_ON_X, Inheritance.AUTOSOMAL_DOMINANT)) == [1, 1, 1]


def answer(
    father: tuple[Genotype, Genotype],
    mother: tuple[Genotype, Genotype],
    affected: Affected,
    *,
    incomplete: bool = False,
) -> Fit:
    family = Family(
        "family",
        "proband",
        (
            Person("proband", Sex.FEMALE, YES, "father", "mother"),
            Person("father", Sex.MALE, affected),
            Person("mother", Sex.FEMALE, NO),
        ),
    )
    alleles = [
        FamilyGenotypes((("proband", HET), ("father", father[at]), ("mother", mother[at])))
        for at in (0, 1)
    ]
    table = CallTable.of(family, alleles, FAMILY_LIMITS)
    pairs = pairs_of(table, np.array([0]), np.array([1]))
    return x_linked_pair.answers(pairs, incomplete=incomplete).fit(0)


@pytest.mark.parametrize(
    ("father", "mother", "affected", "expected", "reason"),
    [
        ((ONE, NONE), (REF, HET), YES, Answer.FITS, "in_trans"),
        ((ONE, NONE), (HET, HET), YES, Answer.DOES_NOT_FIT, "unaffected_with_pair"),
        ((ONE, NONE), (REF, REF), YES, Answer.UNKNOWN, "phase_unknown"),
        ((ONE, NONE), (REF, MISSING), YES, Answer.UNKNOWN, "phase_unknown"),
        ((ONE, ONE), (REF, REF), YES, Answer.DOES_NOT_FIT, "in_cis"),
        ((ONE, ONE), (HET, MISSING), YES, Answer.DOES_NOT_FIT, "in_cis"),
        ((NONE, NONE), (HET, HET), YES, Answer.DOES_NOT_FIT, "in_cis"),
        ((NONE, NONE), (REF, HET), YES, Answer.DOES_NOT_FIT, "affected_with_neither"),
        ((THIN, NONE), (REF, HET), YES, Answer.UNKNOWN, "phase_unknown"),
        ((ONE, NONE), (REF, HET), NO, Answer.DOES_NOT_FIT, "male_with_one_of_pair"),
        ((HET, NONE), (REF, HET), YES, Answer.UNKNOWN, "phase_unknown"),
        ((NONE, NONE), (REF, HET), NO, Answer.UNKNOWN, "phase_unknown"),
        ((MISSING, NONE), (REF, HET), NO, Answer.UNKNOWN, "phase_unknown"),
    ],
)
def test_the_parents_of_a_woman_with_two(
    father: tuple[Genotype, Genotype],
    mother: tuple[Genotype, Genotype],
    affected: Affected,
    expected: Answer,
    reason: str,
) -> None:
    found = answer(father, mother, affected)

    assert (found.answer, found.reason.key) == (expected, f"inheritance.{reason}")


def test_a_healthy_father_with_one_is_possible_where_penetrance_is_incomplete() -> None:
    found = answer((ONE, NONE), (REF, HET), NO, incomplete=True)

    assert found.answer is Answer.UNKNOWN
    assert found.reason.key == "inheritance.male_with_one_of_pair_incomplete"


@pytest.mark.parametrize("first", [ONE, NONE])
@pytest.mark.parametrize("second", [ONE, NONE])
def test_a_fitting_pair_has_a_father_with_exactly_one_of_the_two(
    first: Genotype, second: Genotype
) -> None:
    for one, other in product((REF, HET), repeat=2):
        if answer((first, second), (one, other), YES).answer is Answer.FITS:
            assert first is not second
