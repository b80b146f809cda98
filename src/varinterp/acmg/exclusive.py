"""Evidence that must not be counted twice: the list is in the rules, this applies it.

``evidence.exclusive`` holds pairs, ``PVS1 PM4``: where both are met the first stands and the second
is not counted. ``evidence.capped`` holds ``PM1 PP3 4``: together the two count at most so many
points, and the weaker one gives way step by step. Which finding came first makes no difference.
"""

from dataclasses import dataclass, replace
from functools import cache

from varinterp.acmg.question import Question
from varinterp.model.evidence import (
    GRADED,
    Because,
    Criterion,
    Finding,
    Verdict,
    lowered,
    not_met,
)

EXCLUSIVE, CAPPED = "evidence.exclusive", "evidence.capped"
ALSO = "evidence.exclusive_also"
"""Pairs that a gene specification adds to the general ones."""

Pair = tuple[Criterion, Criterion]


@dataclass(frozen=True, slots=True)
class Together:
    """The pairs of which one is counted, in order, and those that count so many points at most."""

    exclusive: tuple[Pair, ...] = ()
    capped: tuple[tuple[Pair, int], ...] = ()


@cache
def together(exclusive: tuple[str, ...], capped: tuple[str, ...]) -> Together:
    """Read the pairs as the rules write them; raise ValueError for any other form."""
    pairs = (pair.split() for pair in exclusive)
    limits = (entry.split() for entry in capped)
    return Together(
        tuple((Criterion(first), Criterion(second)) for first, second in pairs),
        tuple(((Criterion(one), Criterion(other)), int(most)) for one, other, most in limits),
    )


def once(findings: tuple[Finding, ...], beside: Question) -> tuple[Finding, ...]:
    """Return the findings with none counted twice."""
    return counted_once(findings, beside.shared("exclusive", _read))


def _read(ask: Question) -> Together:
    return together((*ask.words(EXCLUSIVE), *ask.own_words(ALSO)), ask.words(CAPPED))


def counted_once(findings: tuple[Finding, ...], pairs: Together) -> tuple[Finding, ...]:
    """Return the findings with none counted twice, by these pairs."""
    met = {each.criterion for each in findings if each.verdict.strength is not None}
    if len(met) < 2:
        return findings
    found = {finding.criterion: finding for finding in findings}
    for first, second in pairs.exclusive:
        if first in met and second in met:
            met.remove(second)
            found[second] = _instead(found[second], not_met("exclusive.counted_as", by=first))
    for pair, most in pairs.capped:
        if met.issuperset(pair):
            _cap(found, pair, most)
    return tuple(found.values())


def _cap(found: dict[Criterion, Finding], pair: Pair, most: int) -> None:
    while sum(abs(found[each].points) for each in pair) > most:
        # Of two equally strong ones the first named gives way.
        weaker = min(pair, key=lambda each: abs(found[each].points))
        if not found[weaker].met:
            return
        other = next(each for each in pair if each is not weaker)
        room = most - abs(found[other].points)
        found[weaker] = _instead(found[weaker], _lowered(found[weaker].verdict, room, other))


def _lowered(verdict: Verdict, room: int, other: Criterion) -> Verdict:
    """Return the verdict at the highest strength that fits into the points that are left."""
    for strength in reversed(GRADED):
        if strength.points <= room:
            return lowered(verdict, strength, Because.TOGETHER)
    return not_met("exclusive.capped", by=other)


def _instead(finding: Finding, verdict: Verdict) -> Finding:
    return replace(finding, verdict=verdict)
