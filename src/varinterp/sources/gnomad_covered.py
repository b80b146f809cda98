"""Where a population resource looked well enough for the absence of an allele to mean rarity.

`covered.parquet` lists the stretches. A position in none of them is not covered: the resource has
nothing to say about it.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.parquet import read_frame

COVERED = "covered.parquet"
COVERED_SCHEMA = pa.schema(
    [
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
"""1-based inclusive stretches, in any order; they may touch or overlap."""

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_CODES: Mapping[str, int] = {chromosome.value: chromosome.code for chromosome in Chromosome}
_SHIFT = 28
Spans = tuple[Ints, Ints, Flags]
"""Ascending starts and ends in genome order (`place`), and which stretches are constructed."""


def covered(folder: Path, alleles: pl.DataFrame) -> pl.DataFrame:
    """Tell for each allele whether the resource covers the whole of its REF.

    `alleles` has ``chromosome``, ``position`` and ``ref``. Returns, row for row, ``covered`` and
    ``constructed``: whether that answer rests on a constructed stretch, or, where nothing covers
    the allele, on a table that has any.
    """
    starts, ends, made_up = read_spans(folder)
    first = place(alleles["chromosome"], alleles["position"])
    last = first + alleles["ref"].str.len_bytes().cast(pl.Int64).to_numpy() - 1
    if not starts.size:
        inside = np.zeros(alleles.height, dtype=bool)
        return pl.DataFrame({"covered": inside, "constructed": inside})
    span = np.maximum(np.searchsorted(starts, first, side="right") - 1, 0)
    inside = (starts[span] <= first) & (ends[span] >= last)
    return pl.DataFrame(
        {"covered": inside, "constructed": np.where(inside, made_up[span], made_up.any())}
    )


def read_spans(folder: Path) -> Spans:
    """Return a release's stretches, joined where they touch; ReleaseError for what is none."""
    path = folder / COVERED
    table = read_frame(path, COVERED_SCHEMA)
    good = (
        pl.col("chromosome").is_in(list(_CODES))
        & (pl.col("start") >= 1)
        & (pl.col("start") <= pl.col("end"))
    )
    bad = table.with_row_index("row", offset=1).filter(~good)["row"]
    if len(bad):
        raise ReleaseError(f"{path}, row {bad[0]}: not a stretch of a primary chromosome")
    return _merged(table)


def place(chromosome: pl.Series, position: pl.Series) -> Ints:
    """Return chromosome and position as one number, in genome order."""
    codes = chromosome.replace_strict(_CODES, return_dtype=pl.Int64).to_numpy()
    places: Ints = (codes << _SHIFT) + position.cast(pl.Int64).to_numpy()
    return places


def named(starts: Ints, ends: Ints) -> pl.DataFrame:
    """Return ``chromosome``, ``start`` and ``end`` of places."""
    names = pl.Series(["", *_CODES])
    return pl.DataFrame(
        {
            "chromosome": names.gather(starts >> _SHIFT),
            "start": (starts & ((1 << _SHIFT) - 1)).astype(np.int32),
            "end": (ends & ((1 << _SHIFT) - 1)).astype(np.int32),
        }
    )


def _merged(table: pl.DataFrame) -> Spans:
    spans = pl.DataFrame(
        {
            "start": place(table["chromosome"], table["start"]),
            "end": place(table["chromosome"], table["end"]),
            "constructed": table["constructed"],
        }
    ).sort("start", "end")
    apart = pl.col("start") > pl.col("end").cum_max().shift(1) + 1
    joined = (
        spans.with_columns(apart.fill_null(True).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(pl.col("start").min(), pl.col("end").max(), pl.col("constructed").any())
    )
    return (
        joined["start"].to_numpy(),
        joined["end"].to_numpy(),
        joined["constructed"].to_numpy(),
    )
