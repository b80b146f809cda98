"""What the reanalysis brought: reclassifications by cause and direction, open events by age."""

from collections import Counter

from varinterp.report.indicators.facts import IndicatorInput
from varinterp.report.indicators.figures import (
    MINIMUM,
    Indicator,
    Kind,
    Label,
    Row,
    count,
    hidden,
)

_AGES = ((30, "under_30"), (90, "under_90"), (180, "under_180"), (None, "over_180"))
_FIRST_TIER = 1


def reclassifications(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the period's changes of class, a row a cause and a column a direction."""
    found = Counter(
        (change.cause, change.direction)
        for change in given.reclassifications
        if given.start <= change.on <= given.end
    )
    causes = sorted({cause for cause, _ in found}, key=lambda cause: (cause is None, cause or ""))
    ways = tuple(sorted({way for _, way in found}, key=lambda way: (way != "up", way)))
    places = [(cause, way) for cause in causes for way in ways]
    masks = dict(zip(places, hidden([found[place] for place in places], minimum), strict=True))
    rows = [
        Row(
            Label("source", cause),
            tuple(count(found[cause, way], minimum, mask=masks[cause, way]) for way in ways),
        )
        for cause in causes
    ]
    unknown = sum(number for (cause, _), number in found.items() if cause is None)
    return Indicator(
        "reclassifications",
        Kind.STACK,
        tuple(f"direction_{way}" for way in ways),
        tuple(rows),
        counted=count(found.total(), minimum),
        missing=count(unknown, minimum),
        plotted=tuple(f"direction_{way}" for way in ways),
    )


def open_events(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the events that are open at the end of the period, by age and by urgency."""
    found = Counter(
        (_age((given.end - event.since).days), event.tier == _FIRST_TIER)
        for event in given.open_events
    )
    places = [(age, first) for _, age in _AGES for first in (True, False)]
    masks = dict(zip(places, hidden([found[place] for place in places], minimum), strict=True))
    rows = [
        Row(
            Label("age", age),
            tuple(
                count(found[age, first], minimum, mask=masks[age, first]) for first in (True, False)
            ),
        )
        for _, age in _AGES
    ]
    return Indicator(
        "open_events",
        Kind.STACK,
        ("first_tier", "other_tiers"),
        tuple(rows),
        counted=count(len(given.open_events), minimum),
        missing=count(0, minimum),
        plotted=("first_tier", "other_tiers"),
    )


def _age(days: int) -> str:
    return next(name for limit, name in _AGES if limit is None or days < limit)
