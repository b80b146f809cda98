"""Diagnostic status of the cases, and how many of them were examined again."""

from collections import Counter
from collections.abc import Sequence

from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.report.indicators.facts import CaseFacts, IndicatorInput
from varinterp.report.indicators.figures import (
    ALL,
    MINIMUM,
    Indicator,
    Kind,
    Label,
    Row,
    count,
    hidden,
    hidden_shares,
    share,
)


def statuses(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the cases by diagnostic status: the odyssey and the impasse are two of them."""
    counts = Counter(case.status for case in given.cases)
    known = list(DiagnosticLevel)
    whole = sum(counts[status] for status in known)
    masks = hidden([counts[status] for status in known], minimum)
    rows = [
        Row(
            Label("diagnosis", status.value),
            (
                count(counts[status], minimum, mask=mask),
                share(counts[status], whole, minimum, mask=mask),
            ),
        )
        for status, mask in zip(known, masks, strict=True)
    ]
    return Indicator(
        "statuses",
        Kind.SHARES,
        ("counted", "share"),
        tuple(rows),
        counted=count(whole, minimum),
        missing=count(counts[None], minimum),
        plotted=("share",),
    )


def examined_again(given: IndicatorInput, minimum: int = MINIMUM) -> Indicator:
    """Return the share of cases that a run looked at again in the period, by status.

    Cases whose consent does not cover it are left out of the denominator, and counted apart.
    """
    allowed = [case for case in given.cases if case.reanalysis]
    kinds = (*DiagnosticLevel, None)
    groups = [[case for case in allowed if case.status is status] for status in kinds]
    wholes = [len(group) for group in groups]
    masks = hidden_shares([_seen(group, given) for group in groups], wholes, minimum)
    rows = [
        _row(Label("diagnosis", status), group, given, minimum, mask)
        for status, group, mask in zip(kinds, groups, masks, strict=True)
        if group
    ]
    total = _row(ALL, allowed, given, minimum)
    return Indicator(
        "examined_again",
        Kind.SHARES,
        ("counted", "examined", "share"),
        (*rows, total),
        counted=total.figures[0],
        missing=count(len(given.cases) - len(allowed), minimum),
        plotted=("share",),
    )


def _seen(cases: Sequence[CaseFacts], given: IndicatorInput) -> int:
    return sum(any(given.start <= day <= given.end for day in case.examined) for case in cases)


def _row(
    label: Label,
    cases: Sequence[CaseFacts],
    given: IndicatorInput,
    minimum: int,
    masks: tuple[bool, bool] = (False, False),
) -> Row:
    seen = _seen(cases, given)
    rate = share(seen, len(cases), minimum, mask=any(masks))
    return Row(
        label,
        (count(len(cases), minimum, mask=masks[0]), count(seen, minimum, mask=rate.masked), rate),
    )
