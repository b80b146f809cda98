"""How many events a run may put before people: the best first, the others wait, none is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from varinterp.model.event import Event, EventDirection, EventTier

_DIRECTIONS = (EventDirection.UP, EventDirection.DOWN, EventDirection.SIDEWAYS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that asks for attention; `runs` counts the runs that it has waited through."""

    event: Event
    id: int | None = None
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """What surfaces now, and what is queued for a later run; each in reading order."""

    surfaced: tuple[Waiting, ...]
    queued: tuple[Waiting, ...]


def spend(waiting: Iterable[Waiting], cap: int) -> Spent:
    """Surface at most `cap` groups of events beside those of tier 1, which are never held back.

    Both sides of a compound heterozygote are one group: they surface together and count once.
    """
    groups = _groups(sorted(waiting, key=order))
    surfaced: list[Waiting] = []
    queued: list[Waiting] = []
    left = cap
    for group in groups:
        urgent = any(each.event.tier is EventTier.SIGNED for each in group)
        if urgent or left > 0:
            surfaced += group
            left -= not urgent
        else:
            queued += group
    return Spent(tuple(sorted(surfaced, key=order)), tuple(queued))


def order(waiting: Waiting) -> tuple[object, ...]:
    """Return the reading order: tier, class that it is about, direction, then the longest wait."""
    event = waiting.event
    sides = [side.acmg_class.rank for side in (event.before, event.after) if side is not None]
    return (
        *(event.tier, -max(sides, default=0), _DIRECTIONS.index(event.direction)),
        *(-waiting.runs, event.dates.first_seen),
        *(event.case, event.gene, event.allele, event.digest),
    )


def _groups(ordered: Sequence[Waiting]) -> list[list[Waiting]]:
    """Return events by group, in the order of the best of each."""
    groups: dict[tuple[str, str], list[Waiting]] = {}
    for each in ordered:
        groups.setdefault((each.event.case, each.event.group), []).append(each)
    return list(groups.values())
