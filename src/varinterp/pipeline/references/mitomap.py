"""MITOMAP: role ``disease``, and ``polymorphisms``, which a release may lack."""

from collections import Counter
from pathlib import Path

import polars as pl
import pysam

from varinterp.annotate.key import keys
from varinterp.annotate.sites import normalise_sites
from varinterp.model.chromosome import Chromosome
from varinterp.model.external import MITOMAP, MitomapStatus
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import NOT_ACGT, NOT_NORMALISED, normalised
from varinterp.sources.allele_notes import NOTES, lookup_note, note_changes, write_notes
from varinterp.sources.material import Built, Material
from varinterp.sources.mitomap import (
    as_utf8,
    mitomap_kinds,
    mitomap_text,
    read_diseases,
    read_polymorphisms,
)
from varinterp.sources.rules import Rules

MERGED = "merged"
"""Rows that are one allele once they are normalised: the best-founded status is kept."""

_PLACE = ["key", "chromosome", "position", "ref", "alt"]
_SAID = ("status", "rating", "diseases", "stated", "polymorphism", "count", "frequency")


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the table of a release.

    Alleles are normalised on the reference's mitochondrial sequence; where the reference has none,
    those that are not normal as they stand are set aside.
    """
    aside: Counter[str] = Counter()
    diseases = _diseases(
        _normal(read_diseases(_text(material, "disease", context), aside), context, aside), aside
    )
    common = _polymorphisms(material, context, aside)
    rows = diseases.join(common, on=_PLACE, how="full", coalesce=True).with_columns(
        pl.col("polymorphism").fill_null(False)
    )
    value = pl.struct(_SAID).struct.json_encode().alias("value")
    written = write_notes(rows.select(*_PLACE, value), folder)
    counts = {
        "alleles": written,
        "confirmed": rows.filter(pl.col("status") == MitomapStatus.CONFIRMED.value).height,
        "disease": diseases.height,
        "polymorphisms": common.height,
    }
    left = {reason: count for reason, count in sorted(aside.items()) if count}
    return Built({NOTES: written}, counts, left)


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`."""
    return note_changes(MITOMAP.source, old, new, mitomap_kinds, mitomap_text)


def _text(material: Material, role: str, context: Context) -> Path:
    return as_utf8(material.one(role), context.scratch)


def _polymorphisms(material: Material, context: Context, aside: Counter[str]) -> pl.DataFrame:
    schema = {"count": pl.Int32, "frequency": pl.Float64}
    if material.optional("polymorphisms") is None:
        empty = {
            **dict(
                zip(_PLACE, (pl.UInt64, pl.String, pl.Int32, pl.String, pl.String), strict=True)
            ),
            **schema,
        }
        return pl.DataFrame(schema={**empty, "polymorphism": pl.Boolean})
    found = read_polymorphisms(_text(material, "polymorphisms", context), aside)
    rows = _normal(found, context, aside)
    once = rows.sort("count", descending=True, nulls_last=True).unique(_PLACE, keep="first")
    aside[MERGED] += rows.height - once.height
    return once.with_columns(pl.lit(True).alias("polymorphism"))


def _diseases(rows: pl.DataFrame, aside: Counter[str]) -> pl.DataFrame:
    """One row an allele: of several, the best-founded status, and every disease."""
    ranks = {status.value: rank for rank, status in enumerate(MitomapStatus)}
    once = (
        rows.sort(pl.col("status").replace_strict(ranks, return_dtype=pl.Int32), "diseases")
        .group_by(_PLACE, maintain_order=True)
        .agg(
            pl.col("status", "rating", "stated").first(),
            pl.col("diseases").unique(maintain_order=True).str.join("; "),
        )
    )
    aside[MERGED] += rows.height - once.height
    return once


def _normal(rows: pl.DataFrame, context: Context, aside: Counter[str]) -> pl.DataFrame:
    if context.reference is not None and _has_mitochondrion(context.reference):
        found, left = normalise_sites(rows, context.reference, context.scratch)
        aside.update(left)
        return found
    bases = rows.filter(pl.all_horizontal(pl.col("ref", "alt").str.contains("^[ACGT]+$")))
    kept = bases.filter(normalised())
    aside[NOT_ACGT] += rows.height - bases.height
    aside[NOT_NORMALISED] += bases.height - kept.height
    return kept.with_columns(keys(kept))


def _has_mitochondrion(reference: Path) -> bool:
    with pysam.FastaFile(str(reference)) as fasta:
        return any(Chromosome.parse(name) is Chromosome.MT for name in fasta.references)


ADAPTER = Adapter(build=build, lookup=lookup_note, changes=changes)
