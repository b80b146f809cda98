"""The score is a chance among what a case shows, and of a cause that is not there."""

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import WEIGHTS
from ranked import MATCH, NOTHING, NULL, ONE_COPY, Place
from varinterp.model.case import RankedHypothesis, Tier
from varinterp.priority.chance import with_chances
from varinterp.priority.weights import logistic

PROPOSED = Place((NULL,)).ranked()
UNRELATED = Place((NULL,)).ranked(NOTHING)
NOT_RETAINED = Place((NULL,), fit=ONE_COPY).ranked(MATCH)
EQUAL = replace(WEIGHTS, slope=1.0, unsolved=PROPOSED.log_odds)


def scores(*places: RankedHypothesis) -> list[float]:
    return [each.score for each in with_chances(places, EQUAL)]


@pytest.mark.parametrize(
    ("slope", "unsolved"), [(0.5, 2.0), (1.0, 0.0), (2.0, -30.0), (1.0, 900.0), (400.0, 1.0)]
)
def test_one_hypothesis_is_weighed_against_a_cause_that_is_not_there(
    slope: float, unsolved: float
) -> None:
    weights = replace(WEIGHTS, slope=slope, unsolved=unsolved)
    found = Place((NULL,)).ranked(weights=weights)

    assert found.log_odds == PROPOSED.log_odds
    assert found.score == round(logistic(slope * found.log_odds - unsolved), 6)


def test_rivals_that_are_shown_share_the_chance() -> None:
    assert scores(PROPOSED) == [0.5]
    assert scores(*[PROPOSED] * 9) == [0.1] * 9
    known = replace(PROPOSED, tier=Tier.KNOWN_ALLELE)
    possible = replace(PROPOSED, tier=Tier.POSSIBLE)
    assert scores(PROPOSED, known, possible) == [0.25, 0.25, 0.25]


def test_what_is_not_shown_takes_nothing_from_the_others_and_is_weighed_against_them() -> None:
    aside = replace(NOT_RETAINED, contributions=PROPOSED.contributions)

    assert aside.tier is Tier.NOT_RETAINED
    assert UNRELATED.tier is Tier.UNRELATED
    assert scores(PROPOSED, aside, aside) == [0.5, round(1 / 3, 6), round(1 / 3, 6)]
    assert scores(aside) == [0.5]


def test_nothing_has_no_scores() -> None:
    assert scores() == []


@given(
    st.lists(
        st.integers(-6_000_000, 6_000_000).map(lambda each: each / 10_000), min_size=1, max_size=8
    )
)
def test_the_chances_of_what_is_shown_leave_room_for_no_cause(powers: list[float]) -> None:
    prior = PROPOSED.contributions[0]
    places = [replace(PROPOSED, contributions=(replace(prior, log_odds=each),)) for each in powers]
    found = with_chances(places, WEIGHTS)

    assert [each.log_odds for each in found] == powers
    assert all(0 <= each.score <= 1 for each in found)
    assert sum(each.score for each in found) <= 1 + 1e-6 * len(found)
    best = max(range(len(powers)), key=powers.__getitem__)
    assert found[best].score == max(each.score for each in found)


def test_the_odds_of_two_are_those_of_their_log_odds() -> None:
    better = replace(
        PROPOSED,
        contributions=(
            *PROPOSED.contributions,
            replace(PROPOSED.contributions[0], log_odds=2.0),
        ),
    )
    first, second = scores(better, PROPOSED)

    assert first / second == pytest.approx(exp(2.0), rel=1e-4)
