"""How often a population has loss-of-function alleles of each exon: `exons.parquet`.

Derived from a frequency release and a release of transcripts, so that an analysis looks one row up
where a protein is truncated without decay. An exon that was looked at and has no such allele has a
row of zeros; one without a row was not looked at.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from varinterp.model.change import ChangeKind
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import EXON_ALLELES, ExonAlleles
from varinterp.sources.frame_changes import as_changes, differing
from varinterp.sources.gnomad import FREQUENCIES_SCHEMA, PASS, open_frequencies
from varinterp.sources.gnomad_covered import place, read_spans
from varinterp.sources.gnomad_filters import filter_texts
from varinterp.sources.parquet import read_frame, write_table

EXONS = "exons.parquet"
EXONS_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("exon", pa.int32(), nullable=False),
        pa.field("alleles", pa.int32(), nullable=False),
        pa.field("highest", pa.float64(), nullable=False),
        pa.field("total", pa.float64(), nullable=False),
        pa.field("covered", pa.float64(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
"""Sorted by transcript (with version) and exon; fields as in `ExonAlleles`."""
LEAST_ALLELES = 2000
"""Alleles that a site must have been looked at in for its frequency to mean something, as BA1 has
it (Ghosh 2018, PMID 30311383)."""
_REACH = 64
"""Bases before an exon where a deletion that reaches into it may begin."""
_MEASURES = ("ac", "an", "af", "group_max_af", "filters", "constructed")
assert set(_MEASURES) <= set(FREQUENCIES_SCHEMA.names)  # noqa: S101 - columns of the pack


def alleles_near(folder: Path, chromosome: Chromosome, exons: pl.DataFrame) -> pl.DataFrame | None:
    """Return the rows that were seen at trustworthy sites in or just before some exons.

    `exons` has ``start`` and ``end`` of the coding parts, and ``left`` and ``right``, the splice
    sites' bases next to the exon (null for none). Returns ``chromosome``, ``position``, ``ref``,
    ``alt``, ``af``, ``highest`` (of a group or of everybody) and ``constructed``, by position; None
    where the release does not have the chromosome.
    """
    pack = open_frequencies(folder)
    names = list(pack.files)
    if chromosome not in pack.files or exons.is_empty():
        return None
    before = sum(pack.files[each].rows for each in names[: names.index(chromosome)])
    wanted = before + _rows(pack.files[chromosome].keys, chromosome, exons)
    found = pack.take(wanted, _MEASURES)
    seen = (
        (filter_texts(found["filters"]) == PASS)
        & (found["ac"] > 0)
        & (found["an"] >= LEAST_ALLELES)
    )
    return found.filter(seen.fill_null(False)).select(
        "chromosome", "position", "ref", "alt", "af",
        pl.max_horizontal("af", "group_max_af").alias("highest"),
        pl.col("constructed").cast(pl.Boolean),
    )  # fmt: skip


def count_exons(
    exons: pl.DataFrame, hits: pl.DataFrame, alleles: pl.DataFrame, shares: pl.Series
) -> pl.DataFrame:
    """Add up the alleles of each exon: `hits` pairs a row of `alleles` with transcript and exon.

    `shares` has the covered share of each of `exons`, row for row. Returns `EXONS_SCHEMA`.
    """
    values = alleles.select("af", "highest", "constructed").with_row_index("row")
    counted = (
        hits.join(values, on="row")
        .group_by("transcript", "exon")
        .agg(
            alleles=pl.len().cast(pl.Int32),
            highest=pl.col("highest").max(),
            total=pl.col("af").sort().sum().round(9),
            constructed=pl.col("constructed").any(),
        )
    )
    zero = {"alleles": 0, "highest": 0.0, "total": 0.0, "constructed": False}
    return (
        exons.select("transcript", "exon", covered=shares.round(4))
        .join(counted, on=["transcript", "exon"], how="left")
        .with_columns(pl.col(name).fill_null(value) for name, value in zero.items())
        .select(EXONS_SCHEMA.names)
    )


def covered_shares(folder: Path, exons: pl.DataFrame) -> pl.Series:
    """Return the share of each exon's coding bases that lies in a covered stretch."""
    starts, ends, _ = read_spans(folder)
    first = place(exons["chromosome"], exons["start"])
    last = place(exons["chromosome"], exons["end"])
    if not starts.size:
        return pl.Series(np.zeros(first.size))
    inside = np.concatenate([[0], np.cumsum(ends - starts + 1)])

    def up_to(places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Any:
        """Count the covered bases up to places, themselves counted."""
        span = np.searchsorted(starts, places, side="right") - 1
        beyond = np.minimum(places, ends[span]) - starts[span] + 1
        return np.where(span < 0, 0, inside[span] + beyond)

    return pl.Series((up_to(last) - up_to(first - 1)) / (last - first + 1))


def write_exons(parts: Iterable[pl.DataFrame], folder: Path) -> int:
    """Write a release's rows and return how many there are."""
    empty = pl.DataFrame(schema=pl.Schema(EXONS_SCHEMA))
    rows = pl.concat([empty, *(part.cast(pl.Schema(EXONS_SCHEMA)) for part in parts)])
    table = rows.sort("transcript", "exon").to_arrow().cast(EXONS_SCHEMA)
    return write_table(table, folder / EXONS)


def read_exons(folder: Path, transcripts: Iterable[str]) -> dict[str, ExonAlleles]:
    """Return what is known of the exons of transcripts, by ``transcript:exon``."""
    rows = _read(folder).filter(pl.col("transcript").is_in(sorted(set(transcripts))))
    return {
        f"{transcript}:{exon}": ExonAlleles(**values)
        for transcript, exon, values in (
            (row.pop("transcript"), row.pop("exon"), row) for row in rows.iter_rows(named=True)
        )
    }


def look_up_exon(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return the row of ``transcript:exon``; None when the exon was not looked at."""
    transcript, _, exon = key.rpartition(":")
    if not exon.isdecimal():
        return None
    rows = _read(folder).filter(transcript=transcript, exon=int(exon)).rows(named=True)
    return rows[0] if rows else None


def changed_exons(old: Path, new: Path) -> pl.DataFrame:
    """Return the exons whose row differs between two releases, as `CHANGES_SCHEMA`."""
    before, after = (_read(folder).with_columns(_said()) for folder in (old, new))
    rows = differing(before, after, ["transcript", "exon"])
    key = pl.format("{}:{}", "transcript", "exon")
    return as_changes(rows, EXON_ALLELES.source, key, ChangeKind.FREQUENCY_MOVED)


def _said() -> pl.Expr:
    text = "{} loss-of-function alleles, highest {}, together {}; {} covered"
    cells = [pl.col(name).cast(pl.String) for name in ("alleles", "highest", "total", "covered")]
    return pl.format(text, *cells).alias("said")


def _rows(
    keys: "np.ndarray[tuple[int], np.dtype[np.uint64]]", chromosome: Chromosome, exons: pl.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return the rows of a chromosome whose position is in or just before some exons, ascending."""
    spans = exons.select(
        low=(pl.min_horizontal("start", "left") - _REACH).clip(1),
        high=pl.max_horizontal("end", "right") + _REACH,
    ).sort("low")  # fmt: skip
    low, high = (
        np.uint64(chromosome.code << 59)
        | (spans[name].to_numpy().astype(np.uint64) << np.uint64(31))
        for name in ("low", "high")
    )
    # A key holds the position less one: below `low` here is before it, below `high` up to it.
    first = np.searchsorted(keys, low - np.uint64(1 << 31), side="left")
    after = np.searchsorted(keys, high, side="left")
    sizes = np.maximum(after - first, 0)
    shift = np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    rows: np.ndarray[tuple[int], np.dtype[np.int64]] = np.unique(np.arange(sizes.sum()) + shift)
    return rows


def _read(folder: Path) -> pl.DataFrame:
    return read_frame(folder / EXONS, EXONS_SCHEMA)
