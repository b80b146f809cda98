"""Consequences of coding alleles by vepyr, at one place each, read into the table."""

import tempfile
from pathlib import Path

import polars as pl

from benchmarks.task import Done
from varinterp.pipeline.consequence import from_vepyr

COUNTED = ("missense_variant", "synonymous_variant", "stop_gained")


def prepare(folder: Path) -> tuple[Path, pl.DataFrame]:
    """Read the alleles."""
    return folder, pl.read_parquet(folder / "alleles.parquet")


def work(prepared: tuple[Path, pl.DataFrame]) -> Done:
    """Annotate, and count the substitutions by their term."""
    folder, alleles = prepared
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        rows = from_vepyr(alleles, folder / "cache", folder / "reference.fa", Path(beside))
    single = rows.filter(pl.col("ref").str.len_bytes() == pl.col("alt").str.len_bytes())
    return Done({term: int(single["terms"].list.contains(term).sum()) for term in COUNTED})
