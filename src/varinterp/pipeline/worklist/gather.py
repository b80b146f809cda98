"""From the registry to a worklist: events with their names, carriers, physicians and reports."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from varinterp.model.archive import RunRecord
from varinterp.model.case import CaseResult, ReleaseLabel
from varinterp.model.consent import ConsentAnswer, ConsentScope, answer
from varinterp.model.event import Event
from varinterp.model.recontact import RecontactState
from varinterp.model.review import ReviewState
from varinterp.pipeline.worklist.order import in_reading_order
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.reviews import ReviewedEvent
from varinterp.report.evidence_view import MemberView, members
from varinterp.report.worklist.facts import (
    Carrier,
    ListedEvent,
    RecontactLine,
    ReleaseMove,
    RunSummary,
    Worklist,
)

LISTED = frozenset({ReviewState.OPEN, ReviewState.IN_REVIEW})
"""The states that something is expected of somebody in now."""

CASES = "cases"
"""The folder of a run's reports, one folder a case."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Whom to ask: the dataset, the folder of runs, and the folder that the list is written to."""

    dataset: Dataset
    runs: Path
    folder: Path
    on: date
    _results: dict[str, CaseResult] = field(default_factory=dict)

    def worklist(self, record: RunRecord, states: Iterable[ReviewState] = LISTED) -> Worklist:
        """Return the events that stand in some states, whatever run raised them, and the run."""
        events = self.dataset.events()
        wanted = frozenset(states)
        shown = [each for each in events if each.review.state in wanted]
        runs = {run.id: run.name for run in self.dataset.registry.runs()}
        physicians = self._physicians()
        listed = tuple(
            self._listed(each, runs.get(each.run, str(each.run)), physicians)
            for each in in_reading_order(shown)
        )
        return Worklist(
            run=self._summary(record, events, listed),
            events=listed,
            recontacts=tuple(self._recontacts(events, physicians)),
        )

    def _summary(
        self, record: RunRecord, events: Iterable[ReviewedEvent], listed: Iterable[ListedEvent]
    ) -> RunSummary:
        said: Any = record.plan
        mine = [each for each in events if each.run == record.id]
        quiet = Counter(each.event.kind.value for each in mine if not each.event.kind.surfaces)
        skipped = Counter(each["reason"] for each in said.get("skipped", ()))
        examined = int(said.get("examined", 0))
        moves = tuple(self._moves(record, said.get("sources", ())))
        return RunSummary(
            name=record.name,
            on=record.started_at.date(),
            moves=moves,
            examined=examined,
            changed=record.counts.get("changed", len({each.event.case for each in mine})),
            unchanged=int(said.get("cases", examined)) - examined - skipped.total(),
            skipped=tuple(sorted(skipped.items())),
            quiet=tuple(sorted(quiet.items())),
            queued=sum(each.review.state is ReviewState.QUEUED for each in events),
            software_after=record.target.software,
            everything=record.everything,
            constructed=any(move.constructed for move in moves)
            or any(each.event.constructed for each in listed),
        )

    def _moves(
        self, record: RunRecord, sources: Iterable[Mapping[str, Any]]
    ) -> Iterable[ReleaseMove]:
        labels = {each.source: each for each in self.dataset.registry.labels_of(record.target)}
        for source in sources:
            name, after = source["source"], source["after"]
            label = _label(labels.get(name), after)
            yield ReleaseMove(
                name,
                source["before"],
                after,
                date_after=label.date if label else None,
                constructed=label.constructed if label else False,
            )

    def _listed(
        self, reviewed: ReviewedEvent, run: str, physicians: Mapping[str, str]
    ) -> ListedEvent:
        event = reviewed.event
        result = self._result(event.case)
        coding, protein = _names(result, event)
        return ListedEvent(
            id=reviewed.id,
            event=event,
            run=run,
            since=reviewed.recorded_at.date(),
            review=reviewed.review,
            coding=coding,
            protein=protein,
            physician=physicians.get(event.case),
            report=self._report(event.case),
            carriers=tuple(self._carriers(result, event)),
        )

    def _result(self, case: str) -> CaseResult:
        if case not in self._results:
            self._results[case] = self.dataset.registry.result(case)
        return self._results[case]

    def _physicians(self) -> dict[str, str]:
        found = self.dataset.prescriptions()
        return {case: each.prescriber for case, each in found.items() if each.prescriber}

    def _report(self, case: str) -> str | None:
        """Return where the case's last written reports are, seen from the list."""
        found = (
            self.runs / run.name / CASES / case
            for run in reversed(self.dataset.registry.runs())
            if any((self.runs / run.name / CASES / case).glob("report.*.html"))
        )
        newest = next(found, None)
        return None if newest is None else Path(os.path.relpath(newest, self.folder)).as_posix()

    def _carriers(self, result: CaseResult, event: Event) -> Iterable[Carrier]:
        calls = {
            person: genotype
            for candidate in result.candidates
            if candidate.allele == event.allele
            for person, genotype in candidate.genotypes.calls
        }
        said = [each.decision for each in self.dataset.consents(event.case)]
        for member in members(result.case.family):
            call = calls.get(member.person.id)
            if call is not None and call.zygosity.carries:
                reply = answer(said, member.person.id, ConsentScope.RECONTACT, self.on)
                yield Carrier(member.person.id, member.word, call.zygosity, _REPLIES[reply])

    def _recontacts(
        self, events: Iterable[ReviewedEvent], physicians: Mapping[str, str]
    ) -> Iterable[RecontactLine]:
        symbols = {each.id: each.event.symbol for each in events}
        for entry in self.dataset.recontacts():
            if entry.state is not RecontactState.OPEN:
                continue
            family = members(self._result(entry.case).case.family)
            role = next((each.word for each in family if _is(each, entry.person)), None)
            gene = symbols.get(entry.event) if entry.event is not None else None
            yield RecontactLine(entry, role, gene, physicians.get(entry.case))


_REPLIES = {
    ConsentAnswer.GRANTED: True,
    ConsentAnswer.REFUSED: False,
    ConsentAnswer.SILENT: None,
}


def _is(member: MemberView, person: str) -> bool:
    return member.person.id == person


def _label(label: ReleaseLabel | None, release: str | None) -> ReleaseLabel | None:
    return label if label is not None and label.release == release else None


def _names(result: CaseResult, event: Event) -> tuple[str | None, str | None]:
    """Return the HGVS names of an event's allele; None where it is no candidate any more."""
    for candidate in result.candidates:
        if (candidate.allele, candidate.consequence.hgnc) == (event.allele, event.gene):
            return candidate.consequence.hgvs_c, candidate.consequence.hgvs_p
    return None, None
