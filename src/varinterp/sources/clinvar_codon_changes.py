"""What differs at codons between two ClinVar releases: comparators for PS1 and PM5."""

from pathlib import Path

import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.facts import Significance
from varinterp.sources.clinvar import read_codons
from varinterp.sources.clinvar_release import CODON_DIGESTS, CODON_DIGESTS_SCHEMA
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.parquet import read_table

SOURCE = "clinvar.codon"
_PLACE = ["transcript", "codon"]
_PATHOGENIC = [Significance.PATHOGENIC.value, Significance.LIKELY_PATHOGENIC.value]


def codon_changes(old: Path, new: Path) -> pl.DataFrame:
    """Return the changes of codons: ADDED and REMOVED where comparators came or went altogether.

    CLASS_UP and CLASS_DOWN count the codon's alleles that are called pathogenic or likely
    pathogenic and nothing else; any other difference is RESTATED.
    """
    both = _digests(old).join(_digests(new), on=_PLACE, how="full", coalesce=True, suffix="_new")
    moved = both.filter(~pl.col(DIGEST).eq_missing(pl.col(f"{DIGEST}_new"))).select(_PLACE)
    before, after = (_counted(folder, moved) for folder in (old, new))
    rows = moved.join(before, on=_PLACE, how="left").join(
        after, on=_PLACE, how="left", suffix="_new"
    )
    return rows.select(
        pl.lit(SOURCE).alias("source"),
        pl.format("{}:{}", *_PLACE).alias("key"),
        _kind().alias("kind"),
        _text("").alias("before"),
        _text("_new").alias("after"),
        pl.lit(None, pl.UInt64).alias("allele_key"),
    )


def _digests(folder: Path) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(read_table(folder / CODON_DIGESTS, CODON_DIGESTS_SCHEMA)))


def _counted(folder: Path, codons: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("significance")
    known = words.list.set_intersection(_PATHOGENIC).list.len() == words.list.unique().list.len()
    return (
        read_codons(folder, codons)
        .group_by(_PLACE)
        .agg(pl.len().alias("alleles"), known.sum().alias("pathogenic"))
    )


def _kind() -> pl.Expr:
    was, now = pl.col("pathogenic"), pl.col("pathogenic_new")
    kinds = (
        (pl.col("alleles").is_null(), ChangeKind.ADDED),
        (pl.col("alleles_new").is_null(), ChangeKind.REMOVED),
        (now > was, ChangeKind.CLASS_UP),
        (now < was, ChangeKind.CLASS_DOWN),
    )
    found = pl.coalesce(pl.when(when).then(pl.lit(kind.value)) for when, kind in kinds)
    return found.fill_null(ChangeKind.RESTATED.value)


def _text(suffix: str) -> pl.Expr:
    alleles, pathogenic = pl.col(f"alleles{suffix}"), pl.col(f"pathogenic{suffix}")
    return pl.when(alleles.is_not_null()).then(
        pl.format("{} missense, {} of them (likely) pathogenic", alleles, pathogenic)
    )
