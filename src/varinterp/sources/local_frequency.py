"""A release of a laboratory's own counts: `counts.parquet`, one row an allele, no people in it.

A count from 1 to `smallest` - 1 is not stored: next to a patient's report it could tell who
another patient is. It is null, and its name is in `hidden`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.model.change import ChangeKind
from varinterp.model.facts import (
    LOCAL,
)
from varinterp.model.population import (
    LocalFrequency,
)
from varinterp.sources.frame_changes import came_or_went
from varinterp.sources.keyed import ALLELE_FIELDS, allele_text, read_keyed
from varinterp.sources.local_counts import COUNTS
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import KEYED_GROUP, read_frame, write_table
from varinterp.sources.rules import Rules

COUNTS_FILE = "counts.parquet"
HIDEABLE = tuple(name for name in COUNTS if name != "an")
_VALUES = (*COUNTS, "hidden", "smallest", "constructed")
LOCAL_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("ac", pa.int32()),
        pa.field("an", pa.int32(), nullable=False),
        pa.field("homozygotes", pa.int32()),
        pa.field("affected", pa.int32()),
        pa.field("unaffected", pa.int32()),
        pa.field("hidden", pa.list_(pa.string()), nullable=False),
        pa.field("smallest", pa.int32(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
"""Sorted by key. `affected` and `unaffected` are carriers."""

_PLACE = ("key", "chromosome", "position", "ref", "alt")
LIMITS = ("population.local_common", "population.ba1", "population.bs1")
"""The rules' limits whose crossing is a kind of change of its own."""


def write_local(counts: pl.DataFrame, folder: Path, smallest: int, *, constructed: bool) -> int:
    """Write a release's file and return its rows; small counts are left out on the way.

    `counts` is sorted by key and has an allele once: ``key``, its columns and `COUNTS`.
    """
    table = hide(counts, smallest).with_columns(
        pl.lit(smallest, dtype=pl.Int32).alias("smallest"),
        pl.lit(constructed).alias("constructed"),
    )
    stored = table.select(LOCAL_SCHEMA.names).to_arrow().cast(LOCAL_SCHEMA)
    return write_table(stored, folder / COUNTS_FILE, group=KEYED_GROUP)


def hide(counts: pl.DataFrame, smallest: int) -> pl.DataFrame:
    """Return counts without those from 1 to `smallest` - 1, which ``hidden`` names."""
    small = {name: pl.col(name).is_between(1, smallest - 1).fill_null(False) for name in HIDEABLE}
    names = [pl.when(is_small).then(pl.lit(name)) for name, is_small in small.items()]
    return counts.with_columns(
        pl.concat_list(names).list.drop_nulls().alias("hidden"),
        *(pl.when(~is_small).then(pl.col(name)).alias(name) for name, is_small in small.items()),
    )


def read_local(folder: Path, keys: pl.Series) -> dict[str, LocalFrequency]:
    """Return the counts of the alleles that have these keys, by the allele's text."""
    frame = read_keyed(folder / COUNTS_FILE, LOCAL_SCHEMA, keys)
    return {allele_text(row): _frequency(row) for row in frame.iter_rows(named=True)}


def changed_counts(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`: every allele whose counts are not the same."""
    both = _every(old, "old").join(
        _every(new, "new"), on=list(_PLACE), how="full", coalesce=True, nulls_equal=True
    )
    same = pl.all_horizontal(
        pl.col(f"old_{name}").eq_missing(pl.col(f"new_{name}")) for name in _VALUES
    )
    changed = both.filter(~same)
    return (
        changed.select(
            pl.lit(LOCAL.source).alias("source"),
            pl.format("{}-{}-{}-{}", "chromosome", "position", "ref", "alt").alias("key"),
            _kind([rules.number(name) for name in LIMITS]).alias("kind"),
            _text("old").alias("before"),
            _text("new").alias("after"),
            pl.col("key").alias("allele_key"),
        )
        .select(CHANGES_SCHEMA.names)
        .sort("source", "allele_key", "key", "kind")
    )


def _frequency(row: Mapping[str, Any]) -> LocalFrequency:
    cells = {name: row[name] for name in _VALUES}
    return LocalFrequency(**cells | {"hidden": tuple(row["hidden"])})


def _every(folder: Path, which: str) -> pl.DataFrame:
    table = read_frame(folder / COUNTS_FILE, LOCAL_SCHEMA)
    named = table.rename({name: f"{which}_{name}" for name in _VALUES})
    return named.with_columns(pl.col(f"{which}_hidden").list.join(";"))


def _kind(limits: list[float]) -> pl.Expr:
    """Name a change: a row that came or went, a limit crossed, counts moved, or the rest."""
    before = pl.col("old_ac") / pl.col("old_an")
    after = pl.col("new_ac") / pl.col("new_an")
    up = pl.any_horizontal((before <= limit) & (after > limit) for limit in limits)
    down = pl.any_horizontal((before > limit) & (after <= limit) for limit in limits)
    moved = pl.any_horizontal(
        pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}")) for name in ("ac", "an", "hidden")
    )
    return (
        came_or_went("old_an", "new_an")
        .when(up.fill_null(False))
        .then(pl.lit(ChangeKind.FREQUENCY_CROSSED_UP.value))
        .when(down.fill_null(False))
        .then(pl.lit(ChangeKind.FREQUENCY_CROSSED_DOWN.value))
        .when(moved)
        .then(pl.lit(ChangeKind.FREQUENCY_MOVED.value))
        .otherwise(pl.lit(ChangeKind.RESTATED.value))
    )


def _text(which: str) -> pl.Expr:
    """Write a row's counts as ``AC/AN``; null where there is no row."""
    few = pl.format("<{}", f"{which}_smallest")
    shown = pl.coalesce(pl.col(f"{which}_ac").cast(pl.String), few)
    return pl.when(pl.col(f"{which}_an").is_not_null()).then(
        pl.format("{}/{}", shown, f"{which}_an")
    )
