"""All the indicators of a period, in the order of the page."""

from varinterp.report.indicators.changes import open_events, reclassifications
from varinterp.report.indicators.delays import delay_from_prescription, delay_from_signs
from varinterp.report.indicators.facts import IndicatorInput
from varinterp.report.indicators.figures import MINIMUM, Indicator, sealed
from varinterp.report.indicators.statuses import examined_again, statuses
from varinterp.report.indicators.yields import yield_by_indication, yield_by_technique

_INDICATORS = (
    delay_from_signs,
    delay_from_prescription,
    statuses,
    yield_by_indication,
    yield_by_technique,
    examined_again,
    reclassifications,
    open_events,
)


def indicators(given: IndicatorInput, minimum: int = MINIMUM) -> tuple[Indicator, ...]:
    """Compute every indicator; counts from 1 to `minimum`, not included, are masked."""
    return tuple(sealed(indicator(given, minimum)) for indicator in _INDICATORS)
