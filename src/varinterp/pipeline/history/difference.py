"""What changed between two moments: per case, allele and gene, from standing to standing.

The standings are those of the two moments, whatever happened in between. Which sources are
responsible is taken from the events that were recorded between them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from varinterp.model.archive import CaseState
from varinterp.model.assessment import AssessmentKey, SignedClass
from varinterp.model.case import Tier
from varinterp.model.event import Event, EventDirection, Facet
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.standing import Standing
from varinterp.model.variant import Allele
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.criteria import differing, strengths_of
from varinterp.reanalysis.facets import direction, moved
from varinterp.reanalysis.picture import Picture
from varinterp.reanalysis.standings import shown, standing_of
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

Subject = tuple[str, Allele, str]


@dataclass(frozen=True, slots=True)
class Responsible:
    """A source that recorded events hold responsible, and its releases on both sides."""

    source: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an allele in a gene of a case; a side is None where nothing was concluded.

    `criteria` are those whose strength differs: (criterion, before, after). `events` are the
    numbers of the events recorded on it in between; none when the case was only registered, or
    analysed anew from its VCF. `signed_by` are the people who signed the later standing.
    """

    case: str
    allele: Allele
    gene: str
    symbol: str
    before: Standing | None
    after: Standing | None
    facets: tuple[Facet, ...]
    direction: EventDirection
    criteria: tuple[tuple[Criterion, Strength | None, Strength | None], ...]
    responsible: tuple[Responsible, ...]
    events: tuple[int, ...]
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows by case, gene and place, and what they come to.

    `cases` is the number of cases registered at the later moment, `new` of those that were not at
    the earlier, `erased` of those that cannot be read any more. `withheld` counts what changed of
    diseases that are none of the patient's: it is not shown.
    """

    since: datetime
    until: datetime
    rows: tuple[Row, ...]
    cases: int
    new: int
    erased: int
    withheld: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows there are of each direction, appearance and responsible source."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found[f"direction.{row.direction}"] += 1
            if row.before is None or row.after is None:
                found["presence.new" if row.before is None else "presence.gone"] += 1
            for each in row.responsible:
                found[f"source.{each.source}"] += 1
        return dict(sorted(found.items()))


def difference(
    registry: Registry,
    since: datetime,
    until: datetime,
    *,
    case: str | None = None,
    gene: str | None = None,
) -> Difference:
    """Return what changed from a moment to a later one; of one case or one gene where named.

    `gene` is an HGNC id or a symbol. Cases that were registered in between are counted, and have
    no rows: everything that was concluded on them is new.
    """
    before, after = (_states(registry, moment, case) for moment in (since, until))
    known = [name for name in after if name in before and not after[name].erased]
    # a case that was moved and said the same keeps the number of its analysis
    moved_cases = [name for name in sorted(known) if before[name].analysis != after[name].analysis]
    found = [
        row
        for name in moved_cases
        for row in _rows(registry, name, since, until)
        if gene is None or gene in (row.gene, row.symbol)
    ]
    rows = [row for row in found if not _none_of_the_patients(row)]
    return Difference(
        since=since,
        until=until,
        rows=tuple(rows),
        cases=len(after),
        new=len(after.keys() - before.keys()),
        erased=sum(state.erased for state in after.values()),
        withheld=len(found) - len(rows),
    )


def _none_of_the_patients(row: Row) -> bool:
    """Whether it is about diseases alone that the patient does not have: secondary findings.

    So is what a consent let be named once, and no longer does.
    """
    sides = [side for side in (row.before, row.after) if side is not None]
    hidden = bool(sides) and sides[-1].tier is Tier.UNRELATED
    return hidden and sides[0].tier in (Tier.SECONDARY, Tier.UNRELATED)


def _states(registry: Registry, moment: datetime, case: str | None) -> dict[str, CaseState]:
    states = registry.states(moment)
    return {state.case: state for state in states if case in (None, state.case)}


def _rows(registry: Registry, case: str, since: datetime, until: datetime) -> Iterator[Row]:
    moments = (since, until)
    sides = [registry.result(case, moment) for moment in moments]
    pictures = [Picture.of_result(side) for side in sides]
    signed = [Dataset(registry).signed(case, moment) for moment in moments]
    contexts = [
        Context(on=moment.date().isoformat(), signed=by)
        for moment, by in zip(moments, signed, strict=True)
    ]
    symbols = {
        (each.allele, each.consequence.hgnc): each.consequence.gene
        for side in sides
        for each in side.candidates
    }
    recorded = _recorded(registry, case, since, until)
    subjects = {subject for picture in pictures for subject in picture.places}
    for subject in sorted(subjects, key=lambda each: (each[0].key, str(each[0]), each[1])):
        was, now = shown(
            *(
                standing_of(picture, subject, context)
                for picture, context in zip(pictures, contexts, strict=True)
            )
        )
        facets = moved(was, now)
        if facets:
            events = recorded.get((case, *subject), ())
            row = _row((case, *subject), symbols[subject], (was, now), facets, events)
            yield replace(row, signed_by=_signatories(subject, signed[1]))


def _signatories(
    subject: tuple[Allele, str], signed: Mapping[AssessmentKey, SignedClass]
) -> tuple[str, ...]:
    """Return who signed a hypothesis of the subject, and the day."""
    return tuple(
        f"{found.reader1}, {found.reader2} {found.date}"
        for key, found in sorted(signed.items(), key=lambda item: str(item[0]))
        if (key.allele, key.gene) == subject
    )


def _recorded(
    registry: Registry, case: str, since: datetime, until: datetime
) -> dict[Subject, list[tuple[int, Event]]]:
    found: dict[Subject, list[tuple[int, Event]]] = {}
    for number, _, at, event in registry.events(case=case, as_of=until):
        if at > since:
            found.setdefault(event.subject, []).append((number, event))
    return found


def _row(
    subject: Subject,
    symbol: str,
    sides: tuple[Standing | None, Standing | None],
    facets: tuple[Facet, ...],
    events: Iterable[tuple[int, Event]],
) -> Row:
    was, now = sides
    before, after = strengths_of(was), strengths_of(now)
    recorded = tuple(events)
    return Row(
        case=subject[0],
        allele=subject[1],
        gene=subject[2],
        symbol=symbol,
        before=was,
        after=now,
        facets=facets,
        direction=direction(was, now, facets),
        criteria=tuple(
            (code, before.get(code), after.get(code)) for code in differing(before, after)
        ),
        responsible=_responsible(event for _, event in recorded),
        events=tuple(number for number, _ in recorded),
    )


def _responsible(events: Iterable[Event]) -> tuple[Responsible, ...]:
    """Return each responsible source once, from its first release to its last."""
    spans: dict[str, tuple[str | None, str | None]] = {}
    for event in events:
        for source in event.responsible:
            releases = {
                (cause.release_before, cause.release_after)
                for cause in event.causes
                if cause.origin == source
            }
            first, last = min(releases, default=(None, None), key=str)
            spans[source] = (spans[source][0] if source in spans else first, last)
    return tuple(Responsible(source, *span) for source, span in sorted(spans.items()))
