"""Stretches of residues as a gene specification writes them."""

import pytest

from varinterp.acmg.residues import overlapping, within
from varinterp.errors import InternalError
from varinterp.model.transcript import Span

STRETCHES = ("175", "245-248", "8")


@pytest.mark.parametrize(
    ("residue", "place"),
    [
        (174, None),
        (175, "175"),
        (176, None),
        (244, None),
        (245, "245-248"),
        (247, "245-248"),
        (248, "245-248"),
        (249, None),
        (8, "8"),
        (1, None),
    ],
)
def test_a_residue_lies_in_the_stretch_that_holds_it(residue: int, place: str | None) -> None:
    assert within(residue, STRETCHES) == place


def test_no_stretch_holds_none() -> None:
    assert within(175, ()) is None


def test_the_first_of_two_that_hold_it_is_named() -> None:
    assert within(5, ("1-9", "5")) == "1-9"


@pytest.mark.parametrize("written", ["", "p.175", "1-", "-9", "1–9", "1-9-12", " 5"])
def test_what_is_no_stretch_is_our_fault_and_said_so(written: str) -> None:
    with pytest.raises(InternalError, match="names no residues"):
        within(5, (written,))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        (Span(100, 174), None),
        (Span(100, 175), "175"),
        (Span(176, 244), None),
        (Span(176, 245), "245-248"),
        (Span(248, 300), "245-248"),
        (Span(249, 300), None),
        (Span(1, 300), "175"),
    ],
)
def test_a_part_of_the_protein_meets_the_stretch_that_it_shares_a_residue_with(
    part: Span, place: str | None
) -> None:
    assert overlapping(STRETCHES, part) == place
