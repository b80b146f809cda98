"""Which frequency the benign criteria compare, and in which group of people.

Ghosh 2018 (PMID 30311383) compares continental populations of at least 2,000 alleles. Groups that
went through a bottleneck, and a resource's remainder, are left out, as gnomAD leaves them out of
its group maximum.
"""

from collections.abc import Collection
from dataclasses import dataclass

from varinterp.model.facts import (
    Frequency,
)
from varinterp.model.population import (
    GroupFrequency,
    LocalFrequency,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A frequency as a fraction of 1, and the counts that it comes from.

    `measure` is ``faf95``, ``af`` or ``local``; `group` is None for everybody, or where the
    resource does not say in which group it is.
    """

    frequency: float
    measure: str
    group: str | None
    ac: int
    an: int


def compared(frequency: Frequency, minimum: float, left_out: Collection[str]) -> Compared | None:
    """Return what benign criteria compare; None where no group has the `minimum` of alleles.

    It is the highest FAF95 of the groups that count, or, where none has a bound, the highest
    frequency that was counted in one.
    """
    if not frequency.groups:
        return _without_groups(frequency, left_out) if frequency.an >= minimum else None
    groups = [g for g in _that_count(frequency, left_out) if g.an >= minimum]
    if not groups:
        return None
    bounds = [(bound, g) for g in groups if (bound := _bound(frequency, g)) is not None]
    if bounds:
        bound, group = max(bounds, key=lambda pair: (pair[0], pair[1].af))
        return Compared(bound, "faf95", group.group, group.ac, group.an)
    group = max(groups, key=lambda g: g.af)
    return Compared(group.af, "af", group.group, group.ac, group.an)


def largest(frequency: Frequency, left_out: Collection[str]) -> int:
    """Return the alleles observed in the largest group that counts, or in everybody."""
    if not frequency.groups:
        return frequency.an
    return max((group.an for group in _that_count(frequency, left_out)), default=0)


def observed(frequency: Frequency, minimum: float) -> Compared:
    """Return the highest frequency as counted, which PM2 compares: any group's, or everybody's.

    A bound would make every allele look rarer than it was seen to be. A group counts here from the
    `minimum` of alleles and from two copies on: a single copy in a small group is no frequency.
    """
    everybody = Compared(frequency.af, "af", None, frequency.ac, frequency.an)
    if not frequency.groups:
        return Compared(frequency.highest_observed, "af", None, frequency.ac, frequency.an)
    groups = (
        Compared(group.af, "af", group.group, group.ac, group.an)
        for group in frequency.groups
        if group.an >= minimum and group.ac > 1
    )
    return max((everybody, *groups), key=lambda found: found.frequency)


def local(counts: LocalFrequency, minimum: float) -> Compared | None:
    """Return the laboratory's own frequency; None where it is hidden or rests on too little."""
    if counts.ac is None or counts.af is None or counts.an < minimum:
        return None
    return Compared(counts.af, "local", None, counts.ac, counts.an)


def _that_count(frequency: Frequency, left_out: Collection[str]) -> tuple[GroupFrequency, ...]:
    return tuple(group for group in frequency.groups if group.group not in left_out)


def _bound(frequency: Frequency, group: GroupFrequency) -> float | None:
    """Return a group's FAF95: its own, or the row's when the row says that it is this group's."""
    if group.faf95 is None and frequency.faf95_group == group.group:
        return frequency.faf95
    return group.faf95


def _without_groups(frequency: Frequency, left_out: Collection[str]) -> Compared:
    if frequency.faf95 is not None and frequency.faf95_group not in left_out:
        group = frequency.faf95_group
        return Compared(frequency.faf95, "faf95", group, frequency.ac, frequency.an)
    return Compared(frequency.highest_observed, "af", None, frequency.ac, frequency.an)
