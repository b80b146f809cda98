"""From the pre-indication to the laboratory's report: what the clinic asked for, and when.

The flow of the French plan (PFMG): pre-indication → multidisciplinary meeting (RCP) before →
e-prescription (SPICE at SeqOIA, HYGEN at AURAGEN) → laboratory → meeting after → signed report.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MeetingDecision(StrEnum):
    """What a multidisciplinary meeting decided; the first three before, the others after."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DEFERRED = "deferred"
    DIAGNOSIS_RETAINED = "diagnosis_retained"
    FURTHER_INVESTIGATION = "further_investigation"
    NO_DIAGNOSIS = "no_diagnosis"

    @property
    def before(self) -> bool:
        """Whether it is a decision on a prescription, not on a result."""
        return self in _BEFORE


_BEFORE = frozenset({MeetingDecision.ACCEPTED, MeetingDecision.DECLINED, MeetingDecision.DEFERRED})


@dataclass(frozen=True, slots=True)
class Meeting:
    """A multidisciplinary meeting (RCP): its reference, day and decision."""

    id: str
    held_on: date
    decision: MeetingDecision


@dataclass(frozen=True, slots=True)
class LaboratoryReport:
    """A version of the laboratory's report on a case."""

    id: str
    version: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class Prescription:
    """A prescription as far as it is known; parts that are not yet there are None.

    `pre_indication` is the national list's word or code, `id` that of the e-prescription, and
    `prescriber` a pseudonym.
    """

    pre_indication: str | None = None
    id: str | None = None
    prescribed_on: date | None = None
    prescriber: str | None = None
    centre: str | None = None
    meeting_before: Meeting | None = None
    meeting_after: Meeting | None = None
    report: LaboratoryReport | None = None

    def __post_init__(self) -> None:
        if self.meeting_before is not None and not self.meeting_before.decision.before:
            raise ValueError("a meeting before decides on the prescription")
        if self.meeting_after is not None and self.meeting_after.decision.before:
            raise ValueError("a meeting after decides on the result")
