"""Sex and kinship from counts: true families pass, swaps fail, too little is not assessed."""

import random

import pytest

from varinterp.model.family import Sex
from varinterp.pipeline.identity import Outcome, mendel, mitochondrial, same_person, sex_from_x


def trio_patterns(sites: int, errors: int = 0) -> list[tuple[str, int]]:
    """Child, father, mother of one family, with common alleles."""
    draw = random.Random(1)  # noqa: S311
    patterns = []
    for _ in range(sites):
        father = [draw.random() < 0.4, draw.random() < 0.4]
        mother = [draw.random() < 0.4, draw.random() < 0.4]
        child = draw.choice(father) + draw.choice(mother)
        patterns.append((f"{child}{sum(father)}{sum(mother)}", 1))
    return [*patterns, ("200", errors)]


@pytest.mark.parametrize(
    ("stated", "het", "hom", "outcome"),
    [
        (Sex.MALE, 2, 98, Outcome.PASSED),
        (Sex.FEMALE, 60, 40, Outcome.PASSED),
        (Sex.MALE, 60, 40, Outcome.FAILED),
        (Sex.FEMALE, 2, 98, Outcome.FAILED),
        (Sex.FEMALE, 20, 80, Outcome.UNCLEAR),
        (Sex.UNKNOWN, 60, 40, Outcome.NOT_ASSESSED),
        (Sex.MALE, 40, 9, Outcome.NOT_ASSESSED),
    ],
)
def test_sex_from_x(stated: Sex, het: int, hom: int, outcome: Outcome) -> None:
    assert sex_from_x(stated, het, hom).outcome is outcome


def test_a_true_trio_breaks_no_law() -> None:
    measured = mendel(trio_patterns(1000), 0, 1, 2)
    assert (measured.outcome, measured.rate) == (Outcome.PASSED, 0.0)
    assert mendel(trio_patterns(1000), 0, None, 2).outcome is Outcome.PASSED


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0)])
def test_a_child_exchanged_with_a_parent_fails(order: tuple[int, int, int]) -> None:
    measured = mendel(trio_patterns(1000), *order)
    assert measured.outcome is Outcome.FAILED
    assert (measured.rate or 0) > 0.2


def test_an_unrelated_parent_fails_alone_too() -> None:
    assert mendel(trio_patterns(1000), 1, 2, None).outcome is Outcome.FAILED


def test_a_few_errors_are_no_swap() -> None:
    assert mendel(trio_patterns(1000, errors=10), 0, 1, 2).outcome is Outcome.PASSED


def test_too_few_sites_are_not_a_pass() -> None:
    measured = mendel(trio_patterns(50), 0, 1, 2)
    assert (measured.outcome, measured.rate) == (Outcome.NOT_ASSESSED, None)


def test_sites_that_nobody_varies_at_do_not_dilute_errors() -> None:
    patterns = [("000", 100_000), ("200", 60), ("111", 60), ("101", 60)]
    assert mendel(patterns, 0, 1, 2).outcome is Outcome.FAILED


def test_missing_calls_are_not_errors() -> None:
    assert mendel([("2.0", 50), (".22", 500), ("1..", 500)], 0, 1, 2).sites == 50


@pytest.mark.parametrize(
    ("patterns", "outcome"),
    [
        ([("22", 30), ("12", 4)], Outcome.PASSED),
        ([("22", 20), ("02", 1)], Outcome.PASSED),
        ([("22", 6), ("02", 12), ("20", 9)], Outcome.FAILED),
        ([("02", 1)], Outcome.FAILED),
        ([("12", 9), (".2", 9), ("00", 9)], Outcome.NOT_ASSESSED),
    ],
)
def test_a_child_has_its_mothers_mtdna(patterns: list[tuple[str, int]], outcome: Outcome) -> None:
    assert mitochondrial(patterns, 0, 1).outcome is outcome


def test_one_sample_under_two_names_is_found() -> None:
    assert same_person([("11", 400), ("22", 100)], 0, 1).outcome is Outcome.FAILED
    assert same_person(trio_patterns(1000), 0, 1).outcome is Outcome.PASSED
