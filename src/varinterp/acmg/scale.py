"""From points that are added up over people to a strength: the thresholds are in the rules."""

from collections.abc import Iterator

from varinterp.acmg.question import Question
from varinterp.model.evidence import GRADED, Strength


def reached(ask: Question, family: str, points: float) -> Strength | None:
    """Return the highest strength whose ``<family>.<strength>`` the points reach, or None."""
    found = (strength for strength, needed in steps(ask, f"{family}.") if points >= needed)
    return next(found, None)


def steps(ask: Question, rules: str) -> Iterator[tuple[Strength, float]]:
    """Yield what each strength takes, strongest first, by the rule ``<rules><strength>``.

    Rules that void a strength by ``none`` leave it out.
    """
    for strength in reversed(GRADED):
        needed = ask.optional_number(f"{rules}{strength}")
        if needed is not None:
            yield strength, needed
