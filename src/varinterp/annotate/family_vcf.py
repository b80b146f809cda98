"""A VCF that holds members of a family, and what its header says."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pysam

from varinterp.annotate.vcf_faults import BYTE_ORDER_MARK, Source, open_text
from varinterp.errors import Fault, InputError, InternalError
from varinterp.model.chromosome import Chromosome

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_NAME = re.compile(r"\S{1,255}")
_BCF = b"BCF"
_FIXED_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class FamilyVcf:
    """A VCF (plain, gzip, BGZF) or BCF and the members it holds.

    `columns` maps a member's pseudonym to the 0-based index of the sample column; a file may hold
    other families' samples too, which are never read.
    """

    path: Path
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A family's VCF with its header read. `names` are the laboratory's: for bcftools alone.

    `columns` are the people's sample columns, from 0.
    """

    path: Path
    people: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[int, ...]

    def source(self, contigs: Mapping[str, str]) -> Source:
        """Return what faults about this file need."""
        return Source(self.path, contigs)


def open_family(vcfs: Sequence[FamilyVcf]) -> tuple[Opened, ...]:
    """Check what can be checked before reading records; raise InputError with every fault."""
    faults: list[Fault] = []
    seen: set[str] = set()
    opened = []
    for vcf in vcfs:
        samples = _samples(vcf.path, faults)
        for person, column in vcf.columns.items():
            faults += _column_faults(vcf.path, person, column, samples, seen)
            seen.add(person)
        if not faults:
            names = tuple(samples[column] for column in vcf.columns.values())
            places = tuple(vcf.columns.values())
            opened.append(Opened(vcf.path.resolve(), tuple(vcf.columns), names, places))
    if faults:
        raise InputError(faults)
    return tuple(opened)


def _samples(path: Path, faults: list[Fault]) -> tuple[str, ...]:
    if not path.is_file():
        faults.append(
            _fault(path, "vcf.not_a_file", "no file", "an existing file", "check the path")
        )
        return ()
    try:
        names = _names(path)
    except (OSError, EOFError, ValueError, zlib.error):
        names = None
    if names is None:
        faults.append(
            _fault(path, "vcf.unreadable", "no VCF header", "a VCF", "check it: varinterp check")
        )
    return names or ()


def _names(path: Path) -> tuple[str, ...] | None:
    """Return the names of the sample columns, or None when there is no #CHROM line."""
    with open_text(path) as stream:
        if stream.read(len(_BCF)) == _BCF:
            with pysam.VariantFile(str(path.resolve())) as file:
                return tuple(file.header.samples)
        stream.seek(0)
        for line in stream:
            if line.startswith(b"#CHROM\t"):
                return tuple(line.decode().rstrip("\r\n").split("\t")[_FIXED_COLUMNS:])
            if not line.removeprefix(BYTE_ORDER_MARK).startswith(b"##"):
                return None
    return None


def _column_faults(
    path: Path, person: str, column: int, samples: Sequence[str], seen: set[str]
) -> list[Fault]:
    if not _PSEUDONYM.fullmatch(person):
        raise InternalError("a person's pseudonym is not one")
    place = f"sample column {column + 1}"
    if person in seen:
        return [
            _fault(
                path, "vcf.person_twice", f"{place} holds a person of another column",
                "each person in one file", "join that person's files: bcftools concat -a",
            )
        ]  # fmt: skip
    if samples and not 0 <= column < len(samples):
        return [
            _fault(
                path, "vcf.sample_absent", f"no {place}; the file has {len(samples)}",
                "the sample that the sheet names", "correct the sheet's sample",
            )
        ]  # fmt: skip
    if samples and not _NAME.fullmatch(samples[column]):
        return [
            _fault(
                path, "vcf.sample_name", f"white space in the name of {place}",
                "letters, digits, dot, underscore and hyphen",
                "rename it: bcftools reheader -s names.txt FILE",
            )
        ]  # fmt: skip
    return []


def _fault(path: Path, rule: str, found: str, expected: str, advice: str) -> Fault:
    return Fault(rule=rule, file=path.name, found=found, expected=expected, advice=advice)


@dataclass(frozen=True, slots=True)
class ReferenceContigs:
    """How a FASTA names the primary chromosomes that it has."""

    path: Path
    names: Mapping[Chromosome, str]

    @classmethod
    def read(cls, fasta: Path) -> "ReferenceContigs":
        """Read a FASTA's index; raise InputError when it has none."""
        index = fasta.with_name(fasta.name + ".fai")
        if not index.is_file():
            raise InputError(
                [
                    _fault(
                        fasta, "reference.no_index", "no index beside the reference",
                        f"{index.name}", f"make it: samtools faidx {fasta.name}",
                    )
                ]
            )  # fmt: skip
        names: dict[Chromosome, str] = {}
        for line in index.read_text().splitlines():
            name = line.split("\t", 1)[0]
            chromosome = Chromosome.parse(name)
            if chromosome is not None:
                names.setdefault(chromosome, name)
        return cls(fasta.resolve(), names)
