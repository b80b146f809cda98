"""Delays: from the first signs, and from the prescription, to the first signed report."""

from collections.abc import Callable, Sequence
from datetime import date
from statistics import quantiles

from varinterp.report.indicators.facts import CaseFacts, IndicatorInput
from varinterp.report.indicators.figures import (
    ALL,
    MINIMUM,
    Figure,
    Indicator,
    Kind,
    Label,
    Row,
    Unit,
    count,
    hidden,
)
from varinterp.report.indicators.groups import by, reported

_YEAR = 365.25
_COLUMNS = ("counted", "missing", "quarter", "median", "three_quarters")

Start = Callable[[CaseFacts], date | None]


def delay_from_signs(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return years from the first signs to the first signed report, by indication."""
    return _delay("delay_signs", given, lambda case: case.first_signs, Unit.YEARS, minimum)


def delay_from_prescription(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return days from the prescription to the first signed report, by indication."""
    return _delay("delay_prescription", given, lambda case: case.prescribed, Unit.DAYS, minimum)


def _delay(name: str, given: IndicatorInput, start: Start, unit: Unit, minimum: int) -> Indicator:
    cases = reported(given)
    groups = by(cases, lambda case: case.indication)
    known = [len(_days(group, start)) for _, group in groups]
    masks = hidden(known, minimum)
    rows = [
        _row(Label(None, code), group, start, unit, minimum, mask=mask)
        for (code, group), mask in zip(groups, masks, strict=True)
    ]
    total = _row(ALL, cases, start, unit, minimum)
    return Indicator(
        name,
        Kind.QUARTILES,
        _COLUMNS,
        (*rows, total),
        counted=total.figures[0],
        missing=total.figures[1],
        plotted=_COLUMNS[2:],
    )


def _row(
    label: Label,
    cases: Sequence[CaseFacts],
    start: Start,
    unit: Unit,
    minimum: int,
    *,
    mask: bool = False,
) -> Row:
    days = _days(cases, start)
    masked = mask or 0 < len(days) < minimum
    return Row(
        label,
        (
            count(len(days), minimum, mask=mask),
            count(len(cases) - len(days), minimum, mask=masked and len(cases) > len(days)),
            *(_quartiles(days, unit, masked=masked)),
        ),
    )


def _days(cases: Sequence[CaseFacts], start: Start) -> list[int]:
    """Days to the report of the cases with both dates; a report before its start is no delay."""
    spans = (
        (case.reported - begun).days
        for case in cases
        if case.reported is not None and (begun := start(case)) is not None
    )
    return sorted(days for days in spans if days >= 0)


def _quartiles(days: Sequence[int], unit: Unit, *, masked: bool) -> tuple[Figure, ...]:
    if masked or not days:
        return tuple(Figure(unit, None, masked) for _ in range(3))
    parts = quantiles(days, n=4, method="inclusive") if len(days) > 1 else [float(days[0])] * 3
    scale = _YEAR if unit is Unit.YEARS else 1
    return tuple(Figure(unit, round(part / scale, 1)) for part in parts)
