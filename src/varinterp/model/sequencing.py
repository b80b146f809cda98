"""A person's sample and how it was sequenced, as the registry keeps it."""

from dataclasses import dataclass
from enum import StrEnum


class Technique(StrEnum):
    """The techniques of the French rare-disease record (CI-SIS SDM-MR, value set MED-1286)."""

    CHROMOSOMAL = "chromosomal"
    ARRAY = "array"
    TARGETED = "targeted"
    PANGENOMIC = "pangenomic"

    @property
    def code(self) -> str:
        """The code that the record writes."""
        return _CODES[self]


_CODES = {
    Technique.CHROMOSOMAL: "MED-081",
    Technique.ARRAY: "MED-082",
    Technique.TARGETED: "MED-083",
    Technique.PANGENOMIC: "MED-084",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Mean depth in reads and the share [0, 1] of the target at or above `depth` reads."""

    mean: float
    depth: int
    share: float

    def __post_init__(self) -> None:
        if not (0 <= self.share <= 1 and self.mean >= 0 and self.depth > 0):
            raise ValueError("a coverage is a depth in reads and a share between 0 and 1")


@dataclass(frozen=True, slots=True)
class Sequencing:
    """How one person was sequenced for an analysis; `inputs` are SHA-256 digests, sorted.

    None says that the laboratory did not say: it is never a default.
    """

    person: str
    analysis: int
    inputs: tuple[str, ...]
    technique: Technique | None = None
    coverage: Coverage | None = None
    sample: str | None = None
