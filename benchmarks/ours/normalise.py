"""Normalising a trio's VCF and writing its table of alleles."""

import tempfile
from pathlib import Path

from benchmarks.task import Done
from benchmarks.trio import PEOPLE
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import write_variants


def prepare(folder: Path) -> Path:
    """Name the trio's folder."""
    return folder / "trio"


def work(trio: Path) -> Done:
    """Normalise, write the table, and count its alleles."""
    columns = {person: column for column, person in enumerate(PEOPLE)}
    with tempfile.TemporaryDirectory(dir=trio) as name:
        out = Path(name)
        bcf = out / "normalised.bcf"
        normalise([FamilyVcf(trio / "trio.vcf.gz", columns)], trio / "reference.fa", bcf)
        return Done(write_variants(bcf, list(columns), out / "variants.parquet"))
