"""Grantham's distances: the printed ones, and that they follow the paper's formula."""

from itertools import combinations
from math import sqrt

import pytest

from varinterp.acmg.grantham import distance

# Composition, polarity and volume of table 1 of Grantham 1974.
PROPERTIES = {
    "S": (1.42, 9.2, 32), "R": (0.65, 10.5, 124), "L": (0, 4.9, 111), "P": (0.39, 8.0, 32.5),
    "T": (0.71, 8.6, 61), "A": (0, 8.1, 31), "V": (0, 5.9, 84), "G": (0.74, 9.0, 3),
    "I": (0, 5.2, 111), "F": (0, 5.2, 132), "Y": (0.20, 6.2, 136), "C": (2.75, 5.5, 55),
    "H": (0.58, 10.4, 96), "Q": (0.89, 10.5, 85), "N": (1.33, 11.6, 56), "K": (0.33, 11.3, 119),
    "D": (1.38, 13.0, 54), "E": (0.92, 12.3, 83), "M": (0, 5.7, 105), "W": (0.13, 5.4, 170),
}  # fmt: skip


def by_formula(one: str, other: str) -> float:
    weights = (1.833, 0.1018, 0.000399)
    pairs = zip(weights, PROPERTIES[one], PROPERTIES[other], strict=True)
    return 50.723 * sqrt(sum(weight * (a - b) ** 2 for weight, a, b in pairs))


@pytest.mark.parametrize(
    ("one", "other", "printed"),
    [
        ("L", "I", 5),
        ("C", "W", 215),
        ("S", "R", 110),
        ("S", "W", 177),
        ("M", "W", 67),
        ("E", "M", 126),
        ("G", "V", 109),
        ("G", "R", 125),
        ("D", "W", 181),
    ],
)
def test_the_printed_distances(one: str, other: str, printed: int) -> None:
    assert distance(one, other) == distance(other, one) == printed


def test_every_pair_has_one_and_it_is_the_formulas() -> None:
    """The paper rounds its own way; aspartate and tryptophan alone are printed 10 off."""
    for one, other in combinations(PROPERTIES, 2):
        printed = distance(one, other)
        assert printed is not None
        if {one, other} != {"D", "W"}:
            assert abs(printed - by_formula(one, other)) <= 1.2, (one, other)


@pytest.mark.parametrize(("one", "other"), [("G", "*"), ("U", "G"), ("", "G"), ("G", "G")])
def test_what_is_no_pair_of_amino_acids_has_none(one: str, other: str) -> None:
    assert distance(one, other) is None
