"""The review of an event as a state machine: what may follow what, and who may do it.

A run proposes and people decide. Two different people report a finding.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from varinterp.errors import Fault, InputError
from varinterp.model.event import EventKind
from varinterp.model.review import Act, Review, ReviewState, Transition
from varinterp.model.signatures import same_person

_OPEN = frozenset({ReviewState.OPEN, ReviewState.QUEUED})
_RESTING = frozenset({ReviewState.SNOOZED})
_STEPS: Mapping[Transition, tuple[frozenset[ReviewState], ReviewState]] = MappingProxyType(
    {
        Transition.TAKE: (_OPEN | _RESTING, ReviewState.IN_REVIEW),
        Transition.PROPOSE: (frozenset({ReviewState.IN_REVIEW}), ReviewState.IN_REVIEW),
        Transition.SIGN: (frozenset({ReviewState.IN_REVIEW}), ReviewState.REPORTED),
        Transition.DISMISS: (_OPEN | _RESTING | {ReviewState.IN_REVIEW}, ReviewState.DISMISSED),
        Transition.SNOOZE: (_OPEN | {ReviewState.IN_REVIEW}, ReviewState.SNOOZED),
        Transition.REOPEN: (_RESTING | {ReviewState.DISMISSED}, ReviewState.OPEN),
        Transition.QUEUE: (frozenset({ReviewState.RECORDED}), ReviewState.QUEUED),
        Transition.SURFACE: (
            _RESTING | {ReviewState.RECORDED, ReviewState.QUEUED},
            ReviewState.OPEN,
        ),
        Transition.REVERT: (_OPEN | _RESTING, ReviewState.REVERTED),
        Transition.SUPERSEDE: (_OPEN | _RESTING, ReviewState.SUPERSEDED),
    }
)
"""From which states a transition may be taken, and the state that it leads to."""

ENDS: Mapping[ReviewState, Transition] = MappingProxyType(
    {
        ReviewState.OPEN: Transition.SURFACE,
        ReviewState.REVERTED: Transition.REVERT,
        ReviewState.SUPERSEDED: Transition.SUPERSEDE,
    }
)
"""The transition by which a run brings an earlier event into a state (`settle.Settled.closes`)."""


def apply(review: Review, act: Act, kind: EventKind = EventKind.KNOWLEDGE) -> Review:
    """Return the review after an act; raise InputError, with every fault, when it may not be.

    `kind` is the event's: one that does not surface stays recorded.
    """
    faults = [*_of_state(review, act), *_of_people(review, act), *_of_content(act)]
    if not kind.surfaces:
        faults.append(_fault("kind", f"an event of kind {kind}", "an event of the worklist"))
    if faults:
        raise InputError(faults)
    return Review(_STEPS[act.transition][1], (*review.acts, act))


def replay(acts: Iterable[Act], kind: EventKind = EventKind.KNOWLEDGE) -> Review:
    """Return the review that acts lead to, in their order."""
    review = Review()
    for act in acts:
        review = apply(review, act, kind)
    return review


def possible(review: Review) -> tuple[Transition, ...]:
    """Return what may be done next, by anybody."""
    found = [step for step, (sources, _) in _STEPS.items() if review.state in sources]
    return tuple(step for step in found if step is not Transition.SIGN or review.proposed_by)


def _of_state(review: Review, act: Act) -> Iterable[Fault]:
    sources, _ = _STEPS[act.transition]
    if review.state not in sources:
        wanted = ", ".join(state for state in ReviewState if state in sources)
        yield _fault("state", f"the state {review.state}", f"one of: {wanted}")
    if review.acts and act.at < review.acts[-1].at:
        yield _fault("time", "an act before the last one", "a later time")


def _of_people(review: Review, act: Act) -> Iterable[Fault]:
    named = bool(act.by and act.by.strip())
    if act.transition.automatic:
        if named:
            yield _fault("run", "a person", "a run, which alone does this")
        return
    if not named:
        yield _fault("person", "nobody", "the person who decides: a run only proposes")
    elif act.transition is Transition.SIGN:
        first = review.proposed_by
        if first is None:
            yield _fault("proposal", "no proposal to sign", "a first reader's proposal")
        elif same_person(first, act.by or ""):
            yield _fault("four_eyes", "one person twice", "a second, different person")


def _of_content(act: Act) -> Iterable[Fault]:
    if (act.transition is Transition.DISMISS) != (act.reason is not None):
        yield _fault("reason", "a reason missing or out of place", "a reason with a dismissal")
    if (act.transition is Transition.SNOOZE) != (act.until is not None):
        yield _fault("until", "a wake missing or out of place", "what wakes it, with a snooze")


def _fault(rule: str, found: str, expected: str) -> Fault:
    return Fault(
        rule=f"review.{rule}",
        file="review",
        found=found,
        expected=expected,
        advice="look at the event's state and at what was done with it before",
    )
