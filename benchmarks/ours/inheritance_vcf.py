"""The same from the VCF: normalised to a table of alleles, which is read back and answered."""

from pathlib import Path

from benchmarks.ours.inheritance import homozygous, table_of
from benchmarks.task import Done


def prepare(folder: Path) -> Path:
    """Name the trio's folder."""
    return folder / "trio"


def work(trio: Path) -> Done:
    """Normalise, answer, and count as `benchmarks.ours.inheritance` does."""
    return Done(homozygous(table_of(trio)))
