"""Looking alleles up in frequencies and a ClinVar-like release, as the stage does."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done
from varinterp.annotate.join import ASSERTED, annotate
from varinterp.annotate.variants import GROUP
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.gnomad import covered, lookup_frequencies


def prepare(folder: Path) -> Path:
    """Name the folder of the releases."""
    return folder


def work(folder: Path) -> Done:
    """Annotate every allele; count those in each release."""
    alleles = pl.read_parquet(folder / "wanted.parquet")
    found = [0, 0]
    for rows in alleles.iter_slices(GROUP):
        annotated = annotate(
            rows,
            lookup_frequencies(folder, rows),
            covered(folder, rows),
            lookup_assertions(folder, rows, ASSERTED),
        )
        found[0] += annotated["an"].count()
        found[1] += annotated["clinvar_significance"].count()
    return Done(found)
