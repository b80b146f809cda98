"""The cases that an indicator counts, and their groups."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from varinterp.report.indicators.facts import CaseFacts, IndicatorInput

Groups = tuple[tuple[str | None, tuple[CaseFacts, ...]], ...]


def reported(given: IndicatorInput) -> tuple[CaseFacts, ...]:
    """Return the cases whose first signed report is of the period."""
    return tuple(
        case
        for case in given.cases
        if case.reported is not None and given.start <= case.reported <= given.end
    )


def by(cases: Sequence[CaseFacts], part: Callable[[CaseFacts], str | None]) -> Groups:
    """Part cases, the largest group first, then by name; what was not recorded comes last."""
    groups: defaultdict[str | None, list[CaseFacts]] = defaultdict(list)
    for case in cases:
        groups[part(case)].append(case)
    order = sorted(groups, key=lambda code: (code is None, -len(groups[code]), code or ""))
    return tuple((code, tuple(groups[code])) for code in order)
