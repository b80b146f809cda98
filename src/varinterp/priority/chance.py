"""The chance that a hypothesis is the cause of the patient's disease, among all that are shown.

    score = e^(b·x) / (e^u + sum of e^(b·x') over what is shown)

x are log-odds and x' those of each hypothesis that is proposed, possible or a known allele; b and u
are rules. One of them is the cause, or none is: u weighs that the cause is not there at all. So one
hypothesis with high log-odds is told from a hundred of them, in a list of any length. A hypothesis
of another tier is weighed against what is shown and itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp, fsum

from varinterp.model.case import RankedHypothesis, Tier
from varinterp.priority.weights import Weights

SHOWN = frozenset({Tier.PROPOSED, Tier.POSSIBLE, Tier.KNOWN_ALLELE})
_DECIMALS = 6


def with_chances(
    places: Sequence[RankedHypothesis], weights: Weights
) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses of a case with their scores, in the order given."""
    powers = [weights.slope * each.log_odds for each in places]
    # the largest is taken out of every power, so that none is too large for a float
    largest = max([weights.unsolved, *powers])
    odds = [exp(power - largest) for power in powers]
    shown = fsum([exp(weights.unsolved - largest), *_of_shown(places, odds)])
    return tuple(
        replace(place, score=_chance(own, shown if place.tier in SHOWN else shown + own))
        for place, own in zip(places, odds, strict=True)
    )


def _of_shown(places: Iterable[RankedHypothesis], odds: Iterable[float]) -> list[float]:
    return [own for place, own in zip(places, odds, strict=True) if place.tier in SHOWN]


def _chance(own: float, of_all: float) -> float:
    return round(own / of_all, _DECIMALS)
