"""Polars, joining the whole archive with the new release: what is said now beside what was said."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join; count pairs of allele and case, and cases."""
    archive = pl.scan_parquet(folder / "archive.parquet")
    release = pl.scan_parquet(folder / "clinvar.parquet").select("key", "significance")
    moved = archive.join(release, on="key").filter(pl.col("said") != pl.col("significance"))
    counts = moved.select(pl.len(), pl.col("case").n_unique()).collect(engine="streaming")
    return Done(list(counts.row(0)))
