"""Substitutions of a small genome, and its transcripts as a release has them."""

from collections.abc import Sequence

import polars as pl

from small_genome import SmallGenome
from varinterp.model.transcript import Transcript

Site = tuple[int, str, str]


def table(*transcripts: Transcript, **columns: object) -> pl.DataFrame:
    rows = [
        {
            "id": one.id,
            "gene": one.gene,
            "chromosome": one.chromosome.value,
            "strand": one.strand,
            "exon_starts": sorted(exon.start for exon in one.exons),
            "exon_ends": sorted(exon.end for exon in one.exons),
            "cds_start": one.cds.start,
            "cds_end": one.cds.end,
        }
        for one in transcripts
    ]
    return pl.DataFrame(rows).with_columns(
        pl.lit(value).alias(key) for key, value in columns.items()
    )


def substitutions(genome: SmallGenome, places: Sequence[int]) -> list[Site]:
    bases = genome.bases
    return [(at, bases[at - 1], x) for at in places for x in "ACGT" if x != bases[at - 1]]


def frame(sites: Sequence[Site], chromosome: str = "22") -> pl.DataFrame:
    rows = [(chromosome, *site) for site in sites]
    return pl.DataFrame(rows, schema=["chromosome", "position", "ref", "alt"], orient="row")
