"""The registry's dataset as Parquet, one file a table, for DuckDB, polars or pandas.

Cases that may not be exported are named, with the reason, and nothing else is said of them.
`export.json` beside the tables names the versions, the licences and each file's digest.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from varinterp import __version__
from varinterp.files import atomic_write, sha256_of, write_text
from varinterp.registry.exports.permission import Export, Withheld, withheld
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.table_rows import Row
from varinterp.registry.exports.tables import TABLES, Table

SCHEMA_VERSION = 1
MANIFEST = "export.json"
_ROWS = 50_000
"""Rows of a row group; nothing more than one is held in memory of a table."""


@dataclass(frozen=True, slots=True)
class ParquetExport:
    """What was written, by the file's name, and the cases that are withheld."""

    files: tuple[str, ...]
    withheld: tuple[Withheld, ...]


class _Sink:
    """A table's file: rows are written in groups, so that no table is held in memory."""

    def __init__(self, table: Table, path: Path, on: date) -> None:
        self.table = table
        said = {
            "varinterp.table": table.name,
            "varinterp.version": __version__,
            "on": on.isoformat(),
        }
        self._schema = table.schema.with_metadata(said)
        self._writer: Any = pq.ParquetWriter(  # type: ignore[no-untyped-call]
            path, self._schema, compression="zstd"
        )
        self._waiting: list[Row] = []
        self.count = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows; write them when there are enough for a group."""
        for row in rows:
            self._waiting.append(row)
            self.count += 1
            if len(self._waiting) == _ROWS:
                self._flush()

    def close(self) -> None:
        """Write what waits, and the file's end."""
        if self._waiting:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(_table(self._waiting, self._schema))
        self._waiting = []


def parquet_export(subjects: Iterable[Subject], on: date, folder: Path) -> ParquetExport:
    """Write the tables into a folder, as of a day; the manifest comes last.

    The cases come in the order of their pseudonyms, one at a time: an archive need not be held in
    memory. Raises ValueError for another order.
    """
    left_out: list[Withheld] = []
    licences: set[tuple[str, str, str, str]] = set()
    with ExitStack() as stack:
        sinks = [_opened(stack, table, on, folder) for table in TABLES]
        for subject in _in_order(subjects):
            reason = withheld(subject, Export.PARQUET, on)
            if reason is not None:
                left_out.append(reason)
            else:
                licences |= _licences(subject)
            for sink in sinks:
                if _holds(sink.table, reason):
                    sink.add(sink.table.rows(subject, on))
    described = {f"{sink.table.name}.parquet": sink for sink in sinks}
    _manifest(folder, on, described, left_out, licences)
    return ParquetExport((*described, MANIFEST), tuple(left_out))


def _opened(stack: ExitStack, table: Table, on: date, folder: Path) -> _Sink:
    """Open a table's file; it takes its name when the stack ends without an error."""
    path = stack.enter_context(atomic_write(folder / f"{table.name}.parquet", _whole))
    sink = _Sink(table, path, on)
    stack.callback(sink.close)
    return sink


def _in_order(subjects: Iterable[Subject]) -> Iterator[Subject]:
    last = ""
    for subject in subjects:
        if subject.record.case <= last:
            raise ValueError("the cases come in the order of their pseudonyms, each once")
        last = subject.record.case
        yield subject


def _holds(table: Table, reason: Withheld | None) -> bool:
    """Of a withheld case its name is told and, unless it was erased, what was consented to."""
    if reason is None or table.name == "cases":
        return True
    return not table.personal and reason.reason != "erased"


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    columns = [
        pa.array([_plain(row.get(field.name)) for row in rows], field.type) for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _plain(value: Any) -> Any:
    """Words of the model are text of a class of their own, which Arrow does not take."""
    if isinstance(value, list):
        return [str(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _whole(path: Path) -> None:
    pq.read_metadata(path)  # type: ignore[no-untyped-call]


def _licences(subject: Subject) -> set[tuple[str, str, str, str]]:
    return {
        (each.source, each.release, each.licence, each.url) for each in subject.document.releases
    }


def _manifest(
    folder: Path,
    on: date,
    sinks: Mapping[str, _Sink],
    left_out: Iterable[Withheld],
    licences: Iterable[tuple[str, str, str, str]],
) -> None:
    names = ("source", "release", "licence", "url")
    document = {
        "schema_version": SCHEMA_VERSION,
        "exported_by": f"varinterp {__version__}",
        "on": on.isoformat(),
        "files": {
            name: {
                "rows": sink.count,
                "sha256": sha256_of(folder / name),
                "meaning": sink.table.meaning,
            }
            for name, sink in sinks.items()
        },
        "releases": [dict(zip(names, each, strict=True)) for each in sorted(licences)],
        "withheld": [{"case": each.case, "reason": each.reason} for each in left_out],
    }
    write_text(
        folder / MANIFEST, json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    )
