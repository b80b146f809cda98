"""Reviews of events: people decide, each act is kept, and four eyes report."""

from dataclasses import replace
from datetime import datetime

import pytest

from act_builders import CASE, add_event, later
from varinterp.errors import InputError
from varinterp.model.review import Act, DismissReason, ReviewState, Transition, Wake, WakeKind
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry


def act(step: Transition, hours: float = 3, by: str | None = "Martin") -> Act:
    return Act(step, later(hours), by)


def at(hours: float) -> datetime:
    return later(hours)


@pytest.fixture
def number(store: Registry, dataset: Dataset) -> int:
    """An event that a run put on the worklist."""
    event = add_event(store)
    dataset.review(event, act(Transition.SURFACE, 2.5, None), author="reanalysis")
    return event


def test_an_event_goes_through_two_people_into_a_report(
    dataset: Dataset, store: Registry, number: int
) -> None:
    (found,) = dataset.open_events()
    assert (found.id, found.review.state) == (number, ReviewState.OPEN)

    for step, hours, by in (
        (Transition.TAKE, 3, "Martin"),
        (Transition.PROPOSE, 4, "Martin"),
        (Transition.SIGN, 5, "Tremblay"),
    ):
        dataset.review(number, act(step, hours, by), author=by)

    assert dataset.open_events(CASE) == ()
    review = dataset.reviews(CASE)[number]
    assert review.state is ReviewState.REPORTED
    assert [each.by for each in review.acts] == [None, "Martin", "Martin", "Tremblay"]
    assert dataset.reviews(as_of=at(3.5))[number].state is ReviewState.IN_REVIEW
    assert store.verify().broken is None


def test_one_person_does_not_sign_twice_and_nothing_is_written(
    dataset: Dataset, store: Registry, number: int
) -> None:
    dataset.review(number, act(Transition.TAKE, 3), author="Martin")
    dataset.review(number, act(Transition.PROPOSE, 4), author="Martin")
    before = store.verify()

    with pytest.raises(InputError, match=r"review\.four_eyes"):
        dataset.review(number, act(Transition.SIGN, 5, "MARTIN"), author="Martin")

    assert store.verify() == before


def test_the_same_act_again_changes_nothing(dataset: Dataset, store: Registry, number: int) -> None:
    dismissed = replace(act(Transition.DISMISS), reason=DismissReason.ARTEFACT, comment="strand")
    dataset.review(number, dismissed, author="Martin")
    before = store.verify()

    again = dataset.review(number, replace(dismissed, at=at(9)), author="Martin")

    assert (again.state, len(again.acts)) == (ReviewState.DISMISSED, 2)
    assert store.verify() == before


def test_a_snoozed_event_keeps_what_it_waits_for(dataset: Dataset, number: int) -> None:
    wake = Wake(WakeKind.SOURCE, "gnomad")
    dataset.review(number, replace(act(Transition.SNOOZE), until=wake), author="Martin")

    (found,) = dataset.in_state(ReviewState.SNOOZED)
    assert found.review.until == wake


def test_many_acts_are_all_or_none(dataset: Dataset, store: Registry, number: int) -> None:
    acts = [(number, act(Transition.TAKE)), (999, act(Transition.TAKE))]

    with pytest.raises(InputError, match=r"dataset\.event"):
        dataset.review_all(acts, author="Martin", at=at(3))

    assert dataset.reviews()[number].state is ReviewState.OPEN


def test_several_acts_on_one_event_follow_one_another(dataset: Dataset, number: int) -> None:
    steps = [
        (number, act(Transition.TAKE, 3)),
        (number, act(Transition.PROPOSE, 4)),
        (number, act(Transition.SIGN, 5, "Tremblay")),
    ]

    done = dataset.review_all(steps, author="import", at=at(6))

    assert done[number].state is ReviewState.REPORTED
    assert dataset.reviews()[number] == done[number]


def test_an_erased_case_has_no_events(dataset: Dataset, store: Registry, number: int) -> None:
    store.erase(CASE, at(4), "Roy")

    assert dataset.events() == ()
    with pytest.raises(InputError, match=r"dataset\.event"):
        dataset.review(number, act(Transition.TAKE, 5), author="Martin")
