"""Substitutions of a whole release in the motifs of splice sites, by whole columns.

PS1 by splicing compares an allele with what ClinVar knows in the same motif. The motifs are those
of GT–AG introns (`model.splice_site`), so that a site of any other intron has no rows.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pysam

from varinterp.annotate.codons import coding_changes, substitutions
from varinterp.annotate.reference_contigs import contig_of
from varinterp.model.chromosome import Chromosome
from varinterp.model.splice_site import DINUCLEOTIDE, MOTIFS, Side

SPLICE_MOTIFS_SCHEMA = pl.Schema(
    {
        "chromosome": pl.String,
        "position": pl.Int32,
        "ref": pl.String,
        "alt": pl.String,
        "transcript": pl.String,
        "exon": pl.Int32,
        "side": pl.String,
        "offset": pl.Int32,
        "changes_protein": pl.Boolean,
    }
)
"""Transcripts with versions; exons 1-based; `offset` as `splice_site.MotifPlace` counts it.
`changes_protein` is false outside the coding sequence and for a silent substitution, null where
the codons of the transcript cannot be read, and for an initiation codon."""
_ALLELE = ["position", "ref", "alt"]
_ENDS = {1: ("GT", "AG"), -1: ("CT", "AC")}
"""The first and the last two bases of a GT–AG intron on the genome, by the transcript's strand."""


def splice_motif_alleles(
    alleles: pl.DataFrame, transcripts: pl.DataFrame, fasta: Path
) -> pl.DataFrame:
    """Return a row of `SPLICE_MOTIFS_SCHEMA` for each substitution and motif in which it lies.

    `alleles` has chromosome, position, ref and alt; `transcripts` is the table of a release and
    `fasta` is indexed. Rows come by chromosome, position, ALT, transcript, exon and side.
    """
    parts = [pl.DataFrame(schema=SPLICE_MOTIFS_SCHEMA)]
    snvs = substitutions(alleles)
    with pysam.FastaFile(str(fasta)) as reference:
        for chromosome in Chromosome:
            here = snvs.filter(pl.col("chromosome") == chromosome.value)
            models = transcripts.filter(pl.col("chromosome") == chromosome.value)
            if here.height and models.height:
                placed = _placed(here, _motifs(models))
                usual = _of_usual_introns(placed, reference, chromosome)
                parts.append(_with_protein(usual, models, fasta))
    return pl.concat(parts)


def _motifs(models: pl.DataFrame) -> pl.DataFrame:
    """One row a splice site: its exon's edge, which way the intron lies, and the motif's bounds."""
    exons = (
        models.select(
            pl.col("id").alias("transcript"), "strand", "cds_start", "cds_end",
            pl.col("exon_starts").alias("start"), pl.col("exon_ends").alias("end"),
        )
        .explode("start", "end", empty_as_null=False)
        .sort("transcript", "start")
        .with_columns(
            before=pl.col("end").shift(1).over("transcript"),
            after=pl.col("start").shift(-1).over("transcript"),
            place=pl.int_range(1, pl.len() + 1).over("transcript"),
            exons=pl.len().over("transcript"),
        )
        .with_columns(
            exon=pl.when(pl.col("strand") > 0)
            .then("place")
            .otherwise(pl.col("exons") + 1 - pl.col("place"))
        )
    )  # fmt: skip
    return pl.concat([_of_side(exons, side, way) for side in Side for way in (1, -1)]).sort("low")


def _of_side(exons: pl.DataFrame, side: Side, way: int) -> pl.DataFrame:
    """Return the sites of one side whose intron lies to the right (1) or to the left (-1)."""
    strand = way if side is Side.DONOR else -way
    reach = MOTIFS[side]
    right = way > 0
    inner, outer = reach.exon - 1, reach.intron
    edge = pl.col("end") if right else pl.col("start")
    beyond = pl.col("after") if right else pl.col("before")
    return (
        exons.filter((pl.col("strand") == strand) & beyond.is_not_null())
        .with_columns(edge=edge, beyond=beyond)
        .select(
            "transcript", "strand", "cds_start", "cds_end",
            pl.col("exon").cast(pl.Int32),
            "edge",
            pl.lit(side.value).alias("side"),
            pl.lit(way, pl.Int32).alias("way"),
            low=pl.col("edge") - (inner if right else outer),
            high=pl.col("edge") + (outer if right else inner),
            intron_start=pl.min_horizontal("edge", "beyond") + 1,
            intron_end=pl.max_horizontal("edge", "beyond") - 1,
        )
    )  # fmt: skip


def _placed(snvs: pl.DataFrame, motifs: pl.DataFrame) -> pl.DataFrame:
    """Return every pair of a substitution, by position, and a motif that it lies in."""
    positions = snvs["position"].to_numpy()
    first = np.searchsorted(positions, motifs["low"].to_numpy(), side="left")
    after = np.searchsorted(positions, motifs["high"].to_numpy(), side="right")
    sizes = after - first
    motif = np.repeat(np.arange(motifs.height), sizes)
    row = np.arange(motif.size) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    into = (pl.col("position") - pl.col("edge")) * pl.col("way")
    pairs: pl.DataFrame = snvs[row].hstack(motifs[motif])
    return pairs.with_columns(offset=pl.when(into > 0).then(into).otherwise(into - 1))


def _of_usual_introns(
    placed: pl.DataFrame, reference: pysam.FastaFile, chromosome: Chromosome
) -> pl.DataFrame:
    """Leave out what lies beside an intron that does not begin with GT and end with AG."""
    bounds = ["intron_start", "intron_end", "strand"]
    introns = placed.select(bounds).unique().sort(bounds)
    contig = contig_of(reference, chromosome) if introns.height else ""
    usual = pl.Series(list(_usual(introns, reference, contig)), dtype=pl.Boolean)
    return placed.join(introns.filter(usual), on=bounds, how="semi", maintain_order="left")


def _usual(introns: pl.DataFrame, reference: pysam.FastaFile, contig: str) -> Iterator[bool]:
    for start, end, strand in introns.iter_rows():
        left = reference.fetch(contig, start - 1, start - 1 + DINUCLEOTIDE)
        right = reference.fetch(contig, end - DINUCLEOTIDE, end)
        yield (left.upper(), right.upper()) == _ENDS[strand]


def _with_protein(placed: pl.DataFrame, models: pl.DataFrame, fasta: Path) -> pl.DataFrame:
    """Tell of each pair whether it would change the protein, were splicing kept."""
    coding = (pl.col("offset") < 0) & pl.col("position").is_between("cds_start", "cds_end")
    changes = coding_changes(placed.filter(coding), models, fasta).select(
        *_ALLELE, "transcript", changed=pl.col("ref_aa") != pl.col("alt_aa")
    )
    told = placed.join(changes, on=[*_ALLELE, "transcript"], how="left", maintain_order="left")
    whether = pl.when(coding).then("changed").otherwise(pl.lit(False))
    named = told.with_columns(whether.alias("changes_protein"))
    return named.select(
        pl.col(name).cast(kind) for name, kind in SPLICE_MOTIFS_SCHEMA.items()
    ).sort("position", "alt", "transcript", "exon", "side")
