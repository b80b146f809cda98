"""Looking alleles up in packed frequencies."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done
from varinterp.sources.gnomad import lookup_frequencies

Prepared = tuple[Path, pl.DataFrame]


def prepare(folder: Path) -> Prepared:
    """Read the alleles."""
    return folder, pl.read_parquet(folder / "wanted.parquet")


def work(prepared: Prepared) -> Done:
    """Look every allele up with all its values; count them, and add some up."""
    folder, alleles = prepared
    found = lookup_frequencies(folder, alleles)
    passed = int((found["filters"] == "PASS").sum())
    return Done(
        [alleles.height, found["ac"].count(), int(found["an"].cast(pl.Int64).sum()), passed]
    )
