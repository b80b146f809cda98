"""Mondo's exact matches with OMIM and Orphanet, from its SSSOM tables: ``mappings.parquet``.

An SSSOM table has its metadata in lines of ``#``, then columns; read in those of Mondo 2026-08-04.
Format: https://mapping-commons.github.io/sssom/; Vasilevsky 2022 (Mondo, medRxiv 2022.04.13).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.sources.link_changes import changes_table
from varinterp.sources.material import Built
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import Row, read_records, rows_under, unknown_word
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.rules import Rules

MAPPINGS = "mappings.parquet"
MAPPINGS_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in ("mondo", "name", "disease")]
)
COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification")
EXACT = "skos:exactMatch"
OBSOLETE = "obsolete "
_MONDO = re.compile(r"MONDO:\d{7}")
_OTHER = re.compile(r"(OMIM|OMIMPS|ORPHA):(PS)?\d+")
_VERSION = re.compile(r"#\s*mapping_set_version: \S*/releases/(\d{4}-\d{2}-\d{2})/\S*")


@dataclass(frozen=True, slots=True)
class Mappings:
    """Exact matches, both ways, and Mondo's name of each disease."""

    exact: Mapping[str, tuple[str, ...]]
    mondo: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


def build_mappings(omim: Path, orphanet: Path, folder: Path) -> Built:
    """Write ``mappings.parquet``; raise ReleaseError for another predicate or a malformed id."""
    set_aside: Counter[str] = Counter()
    stated: list[date] = []
    found = chain.from_iterable(_matches(path, set_aside, stated) for path in (omim, orphanet))
    rows = sorted(set(found))
    if len(set(stated)) > 1:
        raise ReleaseError(f"{omim.name} and {orphanet.name} are of two releases of Mondo")
    columns = dict(zip(MAPPINGS_SCHEMA.names, zip(*rows, strict=True), strict=True)) if rows else {}
    table = (
        pa.table({name: list(values) for name, values in columns.items()}, schema=MAPPINGS_SCHEMA)
        if rows
        else MAPPINGS_SCHEMA.empty_table()
    )
    written = write_table(table, folder / MAPPINGS)
    counts = {"mappings": len(rows), "diseases": len({row[0] for row in rows})}
    for prefix in ("OMIM", "ORPHA"):
        counts[prefix.lower()] = sum(row[2].startswith(f"{prefix}:") for row in rows)
    return Built({MAPPINGS: written}, counts, dict(set_aside))


def read_mappings(folder: Path) -> Mappings:
    """Read the exact matches of a release."""
    exact: defaultdict[str, list[str]] = defaultdict(list)
    mondo: defaultdict[str, list[str]] = defaultdict(list)
    names = {}
    for row in read_table(folder / MAPPINGS, MAPPINGS_SCHEMA).to_pylist():
        exact[row["mondo"]].append(row["disease"])
        mondo[row["disease"]].append(row["mondo"])
        names[row["mondo"]] = row["name"]
    return Mappings(_frozen(exact), _frozen(mondo), names)


def look_up_mapping(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what an id of Mondo, OMIM or Orphanet is exactly the same as; None when nothing."""
    mappings = read_mappings(folder)
    return _rows(mappings).get(key)


def changed_mappings(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, from both sides; no rule has a say in it."""
    before, after = _rows(read_mappings(old)), _rows(read_mappings(new))
    return changes_table("mondo", changed_rows(before, after, _text, lambda old, new: iter(())))


def _rows(mappings: Mappings) -> dict[str, Mapping[str, Any]]:
    there: dict[str, Mapping[str, Any]] = {
        key: {"name": mappings.names[key], "exact": list(same)}
        for key, same in mappings.exact.items()
    }
    return there | {key: {"name": "", "exact": list(same)} for key, same in mappings.mondo.items()}


def _text(row: Mapping[str, Any]) -> str:
    return f"{row['name']} = {', '.join(row['exact'])}".strip()


def _matches(
    path: Path, set_aside: Counter[str], stated: list[date]
) -> Iterator[tuple[str, str, str]]:
    records = read_records(path, "\t")
    for line, cells in records:
        version = _VERSION.fullmatch(cells[0]) if cells else None
        if version:
            stated.append(date.fromisoformat(version[1]))
        if cells and not cells[0].startswith("#"):
            for number, row in rows_under(path, (line, cells), records, COLUMNS):
                if row["subject_label"].startswith(OBSOLETE):
                    set_aside["obsolete"] += 1
                else:
                    yield _match(path, number, row)


def _match(path: Path, line: int, row: Row) -> tuple[str, str, str]:
    other = row["object_id"].replace("Orphanet:", "ORPHA:")
    for column, shape, word in (
        ("subject_id", _MONDO, row["subject_id"]),
        ("object_id", _OTHER, other),
    ):
        if not shape.fullmatch(word):
            raise unknown_word(path, line, column, word)
    if row["predicate_id"] != EXACT:
        raise unknown_word(path, line, "predicate_id", row["predicate_id"])
    return row["subject_id"], row["subject_label"], other


def _frozen(lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(values)) for key, values in lists.items()}
