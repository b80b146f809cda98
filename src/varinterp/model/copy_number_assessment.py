"""What a copy number was assessed as: a line for each of the standard's, a class, what was read."""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.assessment import AcmgClass
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import GeneHit
from varinterp.model.evidence import Outcome, Reason
from varinterp.model.reads import Read


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Riggs 2020's tables as it was answered; `points` are 0 unless it is met.

    A met line may be worth 0 points: the standard says *continue evaluation* there.
    """

    code: str
    outcome: Outcome
    points: float
    reason: Reason
    reads: tuple[Read, ...] = ()
    constructed: bool = False

    @property
    def section(self) -> int:
        """The section, 1 to 5, that the line belongs to."""
        return int(self.code[0])

    @property
    def met(self) -> bool:
        """Whether the line applies."""
        return self.outcome is Outcome.MET


@dataclass(frozen=True, slots=True)
class SectionScore:
    """What a section counts: its strongest line for pathogenicity and its strongest against."""

    section: int
    points: float


class Relation(StrEnum):
    """Whether a disease of the genes that are touched has one of the patient's terms.

    What is unrelated is a secondary finding: it is counted and not shown.
    """

    RELATED = "related"
    UNRELATED = "unrelated"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class CopyNumberAssessment:
    """A proposed class of a copy number, every line that was asked, and what was read for it."""

    copy_number: CopyNumber
    genes: tuple[GeneHit, ...]
    relation: Relation
    lines: tuple[Line, ...]
    sections: tuple[SectionScore, ...]
    points: float
    machine: AcmgClass
    reads: tuple[Read, ...]

    @property
    def constructed(self) -> bool:
        """Whether a line that counts rests on a constructed fact."""
        return any(line.constructed for line in self.lines if line.met)
