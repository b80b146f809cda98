"""Consequences at both ends of an insertion's or deletion's repeat, where they differ.

vepyr takes its terms at the place that it is given and its HGVS name at the 3′-most one. It is
asked about both places; the terms of the 3′ one are kept beside those of the allele's own where
they are others, and nobody chooses between them here.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa

from varinterp.annotate.shift import shifted_right
from varinterp.annotate.vep_cache import transcript_strands
from varinterp.model.chromosome import Chromosome

SHIFTED_FIELDS = (
    pa.field("shifted_terms", pa.list_(pa.string())),
    pa.field("shifted_p", pa.string()),
)
"""Terms and p. name at the 3′-most place; null where the terms are the allele's own."""

Annotate = Callable[[pl.DataFrame], pl.DataFrame]
_ALLELE = ["chromosome", "position", "ref", "alt"]
_CODES = {chromosome.value: chromosome.code for chromosome in Chromosome}


def at_both_places(
    alleles: pl.DataFrame, annotate: Annotate, cache: Path, reference: Path
) -> pl.DataFrame:
    """Return `annotate`'s consequences of normalised alleles, with `SHIFTED_FIELDS`.

    `annotate` is called once, with all places in genome order. On a reverse transcript the allele's
    own place is the 3′-most one.
    """
    own = alleles.select(pl.col("chromosome"), pl.col("position").cast(pl.Int64), "ref", "alt")
    moved = shifted_right(own, reference)
    other = moved.select(
        "chromosome", *(pl.col(f"shifted_{name}").alias(name) for name in _ALLELE[1:])
    )
    places = pl.concat([own, other]).unique()
    code = pl.col("chromosome").replace_strict(_CODES, return_dtype=pl.Int8)
    rows = annotate(places.sort(code, "position", "ref", "alt"))
    found = rows.join(own, on=_ALLELE, how="semi", maintain_order="left")
    places_of = _elsewhere(rows, moved, cache)
    both = found.join(places_of, on=[*_ALLELE, "transcript"], how="left", maintain_order="left")
    return both.with_columns(
        pl.when(~_same("terms", "shifted_terms")).then(pl.col(name)).alias(name)
        for name in ("shifted_terms", "shifted_p")
    )


def without_places(rows: pl.DataFrame) -> pl.DataFrame:
    """Give consequences that were made elsewhere the columns of `SHIFTED_FIELDS`, empty."""
    return rows.with_columns(
        pl.lit(None, dtype=pl.List(pl.String)).alias("shifted_terms"),
        pl.lit(None, dtype=pl.String).alias("shifted_p"),
    )


def _elsewhere(rows: pl.DataFrame, moved: pl.DataFrame, cache: Path) -> pl.DataFrame:
    """Return the consequences of the right-most places on forward transcripts, by own allele."""
    keys = [f"shifted_{name}" for name in _ALLELE[1:]]
    found = moved.join(
        rows.select(*_ALLELE, "transcript", "terms", "hgvs_p"),
        left_on=["chromosome", *keys],
        right_on=_ALLELE,
        how="inner",
    )
    forward = _forward(cache, found["chromosome"].unique())
    bare = pl.col("transcript").str.replace(r"\.\d+$", "")
    return found.filter(bare.is_in(forward)).select(
        *_ALLELE,
        "transcript",
        pl.col("terms").alias("shifted_terms"),
        pl.col("hgvs_p").alias("shifted_p"),
    )


def _forward(cache: Path, chromosomes: Iterable[str]) -> list[str]:
    """Return the ids, without versions, of the forward transcripts of some chromosomes."""
    parts = [transcript_strands(cache, Chromosome(name)) for name in sorted(chromosomes)]
    return sorted({name for part in parts for name, strand in part.items() if strand > 0})


def _same(one: str, other: str) -> pl.Expr:
    return pl.col(one).list.sort() == pl.col(other).list.sort()
