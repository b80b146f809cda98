"""Sums that are equal in the decimals that are shown are equal in the order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ranked import NULL, Place
from varinterp.model.case import Contribution, Part, RankedHypothesis
from varinterp.model.evidence import Reason

PLACE = Place((NULL,)).ranked()


def summing(*parts: float) -> RankedHypothesis:
    reason = Reason.of("score.prior", share=0.1)
    return replace(
        PLACE, contributions=tuple(Contribution(Part.VARIANT, each, reason) for each in parts)
    )


def test_parts_that_add_up_to_the_same_number_are_the_same_number() -> None:
    assert summing(0.1, 0.2).log_odds == summing(0.3).log_odds


@given(st.lists(st.integers(-200_000, 200_000), min_size=1, max_size=7))
def test_the_sum_is_the_one_that_a_reader_gets_with_pen_and_paper(parts: list[int]) -> None:
    assert summing(*(each / 10_000 for each in parts)).log_odds == sum(parts) / 10_000
