"""A polars inner join of each release, scanned lazily, with the alleles on key, REF and ALT."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done

_RELEASES = ("frequencies.parquet", "alleles.parquet")


def prepare(folder: Path) -> Path:
    """Name the folder of the releases."""
    return folder


def work(folder: Path) -> Done:
    """Join and count the rows of each release."""
    alleles = pl.scan_parquet(folder / "wanted.parquet").select("key", "ref", "alt")
    return Done(
        [
            pl.scan_parquet(folder / name)
            .join(alleles, on=["key", "ref", "alt"], how="inner")
            .collect()
            .height
            for name in _RELEASES
        ]
    )
