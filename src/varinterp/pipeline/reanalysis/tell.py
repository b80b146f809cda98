"""Events of a batch: what moved in each case, the keys behind it, and the source to answer for it.

When several sources moved, each is replayed alone, on the cases where something moved: the release
that leads to the new conclusion by itself is the responsible one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from varinterp.model.basis import Move
from varinterp.model.event import Cause, Event
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.batch import Desk, Recomputed
from varinterp.pipeline.reanalysis.causes import CauseBook, Place, gate_places
from varinterp.pipeline.reanalysis.plan import Moving
from varinterp.pipeline.reanalysis.scope import Scope
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.reanalysis.triage import settled
from varinterp.pipeline.reanalysis.view import View
from varinterp.reanalysis.compare import compare
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.diagnosing import diagnosed
from varinterp.reanalysis.picture import Picture, Subject
from varinterp.reanalysis.responsible import attributed
from varinterp.reanalysis.standings import standing_of
from varinterp.refs.lock import Releases

RULES = "rules"
Alone = Mapping[str, Mapping[str, Picture]]
"""Cases as they would stand had one source moved, by source and case."""


@dataclass(frozen=True, slots=True)
class Told:
    """A changed case's events, and the context that they were found in."""

    events: tuple[Event, ...]
    context: Context


def tell(
    desk: Desk,
    changed: Sequence[Recomputed],
    moving: Moving,
    views: tuple[View, View],
    scopes: Mapping[str, Scope],
    on: date,
) -> dict[str, tuple[Event, ...]]:
    """Return the events of each changed case, as they are to be recorded."""
    book = CauseBook(moving.deltas).of({place for each in changed for place in _places(each)})
    told = {
        each.after.case.id: _compared(each, book, context_of(desk.archive, each, moving, on))
        for each in changed
    }
    noticed = [each for each in changed if told[each.after.case.id].events]
    alone: Alone = {}
    if len(moving.moved) > 1 and noticed:
        alone = _replayed(desk, noticed, moving, views, scopes)
    return {
        case: settled(
            [_attributed(event, found.context, alone) for event in found.events],
            desk.archive.dataset.events(case),
            found.context,
        )
        for case, found in told.items()
    }


def context_of(archive: Archive, recomputed: Recomputed, moving: Moving, on: date) -> Context:
    """Return what is known of a case beside its conclusions."""
    case = recomputed.after.case.id
    earlier: dict[Subject, list[Event]] = {}
    for _, _, _, event in archive.registry.events(case=case):
        earlier.setdefault((event.allele, event.gene), []).append(event)
    signed = dict(archive.dataset.signed(case))
    status = archive.dataset.diagnosis(case, on)
    return Context(
        on=on.isoformat(),
        signed=signed,
        reported=frozenset((key.allele, key.gene) for key in signed),
        diagnosed=status is not None and diagnosed((status,), on),
        software_moved=moving.software,
        earlier={subject: tuple(events) for subject, events in earlier.items()},
    )


def _compared(recomputed: Recomputed, causes: Mapping[Place, Cause], context: Context) -> Told:
    before, after = (Picture.of_result(result) for result in (recomputed.before, recomputed.after))
    return Told(compare(before, after, causes, context), context)


def _places(recomputed: Recomputed) -> Iterable[Place]:
    """Yield everything that a change of the case may rest on."""
    results = (recomputed.before, recomputed.after)
    for result in results:
        for each in result.assessments:
            yield from ((read.source, read.key) for read in each.reads)
        yield from gate_places(candidate.allele for candidate in result.candidates)
        for disease in result.phenotypes:
            yield ("hpo.match", disease)
        for panel in result.panels:
            yield from (panel.key(candidate.consequence.hgnc) for candidate in result.candidates)


def _replayed(
    desk: Desk,
    noticed: Sequence[Recomputed],
    moving: Moving,
    views: tuple[View, View],
    scopes: Mapping[str, Scope],
) -> dict[str, dict[str, Picture]]:
    """Return each case as it would stand had one source alone moved, by source and case."""
    befores = [each.before for each in noticed]
    new = views[1]
    alone: dict[str, dict[str, Picture]] = {}
    for delta in moving.deltas:
        if delta.move.source not in moving.moved:
            continue
        mixed = _mixed(moving.old, new.target, delta.move)
        if mixed is None:
            continue
        view = new.beside(mixed)
        pictures = desk.recompute(befores, scopes, views[0], view)
        alone[delta.move.source] = {
            each.after.case.id: Picture.of_result(each.after) for each in pictures
        }
    return alone


def _mixed(old: Target, new: Target, move: Move) -> Target | None:
    """Return the old releases with one of the new; None where the mix cannot be opened."""
    if move.source == RULES:
        return Target(old.releases, new.rules)
    mixed = {**old.releases.by_source}
    after = new.releases.get(move.source)
    if after is None:
        mixed.pop(move.source, None)
    else:
        mixed[move.source] = after
    needed = {"clinvar", "gnomad", "gene_disease", "hpo", "mane", "vep"}
    return Target(Releases(mixed), old.rules) if needed <= mixed.keys() else None


def _attributed(event: Event, context: Context, alone: Alone) -> Event:
    subject = (event.allele, event.gene)
    standings = {
        source: standing_of(pictures[event.case], subject, context)
        for source, pictures in alone.items()
    }
    return attributed(event, standings) if standings else event
