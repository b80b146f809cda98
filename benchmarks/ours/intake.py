"""Checking a trio's VCF: everything that the gate checks, in one pass."""

from pathlib import Path

from benchmarks.task import Done
from varinterp.sources.vcf import check_vcf


def prepare(folder: Path) -> Path:
    """Name the trio's folder."""
    return folder / "trio"


def work(trio: Path) -> Done:
    """Check the VCF and count its records."""
    return Done(check_vcf(trio / "trio.vcf.gz", trio / "reference.fa").records)
