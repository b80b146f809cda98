"""Two modes of inheritance for every allele of a trio's table, as the pipeline wrote it."""

from pathlib import Path

import polars as pl

from benchmarks.task import Done
from benchmarks.trio import PEOPLE
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import open_variants
from varinterp.inheritance import dominant, recessive
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.pipeline.genotypes import call_table
from varinterp.sources.rules import read_rules

_RULES = Path(__file__).resolve().parents[2] / "resources" / "rules" / "core-v1.yaml"
_CHILD, _FATHER, _MOTHER = PEOPLE
_FAMILY = Family(
    "family",
    _CHILD,
    (
        Person(_CHILD, Sex.FEMALE, Affected.YES, _FATHER, _MOTHER),
        Person(_FATHER, Sex.MALE, Affected.NO),
        Person(_MOTHER, Sex.FEMALE, Affected.NO),
    ),
)
_FITS = 0


def prepare(folder: Path) -> Path:
    """Write the table of alleles."""
    return table_of(folder / "trio")


def work(alleles: Path) -> Done:
    """Answer for every allele; count those that are homozygous as a recessive disease asks."""
    return Done(homozygous(alleles))


def table_of(trio: Path) -> Path:
    """Normalise a trio's VCF to a table of alleles."""
    out = trio / "inheritance.arrow"
    columns = {person: column for column, person in enumerate(PEOPLE)}
    normalise([FamilyVcf(trio / "trio.vcf.gz", columns)], trio / "reference.fa", out)
    return out


def homozygous(alleles: Path) -> int:
    """Answer both modes for a table, a batch at a time; count where the recessive one fits."""
    limits = FamilyLimits.read(read_rules(_RULES).number)
    found = 0
    with open_variants(alleles) as given:
        for number in range(given.num_record_batches):
            rows = pl.from_arrow(given.get_batch(number))
            assert isinstance(rows, pl.DataFrame)  # noqa: S101 - a batch becomes a frame
            calls = call_table(rows["genotypes"], _FAMILY, limits)
            found += int((recessive.answers(calls).ranks == _FITS).sum())
            dominant.answers(calls)
    return found
