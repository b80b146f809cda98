"""A run proposes, people decide, and two different people report."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.errors import InputError
from varinterp.model.event import EventKind
from varinterp.model.review import (
    Act,
    DismissReason,
    Review,
    ReviewState,
    Transition,
    Wake,
    WakeKind,
)
from varinterp.reanalysis.reviewing import apply, possible, replay

AT = datetime(2026, 7, 4, tzinfo=UTC)
SURFACE = Act(Transition.SURFACE, AT)
TAKE = Act(Transition.TAKE, AT, "Ada")
PROPOSE = Act(Transition.PROPOSE, AT, "Ada")
SIGN = Act(Transition.SIGN, AT, "Ben")
DISMISS = Act(Transition.DISMISS, AT, "Ada", reason=DismissReason.ARTEFACT)
SNOOZE = Act(Transition.SNOOZE, AT, "Ada", until=Wake(WakeKind.SOURCE, "clinvar"))
REOPEN = Act(Transition.REOPEN, AT, "Ben")
QUEUE = Act(Transition.QUEUE, AT)
REVERT = Act(Transition.REVERT, AT)
SUPERSEDE = Act(Transition.SUPERSEDE, AT)
EVERY = (SURFACE, TAKE, PROPOSE, SIGN, DISMISS, SNOOZE, REOPEN, QUEUE, REVERT, SUPERSEDE)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((), ReviewState.RECORDED),
        ((SURFACE,), ReviewState.OPEN),
        ((QUEUE,), ReviewState.QUEUED),
        ((QUEUE, SURFACE), ReviewState.OPEN),
        ((SURFACE, TAKE), ReviewState.IN_REVIEW),
        ((SURFACE, TAKE, PROPOSE), ReviewState.IN_REVIEW),
        ((SURFACE, TAKE, PROPOSE, SIGN), ReviewState.REPORTED),
        ((SURFACE, DISMISS), ReviewState.DISMISSED),
        ((SURFACE, DISMISS, REOPEN), ReviewState.OPEN),
        ((SURFACE, TAKE, SNOOZE), ReviewState.SNOOZED),
        ((SURFACE, SNOOZE, SURFACE), ReviewState.OPEN),
        ((SURFACE, SNOOZE, SUPERSEDE), ReviewState.SUPERSEDED),
        ((QUEUE, REVERT), ReviewState.REVERTED),
    ],
)
def test_the_acts_lead_to_a_state_and_are_all_kept(
    acts: tuple[Act, ...], state: ReviewState
) -> None:
    review = replay(acts)

    assert (review.state, review.acts) == (state, acts)


@pytest.mark.parametrize(
    ("acts", "rule"),
    [
        ((SURFACE, TAKE, SIGN), "review.proposal"),
        ((SURFACE, TAKE, PROPOSE, replace(SIGN, by="Ada")), "review.four_eyes"),
        ((SURFACE, TAKE, PROPOSE, replace(SIGN, by="  ada ")), "review.four_eyes"),
        ((SURFACE, TAKE, replace(PROPOSE, by=None)), "review.person"),
        ((SURFACE, replace(DISMISS, by=None)), "review.person"),
        ((SURFACE, replace(DISMISS, by=" ")), "review.person"),
        ((SURFACE, replace(DISMISS, reason=None)), "review.reason"),
        ((SURFACE, replace(SNOOZE, until=None)), "review.until"),
        ((replace(SURFACE, by="Ada"),), "review.run"),
        ((TAKE,), "review.state"),
        ((SURFACE, DISMISS, TAKE), "review.state"),
        ((SURFACE, TAKE, PROPOSE, SIGN, REOPEN), "review.state"),
        ((SURFACE, TAKE, SUPERSEDE), "review.state"),
        ((SURFACE, replace(TAKE, at=AT - timedelta(days=1))), "review.time"),
    ],
)
def test_what_may_not_be_is_refused_by_name(acts: tuple[Act, ...], rule: str) -> None:
    with pytest.raises(InputError) as refused:
        replay(acts)

    assert [fault.rule for fault in refused.value.faults] == [rule]


def test_a_proposal_does_not_outlive_a_reopening() -> None:
    review = replay((SURFACE, TAKE, PROPOSE, DISMISS, REOPEN, TAKE))

    assert review.proposed_by is None
    assert Transition.SIGN not in possible(review)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if not kind.surfaces])
def test_an_event_that_is_not_for_the_worklist_never_gets_there(kind: EventKind) -> None:
    with pytest.raises(InputError):
        apply(Review(), SURFACE, kind)


def test_a_snoozed_event_says_what_it_waits_for() -> None:
    assert replay((SURFACE, SNOOZE)).until == Wake(WakeKind.SOURCE, "clinvar")
    assert replay((SURFACE, SNOOZE, SURFACE)).until is None


def test_a_wake_names_what_it_waits_for() -> None:
    with pytest.raises(ValueError, match="names what it waits for"):
        Wake(WakeKind.SOURCE)


@given(st.lists(st.sampled_from(EVERY), max_size=9), st.sampled_from(["Ada", "Ben", None]))
def test_nothing_is_ever_reported_but_by_two_people(acts: list[Act], by: str | None) -> None:
    review = Review()
    for act in acts:
        step = act if act.transition.automatic else replace(act, by=by or act.by)
        try:
            review = apply(review, step)
        except InputError:
            continue
    if review.state is ReviewState.REPORTED:
        proposed, signed = review.acts[-2:]
        assert (proposed.transition, signed.transition) == (Transition.PROPOSE, Transition.SIGN)
        assert proposed.by != signed.by
        assert None not in (proposed.by, signed.by)


@given(st.lists(st.sampled_from(EVERY), max_size=9))
def test_what_is_possible_is_what_is_not_refused_for_its_state(acts: list[Act]) -> None:
    review = Review()
    for act in acts:
        if act.transition in possible(review):
            review = apply(review, act)
        else:
            with pytest.raises(InputError):
                apply(review, act)
