"""From what bcftools says of a VCF to faults that its user can mend: rule, file and line.

bcftools quotes sample names and genotypes; a fault never does. A record is named by its line,
which is looked up in the file only when something went wrong.
"""

import gzip
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from varinterp.annotate.bcftools import BcftoolsError
from varinterp.errors import Fault, InputError, StageError

MAX_FAULTS = 100
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"
_AT = r" at (?P<contig>\S+):(?P<position>[0-9]+)"

_NO_LINE: Sequence[int | None] = (None,)

Place = tuple[str, int]
"""A contig as the file names it, and a 1-based position."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule found, expected and advises."""

    rule: str
    found: str
    expected: str
    advice: str
    column: str | None = None


_CALLER = "write the file again with its caller"
REF_MISMATCH = Wording(
    "vcf.ref_mismatch",
    "other bases than the reference",
    "the bases of the GRCh38 reference",
    "check the build and the reference it was called on",
    "REF",
)
GENOTYPE_INDEX = Wording(
    "vcf.gt_index",
    "an allele number beyond the record's ALT alleles",
    "allele numbers up to the number of ALT alleles",
    _CALLER,
    "GT",
)
ALT_TWICE = Wording(
    "vcf.alt_twice", "an ALT allele that comes twice", "each ALT allele once", _CALLER, "ALT"
)
DUPLICATE = Wording(
    "vcf.duplicate_conflict",
    "an allele written twice with different genotypes",
    "one genotype a sample for each allele, however the allele is aligned",
    "keep the right record, delete the other",
)
_FIELDS = Wording(
    "vcf.format_value",
    "another number of values than the record's alleles ask for",
    "a value for REF and for each ALT",
    _CALLER,
    "FORMAT",
)
_MALFORMED = Wording(
    "vcf.malformed",
    "a record that htslib cannot read",
    "a record of the VCF specification",
    _CALLER,
)
_CUT = Wording(
    "vcf.truncated",
    "a compressed file that ends early or is damaged",
    "a whole compressed file",
    "copy the file again from where it was made and compare checksums",
)
_UNREADABLE = Wording(
    "vcf.unreadable",
    "a file that bcftools cannot read",
    "a VCF of version 4.0 to 4.5",
    "check it: varinterp check",
)

_SAYINGS = (
    (re.compile(r"Reference allele mismatch" + _AT), REF_MISMATCH),
    (re.compile(r"REF_MISMATCH\t(?P<contig>\S+)\t(?P<position>[0-9]+)"), REF_MISMATCH),
    (re.compile(r"wrong number of fields in \S+" + _AT), _FIELDS),
    (re.compile(r"Duplicate alleles" + _AT), ALT_TWICE),
    (re.compile(r"\[E::vcf_\w+\][^\n]*" + _AT), _MALFORMED),
)
_DAMAGE = re.compile(r"EOF marker is absent|bgzf_|inflate|CRC|truncated", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"No space left|Input/output error|Cannot allocate|write error", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """A VCF that faults are about, and how contigs are named where bcftools speaks of it."""

    path: Path
    contigs: Mapping[str, str]

    def place(self, contig: str, position: int) -> Place:
        """Return a place as the file itself names it."""
        return self.contigs.get(contig, contig), position


def explain(error: BcftoolsError, source: Source) -> StageError | InputError:
    """Return the exception to raise: the input's faults, or the error when it lies elsewhere."""
    if _OUTSIDE.search(error.messages):
        return error
    found = [
        (wording, source.place(match["contig"], int(match["position"])))
        for saying, wording in _SAYINGS
        for match in saying.finditer(error.messages)
    ]
    if found:
        return InputError(faults_at(source.path, found))
    if _DAMAGE.search(error.messages):
        return damaged(source.path)
    if "[E::" in error.messages or "VCF parse error" in error.messages:
        return InputError([_fault(source.path, _UNREADABLE, None)])
    return error


def damaged(path: Path) -> InputError:
    """Return the exception for a compressed file that cannot be read to its end."""
    return InputError([_fault(path, _CUT, None)])


def unreadable_values(path: Path) -> InputError:
    """Return the exception for a FORMAT field with other values than it has room for."""
    return InputError([_fault(path, _FIELDS, None)])


def faults_at(path: Path, found: Iterable[tuple[Wording, Place]]) -> list[Fault]:
    """Return one fault a line concerned, in reading order, at most 100."""
    listed = list(dict.fromkeys(found))[: 10 * MAX_FAULTS]
    lines = _lines_of(path, {place for _, place in listed})
    faults = [
        _fault(path, wording, line)
        for wording, place in listed
        for line in lines.get(place, _NO_LINE)
    ]
    unique = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    return unique[:MAX_FAULTS]


def open_text(path: Path) -> IO[bytes]:
    """Open a VCF's text, plain or compressed."""
    with path.open("rb") as stream:
        zipped = stream.read(2) == _GZIP
    return cast(IO[bytes], gzip.open(path, "rb")) if zipped else path.open("rb")


def _fault(path: Path, wording: Wording, line: int | None) -> Fault:
    return Fault(
        rule=wording.rule,
        file=path.name,
        found=wording.found,
        expected=wording.expected,
        advice=wording.advice,
        line=line,
        column=wording.column,
    )


def _lines_of(path: Path, places: Collection[Place]) -> dict[Place, list[int]]:
    """Return the 1-based lines of the records at some places."""
    lines: dict[Place, list[int]] = {}
    for number, contig, position in _records(path):
        place = (contig, position)
        if place in places:
            lines.setdefault(place, []).append(number)
    return lines


def _records(path: Path) -> Iterator[tuple[int, str, int]]:
    with open_text(path) as stream:
        try:
            for number, line in enumerate(stream, start=1):
                contig, _, rest = line.partition(b"\t")
                position = rest.partition(b"\t")[0]
                if not line.startswith(b"#") and position.isdigit():
                    yield number, contig.decode(errors="replace"), int(position)
        except (OSError, EOFError):
            return  # damaged further on: the lines before it are known
