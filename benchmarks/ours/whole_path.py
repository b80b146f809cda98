"""From a trio's VCF to its alleles with population and ClinVar evidence, through both stages."""

from pathlib import Path
from typing import cast

from benchmarks.genome import PEOPLE, VCF
from benchmarks.task import Done
from varinterp.annotate.gate import GateLimits
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.model.family import Family, Person
from varinterp.pipeline.variants import write_annotated
from varinterp.refs.lock import Releases

VARIANTS = "variants.parquet"
_LIMITS = GateLimits(rare_max=0.01, known_max=0.05, min_depth=10, max_alt_reads=1, min_quality=20)


class _Release:
    """What the stage asks of a release."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


def prepare(folder: Path) -> Path:
    """Name the folder of the trio."""
    return folder


def work(folder: Path) -> Done:
    """Normalise and annotate; `whole_path_check` compares the rows."""
    sources = folder.parent
    out = folder / "ours"
    out.mkdir(exist_ok=True)
    columns = {person: column for column, person in enumerate(PEOPLE)}
    alleles = out / "alleles.arrow"
    normalise([FamilyVcf(folder / VCF, columns)], sources / "reference.fa", alleles)
    releases = {name: _Release(sources / name) for name in ("gnomad", "clinvar")}
    write_annotated(
        alleles=alleles,
        family=_family(),
        releases=cast(Releases, releases),
        limits=_LIMITS,
        out=out / VARIANTS,
    )
    return Done(None)


def _family() -> Family:
    child, father, mother = PEOPLE
    people = (Person(child, father=father, mother=mother), Person(father), Person(mother))
    return Family("trio", child, people)
