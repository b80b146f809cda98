"""The worklist as rows of typed cells: events, criteria, sources, recontacts, the run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from varinterp.model.event import Cause, CriterionChange
from varinterp.model.evidence import Strength
from varinterp.model.standing import Standing
from varinterp.report.wording import Wording, first_upper
from varinterp.report.worklist.view import EventView, WorklistView

Cell = str | int | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and headings are keys of the catalogue, `links` go with the first cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    links: tuple[str | None, ...] = ()


_EVENTS = (
    *("id", "tier", "tier_name", "state", "direction", "case", "label", "gene", "allele"),
    *("coding", "protein", "class_before", "class_after", "points_before", "points_after"),
    *("disease", "inheritance", "place", "responsible", "attribution", "why", "physician"),
    *("since", "run", "first_seen", "evidence_changed", "phenotype_matched", "constructed"),
)
_CRITERIA = ("id", "case", "gene", "allele", "criterion", "before", "after", "points", "why")
_SOURCES = (
    *("id", "case", "gene", "allele", "source", "fact", "key", "kinds", "before", "after"),
    *("release_before", "release_after", "release_date", "criteria", "constructed"),
)
_RECONTACTS = (
    *("due", "owner", "state", "overdue", "case", "label", "person", "role", "gene", "reason"),
    *("physician", "event"),
)


def sheets(view: WorklistView, w: Wording) -> tuple[Sheet, ...]:
    """Return the sheets of a worklist in a language."""
    language = w.language.value
    return (
        Sheet(
            "events",
            _EVENTS,
            tuple(_event(each, w) for each in view.events),
            tuple(each.report(language) for each in view.events),
        ),
        Sheet("criteria", _CRITERIA, tuple(_criteria(view.events, w))),
        Sheet("sources", _SOURCES, tuple(_sources(view.events, w))),
        Sheet("recontacts", _RECONTACTS, tuple(_recontacts(view, w))),
        Sheet("run", ("what", "value"), tuple(_run(view, w))),
    )


def _event(view: EventView, w: Wording) -> Row:
    event, listed = view.event, view.listed
    shown = view.standing
    return (
        *(listed.id, event.tier.value, w.word("event_tier", event.tier.value)),
        w.word("review", listed.review.state.value),
        w.word("event_direction", event.direction.value),
        *(event.case, view.label, event.symbol, event.allele.id, view.coding, view.protein),
        *(_class(event.before, w), _class(event.after, w)),
        *(_points(event.before), _points(event.after)),
        shown.disease_name or shown.key.disease if shown.key.inheritance else None,
        w.word("inheritance", shown.key.inheritance.value) if shown.key.inheritance else None,
        w.word("tier", event.after.tier.value) if event.after else None,
        ", ".join(w.word_or_code("source", name) for name in event.responsible),
        w.word("attribution", event.attribution.value) if event.responsible else None,
        *(w.sentence(event.why), listed.physician, listed.since, listed.run),
        *(_day(event.dates.first_seen), _day(event.dates.evidence_changed)),
        *(_day(event.dates.phenotype_matched), _yes(event.constructed, w)),
    )


def _criteria(views: Sequence[EventView], w: Wording) -> Iterator[Row]:
    for view in views:
        for change in view.event.criteria:
            yield (
                *_place(view),
                change.criterion.value,
                *(w.word("strength", each.value) if each else None for each in _sides(change)),
                change.points,
                w.sentence(change.reason) if change.reason else None,
            )


def _sources(views: Sequence[EventView], w: Wording) -> Iterator[Row]:
    for view in views:
        for cause in view.causes:
            yield (
                *_place(view),
                *(w.word_or_code("source", cause.origin), cause.source, cause.key),
                ", ".join(w.word("change", kind.value) for kind in cause.kinds),
                *(cause.before, cause.after, cause.release_before, cause.release_after),
                _day(cause.date),
                _behind(cause, view.event.criteria),
                _yes(cause.constructed, w),
            )


def _recontacts(view: WorklistView, w: Wording) -> Iterator[Row]:
    for line in view.recontacts:
        call = line.recontact
        yield (
            *(call.due, call.owner, w.word("recontact", call.state.value)),
            _yes(call.overdue(view.run.on), w),
            *(call.case, view.labels.get(call.case), call.person),
            w.word("role", line.role) if line.role else None,
            *(line.gene, call.reason, line.physician, call.event),
        )


def _run(view: WorklistView, w: Wording) -> Iterator[Row]:
    run = view.run
    yield w.text("worklist.run"), run.name
    yield w.text("worklist.date"), run.on
    yield w.text("worklist.examined"), run.examined
    yield first_upper(w.text("worklist.of_which_changed")), run.changed
    yield w.text("worklist.unchanged"), run.unchanged
    for reason, number in run.skipped:
        yield w.text("worklist.skipped") + f" ({w.word_or_code('skipped', reason)})", number
    nothing = w.text("worklist.nothing")
    for move in run.moves:
        named = w.word_or_code("source", move.source)
        yield named, f"{move.before or nothing} → {move.after or nothing}"


def _place(view: EventView) -> Row:
    event = view.event
    return (view.listed.id, event.case, event.symbol, event.allele.id)


def _sides(change: CriterionChange) -> tuple[Strength | None, ...]:
    return (change.before, change.after)


def _class(standing: Standing | None, w: Wording) -> str | None:
    return None if standing is None else w.acmg_class(standing.acmg_class)


def _points(standing: Standing | None) -> int | None:
    return None if standing is None else standing.points


def _behind(cause: Cause, criteria: Sequence[CriterionChange]) -> str | None:
    behind = (change.criterion.value for change in criteria if cause in change.causes)
    return ", ".join(behind) or None


def _yes(value: bool, w: Wording) -> str | None:
    """Return yes, or an empty cell: a filter then shows what is marked."""
    return w.text("worklist.yes") if value else None


def _day(iso: str | None) -> Cell:
    """Return a date; a text that is none stays as it is."""
    try:
        return None if iso is None else date.fromisoformat(iso)
    except ValueError:
        return iso
