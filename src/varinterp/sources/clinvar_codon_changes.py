"""What differs at codons between two ClinVar releases, and in transcripts as a whole.

Codons hold the comparators of PS1, PM5 and PM1; a transcript's counts of pathogenic and benign
missense alleles (PP2) are derived from its codons, and so are their changes.
"""

from pathlib import Path

import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import PATHOGENIC
from varinterp.sources.clinvar import only, read_codons, read_missense_counts
from varinterp.sources.clinvar_comparators import CODON_DIGESTS, CODON_DIGESTS_SCHEMA
from varinterp.sources.clinvar_counted_changes import counted_changes
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.parquet import read_frame

SOURCE = "clinvar.codon"
MISSENSE = "clinvar.missense"
_PLACE = ["transcript", "codon"]


def codon_changes(old: Path, new: Path) -> pl.DataFrame:
    """Return the changes of codons: ADDED and REMOVED where comparators came or went altogether.

    CLASS_UP and CLASS_DOWN count the codon's alleles that are called pathogenic or likely
    pathogenic and nothing else; any other difference is RESTATED.
    """
    moved = _moved(old, new)
    counts = _counted(old, moved), _counted(new, moved)
    said = "{} missense, {} of them (likely) pathogenic"
    return counted_changes(SOURCE, "{}:{}", moved, counts, said)


def missense_changes(old: Path, new: Path) -> pl.DataFrame:
    """Return the changes of transcripts whose counts of missense alleles differ."""
    transcripts = _moved(old, new)["transcript"].unique().to_list()
    before, after = (_said(read_missense_counts(folder, transcripts)) for folder in (old, new))
    both = before.join(after, on="transcript", how="full", coalesce=True, suffix="_new")
    kinds = (
        (pl.col("counts").is_null(), ChangeKind.ADDED),
        (pl.col("counts_new").is_null(), ChangeKind.REMOVED),
    )
    kind = pl.coalesce(pl.when(when).then(pl.lit(each.value)) for when, each in kinds)
    return both.filter(pl.col("counts").ne_missing(pl.col("counts_new"))).select(
        pl.lit(MISSENSE).alias("source"),
        pl.col("transcript").alias("key"),
        kind.fill_null(ChangeKind.RESTATED.value).alias("kind"),
        pl.col("counts").alias("before"),
        pl.col("counts_new").alias("after"),
        pl.lit(None, pl.UInt64).alias("allele_key"),
    )


def _said(counts: pl.DataFrame) -> pl.DataFrame:
    """Say each transcript's counts in one text: ``3 pathogenic of 1 stars, …``."""
    each = pl.format(
        "{} {} of {} stars",
        "alleles",
        "call",
        pl.col("stars").cast(pl.String).fill_null("unknown"),
    )
    listed = counts.group_by("transcript", maintain_order=True).agg(each.alias("counts"))
    return listed.with_columns(pl.col("counts").list.join(", "))


def _moved(old: Path, new: Path) -> pl.DataFrame:
    """Return the codons that differ."""
    both = _digests(old).join(_digests(new), on=_PLACE, how="full", coalesce=True, suffix="_new")
    return both.filter(~pl.col(DIGEST).eq_missing(pl.col(f"{DIGEST}_new"))).select(_PLACE)


def _digests(folder: Path) -> pl.DataFrame:
    return read_frame(folder / CODON_DIGESTS, CODON_DIGESTS_SCHEMA)


def _counted(folder: Path, codons: pl.DataFrame) -> pl.DataFrame:
    known = only(PATHOGENIC, pl.col("significance"))
    return (
        read_codons(folder, codons)
        .group_by(_PLACE)
        .agg(pl.len().alias("alleles"), known.sum().alias("pathogenic"))
    )
