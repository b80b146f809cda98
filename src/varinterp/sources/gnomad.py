"""A population frequency release: `frequencies.parquet`, and where absence from it means rarity.

`covered.parquet` lists the stretches where the resource looked well enough to see an allele.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.keyed import ALLELE_FIELDS, read_keyed
from varinterp.sources.lines import shown
from varinterp.sources.parquet import read_table

FREQUENCIES = "frequencies.parquet"
COVERED = "covered.parquet"
FREQUENCIES_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("ac", pa.int32(), nullable=False),
        pa.field("an", pa.int32(), nullable=False),
        pa.field("af", pa.float64(), nullable=False),
        pa.field("faf95", pa.float64()),
        pa.field("faf95_group", pa.string()),
        pa.field("group_max_af", pa.float64()),
        pa.field("nhomalt", pa.int32()),
        pa.field("hemizygotes", pa.int32()),
        pa.field("filters", pa.string(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
"""Sorted by key. `filters` is PASS or words of `FILTERS` joined by ``;``."""
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

PASS = "PASS"  # noqa: S105 - a filter's word
NOT_OBSERVED = "AC0"
"""No high-quality genotype carries the allele: it was not observed (gnomAD's VCF header)."""
FILTERS = frozenset(
    {
        NOT_OBSERVED, "AS_VQSR", "InbreedingCoeff", "RF",
        "EXOMES_FILTERED", "GENOMES_FILTERED", "BOTH_FILTERED",
    }
)  # fmt: skip
"""Filters of gnomAD 2.1 to 4.1, exomes, genomes and joint."""

Ints = NDArray[np.int64]
_CODES: Mapping[str, int] = {chromosome.value: chromosome.code for chromosome in Chromosome}


def read_frequencies(folder: Path, keys: pl.Series) -> pl.DataFrame:
    """Return the release's rows for some allele keys, in key order, with `FREQUENCIES_SCHEMA`.

    A long allele's key is a hash: compare REF and ALT. Raises ReleaseError for a filter that is
    not in `FILTERS` and for a table that is not what it should be.
    """
    path = folder / FREQUENCIES

    def check(table: pa.Table, first_row: int) -> None:
        _check_filters(table, first_row, path)

    return read_keyed(path, FREQUENCIES_SCHEMA, keys, check)


def covered(folder: Path, alleles: pl.DataFrame) -> pl.DataFrame:
    """Tell for each allele whether the resource covers the whole of its REF.

    `alleles` has ``chromosome``, ``position`` and ``ref``. Returns, row for row, ``covered`` and
    ``constructed``: whether that answer rests on a constructed stretch, or, where nothing covers
    the allele, on a table that has any.
    """
    table = pl.from_arrow(read_table(folder / COVERED, COVERED_SCHEMA))
    assert isinstance(table, pl.DataFrame)  # noqa: S101 - a table becomes a frame
    _check_spans(table, folder / COVERED)
    starts, ends, made_up = _merged(table)
    first = _place(alleles["chromosome"], alleles["position"])
    last = first + alleles["ref"].str.len_bytes().cast(pl.Int64).to_numpy() - 1
    if not starts.size:
        inside = np.zeros(alleles.height, dtype=bool)
        return pl.DataFrame({"covered": inside, "constructed": inside})
    span = np.maximum(np.searchsorted(starts, first, side="right") - 1, 0)
    inside = (starts[span] <= first) & (ends[span] >= last)
    return pl.DataFrame(
        {"covered": inside, "constructed": np.where(inside, made_up[span], made_up.any())}
    )


def _check_filters(table: pa.Table, first_row: int, path: Path) -> None:
    for text in table["filters"].unique().to_pylist():
        unknown = [] if text == PASS else sorted(set(text.split(";")) - FILTERS)
        if unknown:
            row = first_row + table["filters"].to_pylist().index(text) + 1
            raise ReleaseError(
                f"{path}, row {row}: unknown filter {shown(unknown[0])}; varinterp knows "
                f"PASS, {', '.join(sorted(FILTERS))}"
            )


def _check_spans(table: pl.DataFrame, path: Path) -> None:
    good = (
        pl.col("chromosome").is_in(list(_CODES))
        & (pl.col("start") >= 1)
        & (pl.col("start") <= pl.col("end"))
    )
    bad = table.with_row_index("row", offset=1).filter(~good)["row"]
    if len(bad):
        raise ReleaseError(f"{path}, row {bad[0]}: not a stretch of a primary chromosome")


def _place(chromosome: pl.Series, position: pl.Series) -> Ints:
    """Return chromosome and position as one number, in genome order."""
    codes = chromosome.replace_strict(_CODES, return_dtype=pl.Int64).to_numpy()
    places: Ints = (codes << 28) + position.cast(pl.Int64).to_numpy()
    return places


def _merged(table: pl.DataFrame) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Return starts and ends of stretches joined where they touch, and which are constructed."""
    spans = pl.DataFrame(
        {
            "start": _place(table["chromosome"], table["start"]),
            "end": _place(table["chromosome"], table["end"]),
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
