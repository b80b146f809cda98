"""Diagnostic yield: how many of the reported cases have a confirmed diagnosis."""

from collections.abc import Callable, Sequence
from math import sqrt

from varinterp.model.diagnosis import DiagnosticLevel
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
    hidden_shares,
    share,
)
from varinterp.report.indicators.groups import by, reported

_COLUMNS = ("counted", "confirmed", "share", "low", "high")
_Z = 1.959964


def yield_by_indication(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the yield of each indication."""
    return _yield("yield_indication", given, lambda case: case.indication, minimum)


def yield_by_technique(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the yield of each technique."""
    return _yield("yield_technique", given, lambda case: case.technique, minimum, "technique")


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (Wilson 1927, doi:10.2307/2276774)."""
    rate, square = part / whole, _Z * _Z
    middle = (rate + square / (2 * whole)) / (1 + square / whole)
    spread = rate * (1 - rate) / whole + square / (4 * whole * whole)
    half = _Z * sqrt(spread) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def _yield(
    name: str,
    given: IndicatorInput,
    part: Callable[[CaseFacts], str | None],
    minimum: int,
    vocabulary: str | None = None,
) -> Indicator:
    cases = reported(given)
    stated = [case for case in cases if case.status is not None]
    groups = by(stated, part)
    wholes = [len(group) for _, group in groups]
    masks = hidden_shares([_confirmed(group) for _, group in groups], wholes, minimum)
    rows = [
        _row(Label(vocabulary, code), group, minimum, mask)
        for (code, group), mask in zip(groups, masks, strict=True)
    ]
    total = _row(ALL, stated, minimum)
    return Indicator(
        name,
        Kind.SHARES,
        _COLUMNS,
        (*rows, total),
        counted=total.figures[0],
        missing=count(len(cases) - len(stated), minimum),
        plotted=_COLUMNS[2:],
    )


def _confirmed(cases: Sequence[CaseFacts]) -> int:
    return sum(case.status is DiagnosticLevel.CONFIRMED for case in cases)


def _row(
    label: Label,
    cases: Sequence[CaseFacts],
    minimum: int,
    masks: tuple[bool, bool] = (False, False),
) -> Row:
    confirmed, whole = _confirmed(cases), len(cases)
    rate = share(confirmed, whole, minimum, mask=any(masks))
    low, high = (None, None) if rate.number is None else interval(confirmed, whole)
    return Row(
        label,
        (
            count(whole, minimum, mask=masks[0]),
            count(confirmed, minimum, mask=rate.masked),
            rate,
            Figure(Unit.SHARE, low, rate.masked),
            Figure(Unit.SHARE, high, rate.masked),
        ),
    )
