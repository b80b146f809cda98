"""Normalising a trio's VCF and writing its table of alleles."""

import tempfile
from pathlib import Path

from benchmarks.task import Done
from benchmarks.trio import PEOPLE
from varinterp.annotate.normalise import FamilyVcf, normalise


def prepare(folder: Path) -> Path:
    """Name the trio's folder."""
    return folder / "trio"


def work(trio: Path) -> Done:
    """Normalise, which writes the table, and count its alleles."""
    columns = {person: column for column, person in enumerate(PEOPLE)}
    with tempfile.TemporaryDirectory(dir=trio) as name:
        out = Path(name) / "alleles.arrow"
        vcf = FamilyVcf(trio / "trio.vcf.gz", columns)
        return Done(normalise([vcf], trio / "reference.fa", out).out)
