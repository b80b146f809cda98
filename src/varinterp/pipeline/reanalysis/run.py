"""A run of the reanalysis: planned, recomputed batch by batch, written whole case by case.

A batch is one transaction of the registry: a case stands on the old basis with all that was
concluded there, or on the new one with all that is, and its events with it. What lies in the run's
folder is written before (documents of cases, whose digests the registry keeps) or made again from
the registry at the end, so that a run that was killed is simply started again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from varinterp.documents.case import dump_case
from varinterp.errors import Fault, InputError, StageError
from varinterp.fault_points import point
from varinterp.files import held, write_text
from varinterp.model.archive import Moved, NewRun, RunRecord
from varinterp.model.case import CaseResult
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.batch import Desk, moved
from varinterp.pipeline.reanalysis.family_locks import bring_locks_forward
from varinterp.pipeline.reanalysis.folder import CASES, RunFolder, totals
from varinterp.pipeline.reanalysis.plan import Moving, Plan, plan
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.reanalysis.tell import tell
from varinterp.pipeline.reanalysis.triage import BUDGET, triage
from varinterp.pipeline.reanalysis.view import Shelf, View
from varinterp.report.write import write_report

Say = Callable[[Plan], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes.

    `at` is the moment that is recorded; `name` is the folder's (default: the date and a counter,
    or an unfinished run to the same target, which is taken up again). With `exports` each changed
    case's document and reports, and the worklist, are written; `show` is given the plan before
    anything is computed. At most `budget` groups of events surface, beside those of the first tier.
    """

    at: datetime
    author: str = "varinterp"
    name: str | None = None
    everything: bool = False
    batch: int = 64
    budget: int = BUDGET
    exports: bool = True
    show: Say | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: its name and folder, the plan, and counts by word."""

    name: str
    folder: Path
    plan: Plan
    counts: Mapping[str, int]


def run(archive: Archive, target: Target, options: Options) -> Outcome:
    """Bring every stored case to the target and write the run's folder.

    May be killed at any point: what a batch wrote is whole, and a run of the same name, or none,
    goes on from there. Raises InputError for the name of a run that is finished or goes elsewhere,
    StageError when another run is at work.
    """
    folder = archive.settings.reanalysis
    busy = StageError(f"another reanalysis is at work in {folder}; wait for it, or end it")
    # two at once would make the same conclusions twice
    with held(folder / ".lock", busy):
        return _run(archive, target, options)


def _run(archive: Archive, target: Target, options: Options) -> Outcome:
    archive.compact()
    what = plan(archive, target, everything=options.everything, on=options.at.date())
    if options.show is not None:
        options.show(what)
    record = _record(archive, what, target, options)
    folder = RunFolder(archive.settings.reanalysis / record.name)
    folder.begin(what)
    point("reanalyse.planned")
    counts: Counter[str] = Counter(dict.fromkeys(("changed", "made", "examined"), 0))
    with TemporaryDirectory(prefix=".work-", dir=folder.path) as scratch:
        desk = Desk(archive, Path(scratch), options.at.date())
        worker = _Worker(archive, target, options, record, folder, desk, Shelf())
        for moving, cases in _batches(what, options.batch):
            counts.update(worker.batch(what, moving, cases))
        for cases in _chunks(_as_planned(archive, what), _UNMOVED):
            worker.move((), cases)
            point("reanalyse.noted")
    counts["unmoved"] = len(what.unmoved)
    triage(archive, record, options.at, options.budget)
    point("reanalyse.triaged")
    folder.finish(archive, record, exports=options.exports)
    point("reanalyse.written")
    counts["locks"] = bring_locks_forward(archive, target)
    found = dict(counts) | totals(archive, record)
    archive.registry.close_run(record.id, found, options.at)
    point("reanalyse.closed")
    return Outcome(record.name, folder.path, what, found)


_UNMOVED = 2_000
"""Cases that are noted to stand on the target in one transaction."""


@dataclass(frozen=True, slots=True)
class _Worker:
    archive: Archive
    target: Target
    options: Options
    record: RunRecord
    folder: RunFolder
    desk: Desk
    shelf: Shelf

    def batch(self, what: Plan, moving: Moving, cases: Sequence[str]) -> Counter[str]:
        """Recompute, tell, export and move some cases."""
        new = View(self.target, self.archive.settings.reference, self.shelf)
        old = new.beside(moving.old)
        befores = [
            before
            for before in map(self.desk.before, cases)
            # one that the workflow analysed anew since the plan is for the next run
            if before.case.analysis == what.analyses[before.case.id]
        ]
        if not befores:
            return Counter()
        recomputed = self.desk.recompute(befores, what.scopes, old, new)
        point("reanalyse.recomputed")
        changed = [each for each in recomputed if each.changed]
        on = self.options.at.date()
        told = tell(self.desk, changed, moving, (old, new), what.scopes, on)
        point("reanalyse.told")
        moves = [
            replace(
                moved(each),
                events=told[each.after.case.id],
                document_digest=self._export(each.after),
            )
            for each in changed
        ]
        point("reanalyse.exported")
        self.move(moves, [each.before.case.id for each in recomputed if not each.changed])
        point("reanalyse.moved")
        return Counter(
            changed=len(changed),
            made=sum(each.made for each in recomputed),
            examined=len(befores),
        )

    def move(self, moves: Sequence[Moved], unmoved: Sequence[str]) -> None:
        """Record that cases stand on the target, in one transaction."""
        self.archive.registry.move(
            self.record.id,
            moves,
            unmoved,
            self.target.basis,
            self.target.rules.values,
            self.options.at,
        )

    def _export(self, result: CaseResult) -> str | None:
        """Write a changed case's document and reports; return the document's digest."""
        if not self.options.exports:
            return None
        folder = self.folder.path / CASES / result.case.id
        text = dump_case(result)
        write_text(folder / "case.json", text)
        for language in self.archive.settings.languages:
            write_report(result, folder / f"report.{language}.html", language)
        return sha256(text.encode()).hexdigest()


def _batches(what: Plan, size: int) -> Iterator[tuple[Moving, Sequence[str]]]:
    """Yield the cases to examine, those of one basis together."""
    together: dict[int, tuple[Moving, list[str]]] = {}
    for case in what.scopes:
        moving = what.bases[case]
        together.setdefault(id(moving), (moving, []))[1].append(case)
    for moving, cases in together.values():
        for chunk in _chunks(cases, size):
            yield moving, chunk


def _as_planned(archive: Archive, what: Plan) -> Sequence[str]:
    """Return the cases that nothing concerns, without those analysed anew since the plan."""
    now = {state.case: state.analysis for state in archive.registry.states()}
    return [case for case in what.unmoved if now[case] == what.analyses[case]]


def _chunks(cases: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(cases), size):
        yield cases[start : start + size]


def _record(archive: Archive, what: Plan, target: Target, options: Options) -> RunRecord:
    """Return the run to go on with: an unfinished one to the same target, or a new one."""
    runs = {each.name: each for each in archive.registry.runs()}
    unfinished = [
        each
        for each in runs.values()
        if each.finished_at is None
        and (each.target, each.everything) == (what.target, options.everything)
        and options.name in (None, each.name)
    ]
    if unfinished:
        return unfinished[-1]
    if options.name in runs:
        raise InputError([_taken()])
    name = options.name or _free_name(options.at, runs)
    new = NewRun(
        name=name,
        target=what.target,
        labels=target.labels,
        rules=target.rules.values,
        author=options.author,
        everything=options.everything,
        plan=what.document(),
    )
    number = archive.registry.open_run(new, options.at)
    point("reanalyse.opened")
    return next(each for each in archive.registry.runs() if each.id == number)


def _free_name(at: datetime, runs: Mapping[str, object]) -> str:
    day = at.date().isoformat()
    number = 1
    while f"{day}.{number}" in runs:
        number += 1
    return f"{day}.{number}"


def _taken() -> Fault:
    return Fault(
        rule="reanalyse.run_name",
        file="--name",
        found="the name of another run",
        expected="a name of its own",
        advice="give another name, or none",
    )
