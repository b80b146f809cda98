"""The reading order of a list, which is that of the run's triage."""

from collections.abc import Iterable

from varinterp.reanalysis.budget import Waiting, order
from varinterp.registry.dataset.reviews import ReviewedEvent


def in_reading_order(events: Iterable[ReviewedEvent]) -> tuple[ReviewedEvent, ...]:
    """Return events by tier, then as `reanalysis.budget` orders what waits for attention."""
    return tuple(sorted(events, key=lambda each: (order(Waiting(each.event)), each.id)))
