"""What a run's events ask of people: which surface, which wait, and which earlier ones they end.

Decided once for a run, in one transaction, after all of its cases stand on the target: a run that
was killed before decides when it is started again, and one that has decided never does so twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from varinterp.model.archive import RunRecord
from varinterp.model.event import Event
from varinterp.model.review import Act, Review, ReviewState, Transition
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.reanalysis.budget import Waiting, spend
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.reviewing import ENDS
from varinterp.reanalysis.settle import Held, Settled, settle
from varinterp.registry.dataset.reviews import ReviewedEvent

BUDGET = 50
"""Groups of events that a run puts before people, beside those of the first tier."""

_STATES: Mapping[Transition, ReviewState] = {
    Transition.SURFACE: ReviewState.OPEN,
    Transition.QUEUE: ReviewState.QUEUED,
}


def settled(
    events: Iterable[Event], held: Iterable[ReviewedEvent], context: Context
) -> tuple[Event, ...]:
    """Return a case's new events as they are to be recorded, beside those that it already has."""
    by_subject = _by_subject(held)
    found = (settle(event, by_subject[event.subject], context).event for event in events)
    return tuple(event for event in found if event is not None)


def triage(archive: Archive, record: RunRecord, at: datetime, cap: int = BUDGET) -> None:
    """Decide on the events of a run, and on those that waited for one."""
    mark = _mark(record)
    reviews = archive.dataset.reviews()
    if any(act.comment == mark for review in reviews.values() for act in review.acts):
        return
    desk = _Decision(mark, at, record.started_at.date().isoformat())
    cases = {event.case for _, _, _, event in archive.registry.events(run=record.id)}
    for case in sorted(cases):
        desk.take(archive.dataset.events(case), record)
    if any(review.state is ReviewState.QUEUED for review in reviews.values()):
        desk.wait(archive.dataset.in_state(ReviewState.QUEUED), record, archive)
    acts = desk.acts(cap)
    if acts:
        archive.dataset.review_all(acts, author=record.author, at=at)


def decided(archive: Archive, record: RunRecord) -> list[tuple[ReviewState, Event]]:
    """Return the run's events with what the run did with each."""
    reviews = archive.dataset.reviews()
    return [
        (_done(reviews.get(number), _mark(record)), event)
        for number, _, _, event in archive.registry.events(run=record.id)
    ]


def _done(review: Review | None, mark: str) -> ReviewState:
    acts = () if review is None else review.acts
    did = next((act.transition for act in acts if act.comment == mark), None)
    return ReviewState.RECORDED if did is None else _STATES.get(did, ReviewState.RECORDED)


def _mark(record: RunRecord) -> str:
    return f"run {record.name}"


@dataclass(slots=True)
class _Decision:
    """Collects a run's acts: what ends, what surfaces outside the budget, what is weighed."""

    mark: str
    at: datetime
    on: str
    ends: dict[int, ReviewState] = field(default_factory=dict)
    at_once: list[int] = field(default_factory=list)
    new: list[Waiting] = field(default_factory=list)
    waited: list[Waiting] = field(default_factory=list)

    def take(self, of_case: Sequence[ReviewedEvent], record: RunRecord) -> None:
        """Settle a case's events of the run, each beside the earlier ones of its subject."""
        for each in of_case:
            if each.run == record.id and not each.review.acts:
                self._add(each, self._settled(each, of_case))

    def wait(self, queued: Iterable[ReviewedEvent], record: RunRecord, archive: Archive) -> None:
        """Let what is still queued compete again; it counts the runs that it waited through."""
        numbers = [run.id for run in archive.registry.runs()]
        for each in queued:
            if each.id not in self.ends and each.run != record.id:
                runs = sum(each.run < number <= record.id for number in numbers)
                self.waited.append(Waiting(each.event, each.id, runs))

    def acts(self, cap: int) -> list[tuple[int, Act]]:
        """Return all acts, in the order in which they may be done."""
        spent = spend([*self.new, *self.waited], cap)
        fresh = {each.id for each in self.new}
        return [
            *((number, self._act(ENDS[state])) for number, state in sorted(self.ends.items())),
            *((number, self._act(Transition.SURFACE)) for number in self.at_once),
            *(
                (each.id, self._act(Transition.SURFACE))
                for each in spent.surfaced
                if each.id is not None
            ),
            *(
                (each.id, self._act(Transition.QUEUE))
                for each in spent.queued
                if each.id is not None and each.id in fresh
            ),
        ]

    def _settled(self, each: ReviewedEvent, of_case: Sequence[ReviewedEvent]) -> Settled:
        earlier = (other for other in of_case if other.id < each.id and other.id not in self.ends)
        return settle(each.event, _by_subject(earlier)[each.event.subject], Context(on=self.on))

    def _add(self, each: ReviewedEvent, found: Settled) -> None:
        self.ends |= dict(found.closes)
        if not found.surfaces:
            return
        if found.in_place:
            self.at_once.append(each.id)
        else:
            self.new.append(Waiting(each.event, each.id))

    def _act(self, transition: Transition) -> Act:
        return Act(transition, self.at, comment=self.mark)


def _by_subject(events: Iterable[ReviewedEvent]) -> dict[tuple[object, ...], list[Held]]:
    found: dict[tuple[object, ...], list[Held]] = defaultdict(list)
    for each in events:
        found[each.event.subject].append(Held(each.id, each.event, each.review))
    return found
