"""Which alleles cost which exon its function: nonsense, frameshift and canonical splice sites.

For a population's whole release, by columns. What is told of an allele is what its place and its
length say: an indel that VEP would move along a repeat is taken where it is written.
"""

from pathlib import Path

import numpy as np
import polars as pl

from varinterp.annotate.codons import nonsense_codons

NULL_SCHEMA = pl.Schema({"row": pl.UInt32, "transcript": pl.String, "exon": pl.Int32})
_SITE = 2
"""Bases of a canonical splice site."""


def coding_exons(transcripts: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each exon that encodes something, of a release's table of transcripts.

    ``transcript``, ``exon`` (1-based in transcript order), ``chromosome``, ``start`` and ``end``
    of its coding part, and of the splice sites at its two ends on the genome, null where there is
    none: ``left`` and ``right`` are their base next to the exon.
    """
    exons = transcripts.select(
        pl.col("id").alias("transcript"), "chromosome", "strand", "cds_start", "cds_end",
        "exon_starts", "exon_ends", pl.col("exon_starts").list.len().alias("exons"),
    ).explode("exon_starts", "exon_ends", empty_as_null=False)  # fmt: skip
    number = pl.int_range(1, pl.len() + 1).over("transcript").cast(pl.Int32)
    within = pl.col("start") <= pl.col("end")
    return (
        exons.with_columns(at=number)
        .with_columns(
            exon=pl.when(pl.col("strand") > 0).then("at").otherwise(pl.col("exons") + 1 - "at"),
            start=pl.max_horizontal("exon_starts", "cds_start").cast(pl.Int64),
            end=pl.min_horizontal("exon_ends", "cds_end").cast(pl.Int64),
            left=pl.when(pl.col("at") > 1).then(pl.col("exon_starts").cast(pl.Int64) - 1),
            right=pl.when(pl.col("at") < pl.col("exons")).then(
                pl.col("exon_ends").cast(pl.Int64) + 1
            ),
        )
        .filter(within)
        .select(
            "transcript", pl.col("exon").cast(pl.Int32), "chromosome", "start", "end", "left",
            "right",
        )
    )  # fmt: skip


def null_alleles(
    alleles: pl.DataFrame, transcripts: pl.DataFrame, fasta: Path
) -> tuple[pl.DataFrame, frozenset[str]]:
    """Return a row of `NULL_SCHEMA` for each allele and exon that it costs its function.

    `alleles` are those of one chromosome, by ascending position, with ``position``, ``ref`` and
    ``alt`` beside it; `row` counts them from 0. Beside it the transcripts whose codons cannot be
    counted.
    """
    exons = coding_exons(transcripts)
    places = alleles.select(
        "ref", "alt", *_changed(), row=pl.int_range(pl.len(), dtype=pl.UInt32),
        position=pl.col("position").cast(pl.Int64),
    )  # fmt: skip
    pairs = _pairs(exons, places)
    found = pairs.filter(_shifts() | _at_site("left", -1) | _at_site("right", 1))
    nonsense, unreadable = nonsense_codons(alleles, transcripts, fasta)
    stops = pairs.join(
        nonsense.select("transcript", "ref", "alt", pl.col("position").cast(pl.Int64)),
        on=["transcript", "position", "ref", "alt"],
        how="semi",
    )
    every = pl.concat([found, stops]).select("row", "transcript", "exon").cast(NULL_SCHEMA)
    return every.unique().sort("row", "transcript", "exon"), unreadable


def _changed() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """First and last reference base that changes, and whether the allele only inserts.

    An insertion's two are its neighbours: it lies between them.
    """
    ref, alt = pl.col("ref").str.len_bytes(), pl.col("alt").str.len_bytes()
    position = pl.col("position").cast(pl.Int64)
    inserts = (ref == 1) & (alt > 1)
    anchored = (ref > 1) & (alt == 1)
    last = pl.when(inserts).then(position + 1).otherwise(position + ref.cast(pl.Int64) - 1)
    return (
        pl.when(anchored).then(position + 1).otherwise(position).alias("first"),
        last.alias("last"),
        inserts.alias("inserts"),
    )


def _pairs(exons: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Return every pair of an exon and an allele that may touch it or its splice sites."""
    longest = places.select((pl.col("last") - pl.col("position")).max()).item() or 0
    positions = places["position"].to_numpy()
    reach = exons.select(
        low=pl.min_horizontal("start", "left") - _SITE - longest,
        high=pl.max_horizontal("end", "right") + _SITE,
    )
    first = np.searchsorted(positions, reach["low"].to_numpy(), side="left")
    after = np.searchsorted(positions, reach["high"].to_numpy(), side="right")
    sizes = np.maximum(after - first, 0)
    exon = np.repeat(np.arange(exons.height), sizes)
    row = np.arange(int(sizes.sum())) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    return exons[exon].hstack(places[row])


def _shifts() -> pl.Expr:
    """Whether the frame shifts, with all that changes inside the coding part."""
    length = pl.col("alt").str.len_bytes().cast(pl.Int64) - pl.col("ref").str.len_bytes()
    inside = (pl.col("first") >= pl.col("start")) & (pl.col("last") <= pl.col("end"))
    return (length % 3 != 0) & inside


def _at_site(side: str, step: int) -> pl.Expr:
    """Whether one of the two bases of a splice site changes, or an insertion parts them."""
    near, far = pl.col(side), pl.col(side) + step * (_SITE - 1)
    low, high = pl.min_horizontal(near, far), pl.max_horizontal(near, far)
    touches = (pl.col("first") <= high) & (pl.col("last") >= low)
    parts = (pl.col("first") == low) & (pl.col("last") == high)
    return pl.when(pl.col("inserts")).then(parts).otherwise(touches).fill_null(False)
