"""Which of a family's alleles the store keeps: what a moved fact could make a candidate.

Kept are the alleles without a usable frequency or with one that is at most the limit (by the
measure of the gate, or in the group where it is highest), those that ClinVar or the laboratory's
list knows, those that a gate opened for today, and those of the proband that both parents lack.
Beside them *context*: other alleles in a coding part of a transcript in which a kept one lies, for
what alleles of one haplotype mean together.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

SPANS = {"transcript": pl.String, "chromosome": pl.String, "start": pl.Int64, "end": pl.Int64}
"""Coding parts of transcripts: 1-based, inclusive."""


def wanted(rows: pl.DataFrame, limit: float, trio: Sequence[str] = ()) -> Bools:
    """Return, row for row, whether an allele is kept for itself."""
    low = pl.min_horizontal("gate_frequency", "gate_known_frequency") <= limit
    known = pl.col("clinvar_significance").is_not_null() | pl.col("gate_listed")
    reason = low.fill_null(True) | known | pl.col("candidate")
    if trio:
        reason = reason | pl.lit(_new(rows["genotypes"], *trio))
    return rows.select(carried(rows) & reason).to_series().to_numpy()


def carried(rows: pl.DataFrame) -> pl.Series:
    """Return, row for row, whether anybody carries the allele; of half a call, reads tell."""
    calls = rows["genotypes"].explode(empty_as_null=True).struct
    copies, reads = calls.field("copies"), calls.field("alt_depth")
    has = (copies >= 1).fill_null(False) | (copies.is_null() & (reads > 0).fill_null(False))
    lengths = rows["genotypes"].list.len().cast(pl.Int64).to_numpy()
    # an empty list is one row of nothing when it is taken apart
    ends = np.cumsum(np.maximum(lengths, 1))
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(has.to_numpy())])
    return pl.Series(before[ends] > before[ends - np.maximum(lengths, 1)])


def context(rows: pl.DataFrame, kept: Bools, spans: pl.DataFrame) -> Bools:
    """Return, row for row, whether an allele begins in a coding part beside a kept one."""
    found = np.zeros(rows.height, bool)
    places = rows.select(
        pl.col("chromosome"),
        pl.col("position").cast(pl.Int64).alias("start"),
        (pl.col("position") + pl.col("ref").str.len_bytes().cast(pl.Int64) - 1).alias("end"),
    ).with_row_index("row")
    by_chromosome = {
        name: part for (name,), part in spans.group_by("chromosome", maintain_order=True)
    }
    for (chromosome,), here in places.group_by("chromosome", maintain_order=True):
        if chromosome in by_chromosome:
            at = here["row"].to_numpy()
            found[at] = _beside(here, kept[at], by_chromosome[chromosome])
    return found & ~kept


def _beside(places: pl.DataFrame, kept: Bools, spans: pl.DataFrame) -> Bools:
    """Tell for one chromosome. A coding part begins a base early, as an insertion before it does.

    A kept allele lies in a part that it overlaps; a neighbour begins in it.
    """
    starts, ends = places["start"].to_numpy(), places["end"].to_numpy()
    first, last = spans["start"].to_numpy() - 1, spans["end"].to_numpy()
    own = np.searchsorted(starts[kept], last, side="right") - np.searchsorted(
        np.sort(ends[kept]), first, side="left"
    )
    names = spans["transcript"]
    hit = names.filter(pl.Series(own > 0)).unique()
    chosen = names.is_in(hit.implode()).to_numpy()
    edges = np.zeros(starts.size + 1, np.int64)
    np.add.at(edges, np.searchsorted(starts, first[chosen], side="left"), 1)
    np.add.at(edges, np.searchsorted(starts, last[chosen], side="right"), -1)
    return np.cumsum(edges)[:-1] > 0


def _new(genotypes: pl.Series, proband: str, father: str, mother: str) -> pl.Series:
    """Return, row for row, whether the proband has one copy and both parents are called without."""
    people: list[str] = (
        genotypes[0].struct.field("person").to_list() if len(genotypes) else [proband]
    )
    copies = genotypes.explode(empty_as_null=False).struct.field("copies")

    def of(person: str) -> pl.Series:
        return copies.gather_every(len(people), people.index(person))

    if not {proband, father, mother} <= set(people):
        return pl.repeat(False, len(genotypes), dtype=pl.Boolean, eager=True)
    new = (of(proband) >= 1) & (of(father) == 0) & (of(mother) == 0)
    return new.fill_null(False)
