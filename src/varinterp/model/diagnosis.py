"""Diagnostic status of a case: the levels of BaMaRa, each a signed act of people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from varinterp.model.signatures import Signatures

UNDIAGNOSED = "ORPHA:616874"
"""Rare disorder without a determined diagnosis after full investigation (RD-CODE).

Mondo leaves it out. It is never concluded: two people sign it at the end of the investigation.
"""


class DiagnosticLevel(StrEnum):
    """Confirmé, probable, en cours, indéterminé: the words in use in BaMaRa."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    IN_PROGRESS = "in_progress"
    UNDETERMINED = "undetermined"

    @property
    def signed(self) -> bool:
        """Whether the level is said by two people; *en cours* only states that work goes on."""
        return self is not DiagnosticLevel.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A status from a day on; raises ValueError when it breaks the rules of RD-CODE.

    `diseases` are ids (OMIM, ORPHA, MONDO). `investigated_on` is the day on which a full
    investigation ended: ORPHA:616874 needs it, two signatures and the level *undetermined*, and
    stands alone.
    """

    level: DiagnosticLevel
    valid_from: date
    diseases: tuple[str, ...] = ()
    signatures: Signatures | None = None
    investigated_on: date | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        if self.level.signed and self.signatures is None:
            raise ValueError("two people sign a diagnostic level other than in progress")
        if self.level in (DiagnosticLevel.CONFIRMED, DiagnosticLevel.PROBABLE):
            if not self.diseases:
                raise ValueError("a confirmed or probable diagnosis names a disease")
        elif set(self.diseases) - {UNDIAGNOSED}:
            raise ValueError("a case without a diagnosis names no disease")
        if self.undiagnosed and (
            self.level is not DiagnosticLevel.UNDETERMINED
            or len(self.diseases) > 1
            or self.investigated_on is None
        ):
            raise ValueError(
                f"{UNDIAGNOSED} is an undetermined status at the end of a full investigation"
            )

    @property
    def undiagnosed(self) -> bool:
        """Whether it says: no diagnosis after full investigation."""
        return UNDIAGNOSED in self.diseases
