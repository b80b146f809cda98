"""The days of a patient's way to a diagnosis that the national record and its indicators ask."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MilestoneKind(StrEnum):
    """First signs (PAT-013), clinical diagnosis (PAT-062) and genetic diagnosis (PAT-064)."""

    FIRST_SIGNS = "first_signs"
    CLINICAL_DIAGNOSIS = "clinical_diagnosis"
    GENETIC_DIAGNOSIS = "genetic_diagnosis"


class LifePeriod(StrEnum):
    """A period of life, in the words of SDM-MR's value set; *undetermined* is not known."""

    NO_SIGN = "no_sign"
    FETAL = "fetal"
    NEONATAL = "neonatal"
    LIFETIME = "lifetime"
    POSTMORTEM = "postmortem"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone by its day, by the age in completed months, or by the period of life alone."""

    kind: MilestoneKind
    period: LifePeriod = LifePeriod.UNDETERMINED
    months: int | None = None
    on: date | None = None

    def __post_init__(self) -> None:
        if self.months is not None and self.months < 0:
            raise ValueError("an age is not negative")
