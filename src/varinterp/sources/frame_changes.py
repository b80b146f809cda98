"""Two releases' tables compared: the rows that came, went and changed, as `CHANGES_SCHEMA`."""

from collections.abc import Sequence

import polars as pl
from polars.expr.whenthen import ChainedThen

from varinterp.model.change import ChangeKind
from varinterp.sources.material import CHANGES_SCHEMA


def came_or_went(before: str, after: str) -> ChainedThen:
    """Begin to name a kind of change by two columns: null before is *added*, after *removed*."""
    return (
        pl.when(pl.col(before).is_null())
        .then(pl.lit(ChangeKind.ADDED.value))
        .when(pl.col(after).is_null())
        .then(pl.lit(ChangeKind.REMOVED.value))
    )


def as_changes(rows: pl.DataFrame, source: str, key: pl.Expr, moved: ChangeKind) -> pl.DataFrame:
    """Return rows with ``before`` and ``after`` as changes; `moved` are those that have both."""
    return rows.select(
        pl.lit(source).alias("source"),
        key.alias("key"),
        came_or_went("before", "after").otherwise(pl.lit(moved.value)).alias("kind"),
        "before",
        "after",
        pl.lit(None, pl.UInt64).alias("allele_key"),
    ).cast(pl.Schema(CHANGES_SCHEMA)).sort("key")  # fmt: skip


def differing(old: pl.DataFrame, new: pl.DataFrame, place: Sequence[str]) -> pl.DataFrame:
    """Return the places whose rows differ, and what is ``said`` of either as before and after."""
    values = [name for name in old.columns if name not in (*place, "said")]
    both = old.join(new, on=list(place), how="full", coalesce=True, suffix="_new")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_new")) for name in values)
    return both.filter(differs).rename({"said": "before", "said_new": "after"})
