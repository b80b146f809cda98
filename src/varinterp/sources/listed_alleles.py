"""A release of a laboratory's founder and regional alleles: `listed.parquet`, one row an allele."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.model.canonical import to_json
from varinterp.model.facts import LISTED
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import (
    ListedAllele,
    Listing,
    RateMeasure,
)
from varinterp.model.variant import Allele
from varinterp.sources.keyed import (
    ALLELE_FIELDS,
    allele_cells,
    allele_text,
    changed_values,
    read_keyed,
)
from varinterp.sources.listed_rows import ListedRow
from varinterp.sources.parquet import KEYED_GROUP, read_table, write_table

LISTED_FILE = "listed.parquet"
_TEXTS = (
    "source_list", "hgnc", "disease", "inheritance", "region", "measure", "rate", "curator",
    "date", "reason",
)  # fmt: skip
_LISTING = pa.struct(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in _TEXTS),
        pa.field("overrides", pa.list_(pa.string()), nullable=False),
        pa.field("pmid", pa.string()),
        pa.field("expires", pa.string()),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
LISTED_SCHEMA = pa.schema(
    [*ALLELE_FIELDS, pa.field("listings", pa.list_(_LISTING), nullable=False)]
)
"""Sorted by key. `listings` are in order of list, gene, disease, mode and region."""


def write_listed(rows: Iterable[ListedRow], folder: Path) -> int:
    """Write a release's file and return its rows, one an allele."""
    listings: dict[Allele, list[Listing]] = {}
    for row in rows:
        listings.setdefault(row.allele, []).append(row.listing)
    cells = [
        allele_cells(allele) | {"listings": [to_json(each) for each in sorted(found, key=_order)]}
        for allele, found in listings.items()
    ]
    cells.sort(key=lambda row: (row["key"], row["ref"], row["alt"]))
    table = pa.Table.from_pylist(cells, LISTED_SCHEMA)
    return write_table(table, folder / LISTED_FILE, group=KEYED_GROUP)


def read_listed(folder: Path, keys: pl.Series) -> dict[str, ListedAllele]:
    """Return the listings of the alleles that have these keys, by the allele's text."""
    return _values(_rows(folder, keys).to_dicts())


def is_listed(folder: Path, alleles: pl.DataFrame) -> pl.Series:
    """Tell for each allele (``key``, ``ref``, ``alt``), row for row, whether the list has it."""
    place = ["key", "ref", "alt"]
    found = _rows(folder, alleles["key"]).select(*place, pl.lit(True).alias("listed"))
    marked = alleles.select(place).join(found, on=place, how="left", maintain_order="left")
    return marked["listed"].fill_null(False)


def changed_listings(old: Path, new: Path) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`: alleles that came, went, or are said otherwise."""
    before, after = _every(old), _every(new)
    return changed_values(LISTED.source, before, after, _text)


def _rows(folder: Path, keys: pl.Series) -> pl.DataFrame:
    return read_keyed(folder / LISTED_FILE, LISTED_SCHEMA, keys)


def _every(folder: Path) -> dict[str, ListedAllele]:
    return _values(read_table(folder / LISTED_FILE, LISTED_SCHEMA).to_pylist())


def _values(rows: Iterable[Mapping[str, Any]]) -> dict[str, ListedAllele]:
    return {
        allele_text(row): ListedAllele(tuple(_listing(cells) for cells in row["listings"]))
        for row in rows
    }


def _listing(cells: Mapping[str, Any]) -> Listing:
    return Listing(
        **{
            **cells,
            "inheritance": Inheritance(cells["inheritance"]),
            "measure": RateMeasure(cells["measure"]),
            "overrides": tuple(cells["overrides"]),
        }
    )


def _order(listing: Listing) -> tuple[str, ...]:
    return (
        listing.source_list, listing.hgnc, listing.disease, listing.inheritance, listing.region
    )  # fmt: skip


def _text(value: ListedAllele) -> str:
    return " | ".join(
        f"{each.source_list}: {each.disease}, {each.region}, {each.rate}, "
        f"{';'.join(each.overrides)} ({each.curator}, {each.date})"
        for each in value.listings
    )
