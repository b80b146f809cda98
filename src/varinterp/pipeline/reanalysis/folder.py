"""The folder of a run: its plan, the changed keys, and what is made of the registry's events."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.documents.changes import RunEvent, RunHeader, write_changes_document
from varinterp.files import write_text
from varinterp.model.archive import RunRecord
from varinterp.model.basis import Move
from varinterp.model.event import Event
from varinterp.model.review import ReviewState
from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.delta import Delta
from varinterp.pipeline.reanalysis.plan import Plan
from varinterp.pipeline.reanalysis.triage import decided
from varinterp.pipeline.worklist.files import write_run_worklist
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import write_table

PLAN, DELTA, CHANGES, CASES = "plan.json", "delta.parquet", "changes.json", "cases"
DELTA_SCHEMA = pa.schema(
    [
        *CHANGES_SCHEMA,
        pa.field("origin", pa.string(), nullable=False),
        pa.field("release_before", pa.string()),
        pa.field("release_after", pa.string()),
    ]
)
"""`delta.parquet`: `CHANGES_SCHEMA`, the source that moved, and its releases."""

_LEFT_OVER = (".work-*", ".partial-*")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """`path` is ``<settings.reanalysis>/<run>``."""

    path: Path

    def begin(self, what: Plan) -> None:
        """Write plan and changed keys; those of an interrupted run stand."""
        self.path.mkdir(parents=True, exist_ok=True)
        for pattern in _LEFT_OVER:
            for path in self.path.rglob(pattern):
                _remove(path)
        if not (self.path / DELTA).is_file():
            deltas = {str(d.move): d for moving in what.bases.values() for d in moving.deltas}
            _write_delta(deltas.values(), self.path / DELTA)
        if not (self.path / PLAN).is_file():
            write_text(self.path / PLAN, json.dumps(what.document(), indent=2) + "\n")

    def finish(self, archive: Archive, record: RunRecord, *, exports: bool) -> None:
        """Write `changes.json` and the worklist from the registry.

        Documents of cases that were erased are removed.
        """
        for state in archive.registry.states():
            if state.erased:
                _remove(self.path / CASES / state.case)
        stated = [RunEvent(state, event) for state, event in decided(archive, record)]
        header = _header(record, [each.event for each in stated])
        write_changes_document(self.path / CHANGES, header, stated)
        if exports:
            languages = archive.settings.languages
            write_run_worklist(archive.dataset, record, self.path.parent, languages)


def totals(archive: Archive, record: RunRecord) -> dict[str, int]:
    """Count the run's events: all, by what was done with them, and by tier and direction."""
    found = decided(archive, record)
    counts = Counter(state.value for state, _ in found)
    asked = [event for state, event in found if state is not ReviewState.RECORDED]
    counts.update(f"tier_{int(event.tier)}" for event in asked)
    counts.update(event.direction.value for event in asked)
    counts["events"] = len(found)
    counts["cases_with_events"] = len({event.case for _, event in found})
    return dict(sorted(counts.items()))


def _header(record: RunRecord, events: Sequence[Event]) -> RunHeader:
    """Return the header from what the plan said when the run was opened."""
    said: Any = record.plan
    skipped = Counter(each["reason"] for each in said["skipped"])
    moves = (Move(each["source"], each["before"], each["after"]) for each in said["sources"])
    return RunHeader(
        name=record.name,
        on=record.started_at.date().isoformat(),
        target=record.target,
        moves=tuple(moves),
        everything=record.everything,
        examined=said["examined"],
        changed=len({event.case for event in events}),
        unchanged=said["moving"] - said["examined"],
        skipped=tuple(sorted(skipped.items())),
    )


def _write_delta(deltas: Iterable[Delta], path: Path) -> None:
    """Write the changed keys of all sources, with the releases on both sides."""
    tables = [
        delta.changes.with_columns(
            pl.lit(delta.move.source).alias("origin"),
            pl.lit(delta.move.before, pl.String).alias("release_before"),
            pl.lit(delta.move.after, pl.String).alias("release_after"),
        )
        for delta in deltas
    ]
    empty = pl.DataFrame(schema=pl.Schema(DELTA_SCHEMA))
    whole = pl.concat([empty, *(table.select(DELTA_SCHEMA.names) for table in tables)])
    ordered = whole.sort("origin", "release_before", "source", "allele_key", "key", "kind")
    write_table(ordered.to_arrow().cast(DELTA_SCHEMA), path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
