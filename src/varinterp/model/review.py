"""The review of an event by people: its states, and what was decided, by whom and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewState(StrEnum):
    """Where an event stands. *Recorded* events were never on the worklist."""

    RECORDED = "recorded"
    QUEUED = "queued"  # over the run's budget: surfaces with a later run
    OPEN = "open"
    IN_REVIEW = "in_review"
    REPORTED = "reported"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"
    REVERTED = "reverted"  # what moved, moved back before anybody looked
    SUPERSEDED = "superseded"  # a later event of the same subject tells the whole of it

    @property
    def pending(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self in (ReviewState.OPEN, ReviewState.QUEUED)

    @property
    def closed(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self in _CLOSED


_CLOSED = (
    ReviewState.RECORDED,
    ReviewState.REPORTED,
    ReviewState.DISMISSED,
    ReviewState.REVERTED,
    ReviewState.SUPERSEDED,
)


class Transition(StrEnum):
    """What can be done to an event: by people, or by a run."""

    TAKE = "take"
    PROPOSE = "propose"  # a first reader proposes to report
    SIGN = "sign"  # a second, different reader agrees
    DISMISS = "dismiss"
    SNOOZE = "snooze"
    REOPEN = "reopen"
    QUEUE = "queue"
    SURFACE = "surface"
    REVERT = "revert"
    SUPERSEDE = "supersede"

    @property
    def automatic(self) -> bool:
        """Whether a run does it. A run proposes: it reports, dismisses and signs nothing."""
        return self in _AUTOMATIC


_AUTOMATIC = (Transition.QUEUE, Transition.SURFACE, Transition.REVERT, Transition.SUPERSEDE)


class DismissReason(StrEnum):
    """Why an event was put aside."""

    PHENOTYPE = "phenotype_does_not_match"
    INHERITANCE = "inheritance_does_not_fit"
    ARTEFACT = "artefact"
    EVIDENCE = "evidence_insufficient"
    KNOWN = "already_known"
    EXPLAINED = "explained_otherwise"
    OTHER = "other"


class WakeKind(StrEnum):
    """What a snoozed event waits for."""

    SOURCE = "source"  # any change that a source brought
    KEY = "key"  # a change under one key, written ``source key``
    CRITERION = "criterion"  # a criterion gained, lost or of another strength
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Wake:
    """What wakes a snoozed event; `value` is empty for *any*."""

    kind: WakeKind
    value: str = ""

    def __post_init__(self) -> None:
        if (self.kind is WakeKind.ANY) != (not self.value):
            raise ValueError("every wake but 'any' names what it waits for")


@dataclass(frozen=True, slots=True)
class Act:
    """One transition: who, when, and what goes with it. `by` is None for a run's own acts."""

    transition: Transition
    at: datetime
    by: str | None = None
    reason: DismissReason | None = None
    comment: str = ""
    until: Wake | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The state of an event, and every act that led there, oldest first."""

    state: ReviewState = ReviewState.RECORDED
    acts: tuple[Act, ...] = ()

    @property
    def until(self) -> Wake | None:
        """What a snoozed event waits for."""
        return self.acts[-1].until if self.state is ReviewState.SNOOZED and self.acts else None

    @property
    def proposed_by(self) -> str | None:
        """Who proposed to report it, since it was last taken up; None when nobody has."""
        for act in reversed(self.acts):
            if act.transition is Transition.PROPOSE:
                return act.by
            if act.transition is Transition.REOPEN:
                break
        return None
