"""What the archive of cases is asked for and given: states, moves, runs and recorded reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.basis import Basis
from varinterp.model.canonical import Json
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    PhenotypeScore,
    RankedHypothesis,
    ReleaseLabel,
    StageCount,
)
from varinterp.model.event import Event
from varinterp.model.evidence import Reason
from varinterp.model.facts import Rule
from varinterp.model.panel import Panel
from varinterp.model.reads import FactsView
from varinterp.model.variant import Allele

if TYPE_CHECKING:
    from numpy import int64, uint8, uint32, uint64
    from numpy.typing import NDArray

POSITION_SOURCES = ("gnomad.coverage", "phylop", "repeats")
"""Sources that are read a position at a time and change by stretches."""


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case stands: the basis that its conclusions hold on, and its last analysis.

    `analysis` is that analysis's number. `erased` is True when the case's key is gone: nothing of
    it can be read any more. `observed_after` says that the clinic recorded observations that this
    state does not know: after it, or at any time when the workflow made it, which knows the sheet's
    terms alone. `answered_after` says the same of the proband's word on secondary findings, which
    the workflow knows as it was recorded; `answer_from` is the next day after the state's from
    which such a word holds. `recorded_at` is when the state was.
    """

    case: str
    basis: Basis
    analysis: int
    erased: bool
    observed_after: bool
    recorded_at: datetime
    answered_after: bool = False
    answer_from: date | None = None

    @property
    def told_after(self) -> bool:
        """Whether people told something of the case that this state does not know."""
        return self.observed_after or self.answered_after

    def told_by(self, on: date) -> bool:
        """Whether on a day something holds that people told and this state does not know."""
        return self.told_after or (self.answer_from is not None and self.answer_from <= on)


@dataclass(frozen=True, slots=True)
class CasePicture:
    """What an analysis says of a case beside its candidates, its assessments and their facts."""

    case: Case
    ranking: tuple[RankedHypothesis, ...]
    phenotypes: Mapping[str, PhenotypeScore]
    term_names: Mapping[str, str]
    releases: tuple[ReleaseLabel, ...]
    versions: Mapping[str, str]
    counts: tuple[StageCount, ...]
    warnings: tuple[Reason, ...] = ()
    panels: tuple[Panel, ...] = ()
    ranked_by: Mapping[str, Rule] = field(default_factory=dict)
    copy_numbers: tuple[CarriedCopy, ...] = ()

    @classmethod
    def of(cls, result: CaseResult) -> Self:
        """Take the picture out of a whole analysis."""
        return cls(**{field.name: getattr(result, field.name) for field in fields(cls)})

    def numbered(self, analysis: int) -> Self:
        """Return the same picture under the number of an analysis."""
        return replace(self, case=replace(self.case, analysis=analysis))


@dataclass(frozen=True, slots=True)
class Moved:
    """What a run concluded anew on one case; what it does not name stays as it was.

    `assessments` and `candidates` are new or of another content; `retired` are keys that are no
    longer concluded on, `retired_candidates` (allele, HGNC id) that are candidates no more.
    `picture.case.analysis` is the case's last number plus one. `facts` holds what the assessments
    given here read. `document_digest` is the SHA-256 of the exported ``case.json``, None when none
    was written.
    """

    case: str
    assessments: tuple[Assessment, ...]
    retired: tuple[AssessmentKey, ...]
    candidates: tuple[Candidate, ...]
    retired_candidates: tuple[tuple[Allele, str], ...]
    picture: CasePicture
    facts: FactsView
    events: tuple[Event, ...] = ()
    document_digest: str | None = None


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run of the reanalysis that begins: its folder's name, where it brings the cases, by whom.

    `labels` are those of the target's releases and `rules` its rules in force. `everything` says
    that every stored allele is examined anew, whatever changed. `plan` is what it said beforehand
    that it would touch.
    """

    name: str
    target: Basis
    labels: tuple[ReleaseLabel, ...]
    rules: Mapping[str, Rule]
    author: str
    everything: bool
    plan: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as it is recorded; `finished_at` is None, and `counts` empty, until it is closed."""

    id: int
    name: str
    target: Basis
    author: str
    everything: bool
    plan: Mapping[str, Json]
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Located:
    """A version of a conclusion that stands today; `key` is the AssessmentKey's text."""

    id: int
    case: str
    allele: Allele
    gene: str
    key: str


@dataclass(frozen=True, slots=True, eq=False)
class PositionReads:
    """Reads of one source by position, three arrays of one length.

    `chromosome` holds `Chromosome.code`, `position` is 1-based, `part_id` says whose read it is.
    """

    chromosome: "NDArray[uint8]"
    position: "NDArray[uint32]"
    part_id: "NDArray[int64]"


@dataclass(frozen=True, slots=True, eq=False)
class ReadBatch:
    """Reads of the versions that follow another, in order of version, on two levels.

    A set of reads has parts, and many sets share one: `assessment_id` and `part_id` have one
    length, a pair for each part of each version's set. `read_part` and `fact_hash`
    (`model.reads.fact_hash`, unsigned) have one length, a pair a read of a part: of every part that
    this batch is the first to name, others may be given again. Absent reads and those of a position
    are among them; `positions` has the reads of each of POSITION_SOURCES once more. `last` is the
    id of the last version that the batch covers: a version without reads has no pair.
    """

    last: int
    assessment_id: "NDArray[int64]"
    part_id: "NDArray[int64]"
    read_part: "NDArray[int64]"
    fact_hash: "NDArray[uint64]"
    positions: Mapping[str, PositionReads]
