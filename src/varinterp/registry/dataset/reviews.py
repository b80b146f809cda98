"""Reviews of events: every act is a row, and the state is what the acts lead to."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.event import Event, EventKind
from varinterp.model.review import Act, Review, ReviewState
from varinterp.reanalysis.reviewing import apply, replay
from varinterp.registry.batch import Batch
from varinterp.registry.cases import chunks, keys
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset.part import Part, keep, load, stored
from varinterp.registry.dataset_tables import REVIEW
from varinterp.registry.payload import CaseKey
from varinterp.registry.tables import EVENT


@dataclass(frozen=True, slots=True)
class ReviewedEvent:
    """An event with its review; `id` and `run` are the registry's."""

    id: int
    run: int
    recorded_at: datetime
    event: Event
    review: Review


class Reviews(Part):
    """What people, and runs, did with events."""

    def review(self, event: int, act: Act, *, author: str) -> Review:
        """Do one thing to an event; the same act again changes nothing.

        `author` is the person of the act, or the run's. Raises InputError when the state does not
        allow it (`reanalysis.reviewing`), or for an unknown event.
        """
        return self.review_all([(event, act)], author=author, at=act.at)[event]

    def review_all(
        self, acts: Sequence[tuple[int, Act]], *, author: str, at: datetime
    ) -> Mapping[int, Review]:
        """Do many things at once, in one transaction: all of them, or none."""
        with self._writing(author, at) as batch:
            return record_acts(batch, acts)

    def reviews(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> Mapping[int, Review]:
        """Return the review of each event that was acted on, by the event's id."""
        with self._reading() as connection:
            return read_reviews(connection, case, as_of)

    def events(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[ReviewedEvent, ...]:
        """Return events with their reviews, in the order of recording."""
        reviews = self.reviews(case, as_of)
        return tuple(
            ReviewedEvent(number, run, recorded_at, event, reviews.get(number, Review()))
            for number, run, recorded_at, event in self.registry.events(case=case, as_of=as_of)
        )

    def open_events(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[ReviewedEvent, ...]:
        """Return the events on which something is still expected of somebody."""
        return tuple(each for each in self.events(case, as_of) if not each.review.state.closed)

    def in_state(self, *states: ReviewState) -> tuple[ReviewedEvent, ...]:
        """Return the events that stand in one of some states."""
        return tuple(each for each in self.events() if each.review.state in states)


def record_acts(batch: Batch, acts: Sequence[tuple[int, Act]]) -> Mapping[int, Review]:
    """Write acts on events inside a batch; return the reviews that they lead to."""
    connection = batch.connection
    places = _cases(connection, {event for event, _ in acts})
    held = keys(connection, places.values())
    reviews = read_reviews(connection, events=places)
    kinds = _kinds(connection, places, held)
    rows: dict[int, list[tuple[dict[str, object], Act]]] = {}
    for event, act in acts:
        before = reviews.get(event, Review())
        if before.acts and _same(before.acts[-1], act):
            continue
        reviews[event] = apply(before, act, kinds[event])
        rows.setdefault(places[event], []).append((_row(event, act), act))
    for case, of_case in rows.items():
        keep(batch, REVIEW, held[case], of_case)
    return {event: reviews.get(event, Review()) for event, _ in acts}


def read_reviews(
    connection: sa.Connection,
    case: str | None = None,
    as_of: datetime | None = None,
    events: Iterable[int] | None = None,
) -> dict[int, Review]:
    """Return the review of each event that was acted on, of a case, of some events, or of all."""
    wanted: list[tuple[sa.ColumnElement[bool], ...]] = [()]
    if events is not None:
        wanted = [(REVIEW.c.event_id.in_(some),) for some in chunks(sorted(set(events)))]
    acts: dict[int, list[Act]] = {}
    for conditions in wanted:
        for row in stored(connection, REVIEW, case, as_of, *conditions):
            acts.setdefault(row.row["event_id"], []).append(load(Act, row.text))
    return {event: replay(of_event) for event, of_event in acts.items()}


def _cases(connection: sa.Connection, events: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in chunks(sorted(events)):
        rows = connection.execute(
            sa.select(EVENT.c.id, EVENT.c.case_id).where(EVENT.c.id.in_(some))
        )
        found.update({row.id: row.case_id for row in rows})
    if events - found.keys():
        raise InputError([fault("dataset.event", "no such event", "the number of an event")])
    return found


def _kinds(
    connection: sa.Connection, places: Mapping[int, int], held: Mapping[int, CaseKey]
) -> dict[int, EventKind]:
    if set(places.values()) - held.keys():
        raise InputError([fault("dataset.event", "an event of an erased case", "another event")])
    kinds: dict[int, EventKind] = {}
    for some in chunks(sorted(places)):
        rows = connection.execute(
            sa.select(EVENT.c.id, EVENT.c.case_id, EVENT.c.payload).where(EVENT.c.id.in_(some))
        )
        for row in rows:
            text = held[row.case_id].unlock(EVENT.name, row.id, bytes(row.payload))
            kinds[row.id] = EventKind(json.loads(text)["kind"])
    return kinds


def _row(event: int, act: Act) -> dict[str, object]:
    return {
        "event_id": event,
        "transition": act.transition.value,
        "reviewer": act.by,
        "reason": act.reason and act.reason.value,
    }


def _same(last: Act, act: Act) -> bool:
    return replace(act, at=last.at) == last
