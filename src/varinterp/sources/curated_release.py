"""A release of curated entries: `curated.parquet`, one row an allele, and `history.parquet`.

Only entries that stand are looked up. The history has every entry that the list ever held, by id
and digest: the next release must hold them all.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.curation import Curations
from varinterp.model.reads import Fact
from varinterp.model.variant import Allele
from varinterp.sources.curated_kinds import ENTRY, FIELDS, Entry
from varinterp.sources.curated_list import entry_digest
from varinterp.sources.keyed import (
    ALLELE_FIELDS,
    allele_cells,
    allele_text,
    changed_values,
    read_keyed,
)
from varinterp.sources.parquet import KEYED_GROUP, read_table, write_table

CURATED_FILE = "curated.parquet"
HISTORY_FILE = "history.parquet"
CURATED_SCHEMA = pa.schema(
    [*ALLELE_FIELDS, pa.field("entries", pa.list_(pa.string()), nullable=False)]
)
"""Sorted by key. `entries` are JSON, one an entry, in order of date and id."""
HISTORY_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("digest", pa.string(), nullable=False),
    ]
)
"""Sorted by id."""


def write_curated(
    standing: Iterable[Entry], every: Iterable[Entry], folder: Path
) -> dict[str, int]:
    """Write a release's files and return their rows."""
    by_allele: dict[Allele, list[Entry]] = {}
    for entry in standing:
        by_allele.setdefault(entry.place, []).append(entry)
    rows = [_row(allele, entries) for allele, entries in by_allele.items()]
    rows.sort(key=lambda row: (row["key"], row["ref"], row["alt"]))
    table = pa.Table.from_pylist(rows, CURATED_SCHEMA)
    history = sorted((entry.id, entry_digest(entry)) for entry in every)
    columns = {"id": [name for name, _ in history], "digest": [said for _, said in history]}
    return {
        CURATED_FILE: write_table(table, folder / CURATED_FILE, group=KEYED_GROUP),
        HISTORY_FILE: write_table(pa.table(columns, HISTORY_SCHEMA), folder / HISTORY_FILE),
    }


def read_history(folder: Path) -> dict[str, str]:
    """Return the digest of every entry that a release's list held, by id."""
    table = read_table(folder / HISTORY_FILE, HISTORY_SCHEMA).to_pydict()
    return dict(zip(table["id"], table["digest"], strict=True))


def read_curated(folder: Path, keys: pl.Series) -> dict[str, Curations]:
    """Return what people observed of the alleles that have these keys, by the allele's text."""
    rows = read_keyed(folder / CURATED_FILE, CURATED_SCHEMA, keys)
    return _values(rows.to_dicts())


def changed_curated(fact: Fact[Curations], old: Path, new: Path) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`: alleles that came, went, or are said otherwise."""
    before, after = _every(old), _every(new)
    return changed_values(fact.source, before, after, _text)


def curations_of(entries: Iterable[Entry]) -> Curations:
    """Put the entries of an allele together, each kind in order of date and id."""
    found: dict[str, list[Any]] = {}
    ordered = sorted(entries, key=lambda entry: (entry.date, entry.id))
    for entry in ordered:
        found.setdefault(FIELDS[entry.kind], []).append(entry.observed())
    kinds = {name: tuple(values) for name, values in found.items()}
    return Curations(**kinds, constructed=any(entry.constructed for entry in ordered))


def _row(allele: Allele, entries: Iterable[Entry]) -> dict[str, Any]:
    ordered = sorted(entries, key=lambda entry: (entry.date, entry.id))
    return {
        **allele_cells(allele),
        "entries": [ENTRY.dump_json(each, exclude_defaults=True).decode() for each in ordered],
    }


def _every(folder: Path) -> dict[str, Curations]:
    return _values(read_table(folder / CURATED_FILE, CURATED_SCHEMA).to_pylist())


def _values(rows: Iterable[Mapping[str, Any]]) -> dict[str, Curations]:
    return {allele_text(row): curations_of(_entry(text) for text in row["entries"]) for row in rows}


def _entry(text: str) -> Entry:
    try:
        return ENTRY.validate_json(text)
    except ValueError as error:
        raise ReleaseError(
            f"{CURATED_FILE} holds an entry of another version; rebuild it"
        ) from error


def _text(value: Curations) -> str:
    counts = {kind: len(getattr(value, name)) for kind, name in FIELDS.items()}
    return ", ".join(f"{kind} {count}" for kind, count in counts.items() if count)
