"""The genotypes that the callers made of the demo's alleles, and whether they were meant."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pysam

from building.families import DemoFamily, Member
from building.genomes import Genome
from building.layout import CONTIG
from building.tables import write_tsv
from varinterp.errors import InternalError
from varinterp.model.variant import Allele


@dataclass(frozen=True, slots=True)
class Call:
    """One person's call of one allele; `copies` were simulated, `genotype` was called."""

    family: str
    person: str
    sample: str
    allele: str
    position: int
    ref: str
    alt: str
    copies: int
    genotype: str
    ref_reads: int | None
    alt_reads: int | None
    quality: int | None
    phase_set: int | None


def observe(
    family: DemoFamily,
    genomes: Mapping[str, Genome],
    alleles: Mapping[str, Allele],
    folder: Path,
) -> list[Call]:
    """Return a family's calls of every demo allele that any of its sequenced members has."""
    present = {
        name: allele
        for name, allele in alleles.items()
        if any(genomes[member.person].copies(allele) for member in family.sequenced)
    }
    return [
        _call(family, member, name, allele, genomes[member.person], folder)
        for name, allele in present.items()
        for member in family.sequenced
    ]


def check(calls: Iterable[Call]) -> None:
    """Raise InternalError when a call differs from what was simulated."""
    wrong = [call for call in calls if _copies(call.genotype) != call.copies]
    if wrong:
        raise InternalError(f"calls that were not meant: {wrong}")


def write_calls(path: Path, calls: Iterable[Call]) -> None:
    """Write the calls as a table."""
    write_tsv(path, [field.name for field in fields(Call)], [astuple(call) for call in calls])


def _copies(genotype: str) -> int | None:
    """Count the alternative alleles of a call; None when there is no record or no call."""
    if not genotype or "." in genotype:
        return None
    return sum(side != "0" for side in genotype.replace("|", "/").split("/"))


def _call(
    family: DemoFamily, member: Member, name: str, allele: Allele, genome: Genome, folder: Path
) -> Call:
    with pysam.VariantFile(str(folder / family.vcf_of(member))) as stream:
        records = list(stream.fetch(CONTIG, allele.position - 1, allele.position))
    record = next((one for one in records if _holds(one, allele)), None)
    stated = (
        family.family,
        member.person,
        member.column,
        name,
        allele.position,
        allele.ref,
        allele.alt,
    )
    copies = genome.copies(allele)
    if record is None:
        return Call(*stated, copies, "", None, None, None, None)
    sample = record.samples[member.column]
    sides = ["." if side is None else str(side) for side in sample["GT"]]
    depths = sample.get("AD") or (None, None)
    return Call(
        *stated,
        copies,
        ("|" if sample.phased else "/").join(sides),
        depths[0],
        depths[1],
        sample.get("GQ"),
        sample.get("PS"),
    )


def _holds(record: pysam.VariantRecord, allele: Allele) -> bool:
    """Tell whether a record's first ALT is the allele, with or without padding at its end."""
    if record.pos != allele.position or not record.ref or not record.alts:
        return False
    padding = record.ref.removeprefix(allele.ref)
    return record.ref == allele.ref + padding and record.alts[0] == allele.alt + padding
