"""Joining frequencies and a ClinVar-like release to alleles, chromosome by chromosome."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done
from varinterp.annotate.join import annotate
from varinterp.sources.clinvar import read_assertions
from varinterp.sources.gnomad import covered, read_frequencies


def prepare(folder: Path) -> Path:
    """Name the folder of the releases."""
    return folder


def work(folder: Path) -> Done:
    """Annotate every allele; count those in each release."""
    alleles = pl.read_parquet(folder / "wanted.parquet")
    found = [0, 0]
    for rows in alleles.partition_by("chromosome", maintain_order=True):
        annotated = annotate(
            rows,
            read_frequencies(folder, rows["key"]),
            covered(folder, rows),
            read_assertions(folder, rows["key"]),
        )
        found[0] += annotated["an"].count()
        found[1] += annotated["clinvar_significance"].count()
    return Done(found)
