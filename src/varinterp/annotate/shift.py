"""The other end of an insertion's or deletion's repeat: its right-most place on the genome.

An allele's key is its left-most form. HGVS names the 3′-most one on the transcript, which on a
forward transcript is the right-most; where the two lie on different sides of an exon's edge, what
the allele does differs too (den Dunnen 2016, PMID 26931183).
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pysam

from varinterp.annotate.reference_contigs import contig_of
from varinterp.model.chromosome import Chromosome

SHIFTED_SCHEMA = pl.Schema(
    {
        "chromosome": pl.String,
        "position": pl.Int64,
        "ref": pl.String,
        "alt": pl.String,
        "shifted_position": pl.Int64,
        "shifted_ref": pl.String,
        "shifted_alt": pl.String,
    }
)
_ALLELE = ["chromosome", "position", "ref", "alt"]
_AHEAD = 1000

Bases = Callable[[int, int], str]
"""Returns the bases from one position to another, 1-based inclusive, fewer at the end."""


def shifted_right(alleles: pl.DataFrame, fasta: Path) -> pl.DataFrame:
    """Return a row of `SHIFTED_SCHEMA` for each insertion or deletion that has another place.

    `alleles` has chromosome, position, ref and alt, normalised (left-most, anchored on the base
    before). Loops over insertions and deletions: meant for candidates, not for a genome.
    """
    sized = alleles.filter(pl.col("ref").str.len_bytes() != pl.col("alt").str.len_bytes())
    with pysam.FastaFile(str(fasta)) as reference:
        rows = [
            (chromosome, position, ref, alt, *moved)
            for chromosome, position, ref, alt in sized.select(_ALLELE).iter_rows()
            if (moved := right_most(position, ref, alt, _bases(reference, chromosome))) is not None
        ]
    return pl.DataFrame(rows, schema=SHIFTED_SCHEMA, orient="row")


def right_most(position: int, ref: str, alt: str, bases: Bases) -> tuple[int, str, str] | None:
    """Return the right-most form of an anchored allele; None when it has one place only."""
    if (len(ref) > 1 and len(alt) > 1) or ref[0] != alt[0]:
        return None
    moving = ref[1:] or alt[1:]
    first = position + len(ref)
    steps = 0
    for base in _ahead(first, bases):
        if base != moving[0]:
            break
        moving, steps = moving[1:] + moving[0], steps + 1
    if not steps:
        return None
    at = position + steps
    anchor = bases(at, at)
    long = anchor + moving
    return (at, long, anchor) if len(ref) > len(alt) else (at, anchor, long)


def _ahead(position: int, bases: Bases) -> Iterator[str]:
    """Yield the bases from a position on, to the end of the chromosome."""
    while part := bases(position, position + _AHEAD - 1):
        yield from part
        position += _AHEAD


def _bases(reference: pysam.FastaFile, chromosome: str) -> Bases:
    contig = contig_of(reference, Chromosome(chromosome))
    return lambda start, end: str(reference.fetch(contig, start - 1, end)).upper()
