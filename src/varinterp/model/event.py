"""An event: what moved in what is concluded on an allele in a gene of a case, and what moved it.

An event is a proposal to look again. It never carries a decision of its own.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from varinterp.model.assessment import AcmgClass
from varinterp.model.canonical import digest
from varinterp.model.change import ChangeKind
from varinterp.model.evidence import Criterion, Reason, Strength
from varinterp.model.standing import Standing, state_of
from varinterp.model.variant import Allele


class EventKind(StrEnum):
    """What an event stands on; the first three can be surfaced, the others are only recorded."""

    KNOWLEDGE = "knowledge"  # a reference source or the rules moved
    PATIENT = "patient"  # the case's own phenotype, genotypes or family moved
    SOFTWARE = "software"  # nothing that was read moved: the program did
    EVIDENCE_ONLY = "evidence_only"  # what was read moved, and nothing that a person acts on
    BACKGROUND = "background"  # of an allele that is neither proposed nor pathogenic to anybody
    WITHHELD = "withheld"  # of a disease that is none of the patient's: a secondary finding

    @property
    def surfaces(self) -> bool:
        """Whether events of this kind may enter the worklist."""
        return self in (EventKind.KNOWLEDGE, EventKind.PATIENT, EventKind.SOFTWARE)


class EventTier(IntEnum):
    """How much an event matters, 1 first (`reanalysis.tiers`)."""

    SIGNED = 1  # a signed or reported finding may now be wrong
    ACTIONABLE = 2  # (likely) pathogenic, fits and matches, in a case without a signed diagnosis
    BOUNDARY = 3  # crosses a reporting boundary without all of that, or an open proposal fell
    WATCH = 4  # the rest that is worth seeing


class EventDirection(StrEnum):
    """Which way an event points: towards a diagnosis, away from one, or neither."""

    UP = "up"
    DOWN = "down"
    SIDEWAYS = "sideways"


class Facet(StrEnum):
    """What of a standing moved."""

    PRESENCE = "presence"  # promoted, or no longer concluded
    CLASS = "class"
    CRITERIA = "criteria"
    EXTERNAL = "external"
    DISEASE = "disease"
    INHERITANCE = "inheritance"
    RULES = "rules"
    VALIDITY = "validity"
    FIT = "fit"
    TIER = "tier"
    PARTNER = "partner"
    PARTNER_CLASS = "partner_class"
    OTHERS = "others"
    RANK = "rank"


class Attribution(StrEnum):
    """How the responsible sources are to be read, when several moved."""

    SINGLE = "single"  # this one alone makes the change
    EACH = "each"  # each of them alone makes it
    INTERACTION = "interaction"  # none alone: they make it together
    NOT_REPLAYED = "not_replayed"  # several moved, and they were not replayed one at a time


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """A value that was read and moved: the key, how, and the releases on both sides.

    `source` and `key` are those of `model.reads`, `origin` the source whose release brought it
    (``clinvar`` for ``clinvar.codon``; ``case`` for the family's own data). `before` and `after`
    are the short texts of the releases' difference; `date` is the later release's (ISO).
    """

    source: str
    key: str
    origin: str
    kinds: tuple[ChangeKind, ...] = ()
    before: str | None = None
    after: str | None = None
    release_before: str | None = None
    release_after: str | None = None
    date: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion gained (`before` None), lost (`after` None) or of another strength, and why.

    `reason` is what the criterion answers now; None when it is no longer asked.
    """

    criterion: Criterion
    before: Strength | None
    after: Strength | None
    reason: Reason | None
    causes: tuple[Cause, ...] = ()

    @property
    def points(self) -> int:
        """Signed points that the change adds to the allele's."""
        sign = -1 if self.criterion.value.startswith("B") else 1
        gained = 0 if self.after is None else self.after.points
        return sign * (gained - (0 if self.before is None else self.before.points))


@dataclass(frozen=True, slots=True)
class Flip:
    """A criterion that is not met and, at its usual strength, would move the class."""

    criterion: Criterion
    strength: Strength


@dataclass(frozen=True, slots=True)
class NearMiss:
    """How far the standing is from the next class up, and what alone would take it there.

    `short` is in points; `waits_for_second` marks one (likely) pathogenic allele of a recessive
    gene without a partner.
    """

    following: AcmgClass | None
    short: int | None
    flips: tuple[Flip, ...] = ()
    waits_for_second: bool = False


@dataclass(frozen=True, slots=True)
class EventDates:
    """The three dates of a subject (ISO): they outlive each of its events."""

    first_seen: str
    evidence_changed: str
    phenotype_matched: str | None = None


@dataclass(frozen=True, slots=True)
class PartnerSide:
    """The other allele of a compound heterozygote, and what was and is concluded on it."""

    allele: Allele
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class Event:
    """What moved for one allele in one gene of one case.

    `before` is None for an allele that was nobody's candidate, `after` for one that no longer is.
    Both sides of a compound heterozygote share `group`. `responsible` names the sources that the
    change rests on, to be read with `attribution`. `evidence` is the digest of what the standing
    now rests on; `earlier` are the digests of the subject's former events that could surface,
    oldest first.
    """

    case: str
    allele: Allele
    gene: str
    symbol: str
    kind: EventKind
    tier: EventTier
    direction: EventDirection
    moved: tuple[Facet, ...]
    before: Standing | None
    after: Standing | None
    partner: PartnerSide | None
    group: str
    criteria: tuple[CriterionChange, ...]
    causes: tuple[Cause, ...]
    responsible: tuple[str, ...]
    attribution: Attribution
    reasons: tuple[Reason, ...]
    why: Reason
    near_miss: NearMiss | None
    dates: EventDates
    evidence: str
    earlier: tuple[str, ...] = field(default=())
    constructed: bool = False

    @property
    def subject(self) -> tuple[str, Allele, str]:
        """What the event is about, whatever moved: case, allele and gene."""
        return (self.case, self.allele, self.gene)

    @property
    def digest(self) -> str:
        """Digest of the content: no run, date, rank, release label or history."""
        content = (
            *(self.case, self.allele, self.gene, self.kind, self.tier),
            *(state_of(self.before), state_of(self.after), self.evidence),
        )
        return digest(content)
