"""What the indicators are counted from: plain facts on cases, changes and open events.

Nothing here is computed; whoever knows the registry fills it. None is *not recorded*, which every
indicator counts and says, and never takes for a no.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.event import Attribution, Event, Facet


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case: its dates, and what people said of it.

    `indication` is the laboratory's own word, `technique` a value of `model.sequencing.Technique`
    or the laboratory's own. `status` is what people signed. `reported` is the day of
    the first signed report, `examined` the days on which runs of the reanalysis looked at the case
    again. `reanalysis` is False when consent does not cover it.
    """

    case: str
    indication: str | None = None
    technique: str | None = None
    first_signs: date | None = None
    prescribed: date | None = None
    reported: date | None = None
    status: DiagnosticLevel | None = None
    examined: tuple[date, ...] = ()
    reanalysis: bool = True


@dataclass(frozen=True, slots=True)
class Reclassification:
    """A change of class that a run of the reanalysis found.

    `cause` is the single source responsible; where there are several, the word for how they are
    (``interaction``, ``each``, ``not_replayed``); None where it is not known.
    """

    on: date
    cause: str | None
    direction: str

    @classmethod
    def of(cls, event: Event, on: date) -> Self | None:
        """Return the change of class of an event; None for one of another kind."""
        if Facet.CLASS not in event.moved:
            return None
        single = event.attribution is Attribution.SINGLE
        cause = event.responsible[0] if single else event.attribution.value
        return cls(on, cause if event.responsible else None, event.direction.value)


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event that nobody has closed: the day it came up, and its tier (1 is the most urgent)."""

    since: date
    tier: int


@dataclass(frozen=True, slots=True)
class IndicatorInput:
    """Everything that the indicators of a period are counted from; both days are in the period."""

    start: date
    end: date
    cases: tuple[CaseFacts, ...]
    reclassifications: tuple[Reclassification, ...] = ()
    open_events: tuple[OpenEvent, ...] = ()
    constructed: bool = False
