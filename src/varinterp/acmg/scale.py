"""From points that are added up over people to a strength: the thresholds are in the rules."""

from varinterp.acmg.question import Question
from varinterp.model.evidence import Strength

_STEPS = (Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING)


def reached(ask: Question, family: str, points: float) -> Strength | None:
    """Return the highest strength whose ``<family>.<strength>`` the points reach, None below all.

    Rules that void a strength by ``none`` leave it out.
    """
    for strength in _STEPS:
        needed = ask.optional_number(f"{family}.{strength}")
        if needed is not None and points >= needed:
            return strength
    return None
