"""Small tables of what somebody says of alleles: one row an allele, its value as canonical JSON.

Two releases compare as texts, whole columns at a time; a value is decoded only where it is asked
for, or where it differs.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.model.change import ChangeKind
from varinterp.model.variant import Allele
from varinterp.sources.keyed import ALLELE_FIELDS, allele_text, read_keyed
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import KEYED_GROUP, read_frame, write_table

NOTES = "notes.parquet"
NOTES_SCHEMA = pa.schema([*ALLELE_FIELDS, pa.field("value", pa.string(), nullable=False)])
"""Sorted by key, REF and ALT; `value` is a JSON object, its members in a fixed order."""

_PLACE = ["key", "ref", "alt"]
Value = Mapping[str, Any]
Kinds = Callable[[Value, Value], Iterator[ChangeKind]]
"""The ways in which two values that differ do so; none of them means *restated*."""


def write_notes(rows: pl.DataFrame, folder: Path) -> int:
    """Write a release's table and return its rows; an allele is there once."""
    table = rows.sort(_PLACE).select(NOTES_SCHEMA.names).to_arrow().cast(NOTES_SCHEMA)
    return write_table(table, folder / NOTES, group=KEYED_GROUP)


def read_notes(folder: Path, keys: pl.Series) -> dict[str, Value]:
    """Return the values of the alleles that have these keys, by the allele's text."""
    found = read_keyed(folder / NOTES, NOTES_SCHEMA, keys)
    return {allele_text(row): json.loads(row["value"]) for row in found.iter_rows(named=True)}


def lookup_note(folder: Path, key: str) -> Value | None:
    """Return what a release says of an allele; None when it says nothing."""
    keys = pl.Series([Allele.parse(key).key], dtype=pl.UInt64)
    return read_notes(folder, keys).get(key)


def note_changes(
    source: str, old: Path, new: Path, kinds: Kinds, text: Callable[[Value], str]
) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, under a source of facts."""
    before, after = (_whole(folder) for folder in (old, new))
    both = before.join(after, on=_PLACE, how="full", coalesce=True)
    differing = both.filter(pl.col("value").ne_missing(pl.col("value_right")))
    rows = [
        (source, key, kind.value, *(text(side) if side else None for side in sides), number)
        for number, key, *sides in _decoded(differing)
        for kind in _kinds(sides[0], sides[1], kinds)
    ]
    table = pl.DataFrame(rows, schema=pl.Schema(CHANGES_SCHEMA), orient="row")
    return table.sort("source", "allele_key", "key", "kind")


def _kinds(before: Value | None, after: Value | None, kinds: Kinds) -> list[ChangeKind]:
    if before is None:
        return [ChangeKind.ADDED]
    if after is None:
        return [ChangeKind.REMOVED]
    return list(kinds(before, after)) or [ChangeKind.RESTATED]


def _decoded(rows: pl.DataFrame) -> Iterator[tuple[int, str, Value | None, Value | None]]:
    for row in rows.iter_rows(named=True):
        side = "" if row["value"] is not None else "_right"
        place = f"{row[f'chromosome{side}']}-{row[f'position{side}']}"
        yield (
            row["key"],
            f"{place}-{row['ref']}-{row['alt']}",
            None if row["value"] is None else json.loads(row["value"]),
            None if row["value_right"] is None else json.loads(row["value_right"]),
        )


def _whole(folder: Path) -> pl.DataFrame:
    return read_frame(folder / NOTES, NOTES_SCHEMA)
