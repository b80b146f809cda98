"""Points that curators gave for lines of the copy-number tables that people judge: a TSV.

Columns: ``copy_number`` (``GRCh38:22-18900001-19900000-DEL``, without copies), ``line`` (``4A``),
``points``, ``author``, ``date`` (ISO), ``pmid`` (digits, joined by ``;``, or empty) and ``note``.
A row stands until it is deleted from the list; the release is what is read, and its file is kept.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.acmg.copy_number.score import CURATED
from varinterp.errors import ReleaseError
from varinterp.model.change import of_whole
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import CuratedLine, CuratedLines
from varinterp.sources.curations import checked_day
from varinterp.sources.lines import shown
from varinterp.sources.link_changes import Change, changes_table
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import Row, read_rows, unknown_word

POINTS = "copy_number_points"
POINTS_FILE = "points.parquet"
POINTS_SCHEMA = pa.schema(
    [
        *(
            pa.field(name, pa.string(), nullable=False)
            for name in ("place", "line", "author", "date", "note")
        ),
        pa.field("points", pa.float64(), nullable=False),
        pa.field("pmid", pa.string()),
    ]
)
"""Sorted by place, line, date and author; `place` is ``22-18900001-19900000-DEL``."""

COLUMNS = ("copy_number", "line", "points", "author", "date", "pmid", "note")
_POINTS = re.compile(r"-?[01]\.\d{1,2}")
_PMID = re.compile(r"\d{4,9}(;\d{4,9})*")
_ORDER = ("place", "line", "date", "author", "points", "note")


def build_points(path: Path, folder: Path) -> int:
    """Write ``points.parquet`` and return its rows; ReleaseError for a row that is not right."""
    rows = list(_rows(path))
    if not rows:
        raise ReleaseError(f"{path.name} has no entry")
    rows.sort(key=lambda row: tuple(str(row[name]) for name in _ORDER))
    return write_table(pa.Table.from_pylist(rows, POINTS_SCHEMA), folder / POINTS_FILE)


def read_points(folder: Path, *, constructed: bool = False) -> dict[str, CuratedLines]:
    """Read a release by place."""
    found: dict[str, list[CuratedLine]] = {}
    for row in read_table(folder / POINTS_FILE, POINTS_SCHEMA).to_pylist():
        line = CuratedLine(row["line"], row["points"], row["author"], row["date"], row["pmid"])
        found.setdefault(row["place"], []).append(line)
    return {place: CuratedLines(tuple(lines), constructed) for place, lines in found.items()}


def look_up_points(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the entries of a place, as lines of text; None when there are none."""
    found = read_points(folder).get(key)
    return None if found is None else {"entries": [_line(line) for line in found.lines]}


def changed_points(old: Path, new: Path) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, by place; no recorded read has such a key."""
    before, after = read_points(old), read_points(new)
    changes = [
        Change(place, of_whole(was, now), _text(was), _text(now))
        for place in sorted(before.keys() | after.keys())
        if (was := before.get(place)) != (now := after.get(place))
    ]
    return changes_table(POINTS, changes)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, ...]] = set()
    for number, row in read_rows(path, "\t", COLUMNS):
        cells = tuple(row[name] for name in COLUMNS)
        if cells in seen:
            raise ReleaseError(f"{path.name}:{number}: an entry that is there already")
        seen.add(cells)
        yield _row(path, number, row)


def _row(path: Path, number: int, row: Row) -> dict[str, Any]:
    try:
        place = CopyNumber.parse(row["copy_number"])
    except ValueError as error:
        raise ReleaseError(f"{path.name}:{number}: copy_number: {error}") from None
    if row["line"] not in CURATED:
        raise unknown_word(path, number, "line", row["line"])
    if not _POINTS.fullmatch(row["points"]):
        raise ReleaseError(f"{path.name}:{number}: points {shown(row['points'])}: write -0.45")
    if not row["author"]:
        raise ReleaseError(f"{path.name}:{number}: an entry without an author")
    if row["pmid"] and not _PMID.fullmatch(row["pmid"]):
        raise unknown_word(path, number, "pmid", row["pmid"])
    return {
        "place": place.place,
        "line": row["line"],
        "points": float(row["points"]),
        "author": row["author"],
        "date": checked_day(path, number, "date", row["date"]).isoformat(),
        "pmid": row["pmid"] or None,
        "note": row["note"],
    }


def _text(found: CuratedLines | None) -> str | None:
    return None if found is None else "; ".join(map(_line, found.lines))


def _line(line: CuratedLine) -> str:
    return f"{line.code} {line.points:+.2f} ({line.author}, {line.date})"
