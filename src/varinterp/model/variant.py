"""An allele of GRCh38: its id and its 64-bit key.

The key has VariantKey's layout (Asuni & Wilder 2019, bioRxiv 473744): chromosome 5 bits,
0-based position 28, REF and ALT 31. Sorted keys are in genome order. When REF and ALT have at
most eleven bases together the 31 bits hold them and the key is reversible; otherwise they hold
a hash whose lowest bit is 1, and a match must be checked against the alleles themselves.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Self

from varinterp.model.chromosome import Chromosome

BUILD = "GRCh38"
_BASE_CODE = {"A": 0, "C": 1, "G": 2, "T": 3}
_BASES = "ACGT"
_REVERSIBLE_BASES = 11
_SIGN = 1 << 63


@dataclass(frozen=True)
class Allele:
    """A normalised small allele: one ALT, left-aligned, upper-case ACGT, 1-based position."""

    chromosome: Chromosome
    position: int
    ref: str
    alt: str

    def __post_init__(self) -> None:
        if self.position < 1 or self.end > self.chromosome.length:
            raise ValueError(f"position {self.position} is outside chromosome {self.chromosome}")
        for bases in (self.ref, self.alt):
            if not bases or bases.strip(_BASES):
                raise ValueError("an allele has upper-case A, C, G and T only")
        if self.ref == self.alt:
            raise ValueError("REF and ALT are the same")

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        # Facts of an allele are asked for by its text, dozens of times in an assessment.
        return f"{self.chromosome}-{self.position}-{self.ref}-{self.alt}"

    def __lt__(self, other: "Allele") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, str, str]:
        return (self.chromosome.code, self.position, self.ref, self.alt)

    @property
    def id(self) -> str:
        """The public id, ``GRCh38:22-20061538-G-A``."""
        return f"{BUILD}:{self}"

    @property
    def end(self) -> int:
        """Last reference base that the allele spans, 1-based inclusive."""
        return self.position + len(self.ref) - 1

    @property
    def changed(self) -> range:
        """The 1-based positions that are replaced, or both neighbours of an insertion.

        The base that VCF writes before a deletion or an insertion stays as it is.
        """
        if len(self.ref) == 1:
            return range(self.position, self.position + (1 if len(self.alt) == 1 else 2))
        kept = 1 if self.ref[0] == self.alt[0] else 0
        return range(self.position + kept, self.end + 1)

    @property
    def key(self) -> int:
        """The unsigned 64-bit key."""
        return (
            self.chromosome.code << 59
            | (self.position - 1) << 31
            | encode_alleles(self.ref, self.alt)
        )

    def trimmed(self) -> tuple[int, str, str]:
        """Return the first changed position, and REF and ALT without the bases that both have.

        What both end with goes first, then what both begin with; one of them may be left empty.
        """
        start, ref, alt = self.position, self.ref, self.alt
        while ref and alt and ref[-1] == alt[-1]:
            ref, alt = ref[:-1], alt[:-1]
        while ref and alt and ref[0] == alt[0]:
            start, ref, alt = start + 1, ref[1:], alt[1:]
        return start, ref, alt

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``22-20061538-G-A``, with or without the build; raise ValueError otherwise."""
        build, _, bare = text.rpartition(":")
        fields = bare.split("-")
        if build not in ("", BUILD) or len(fields) != 4 or not fields[1].isdecimal():
            raise ValueError(f"expected {BUILD}:chromosome-position-ref-alt")
        chromosome = Chromosome.parse(fields[0])
        if chromosome is None:
            raise ValueError("not a primary chromosome")
        return cls(chromosome, int(fields[1]), fields[2], fields[3])

    @classmethod
    def from_key(cls, key: int) -> Self | None:
        """Return the allele of a reversible key, or None when the key holds a hash."""
        alleles = decode_alleles(key & 0x7FFFFFFF)
        if alleles is None:
            return None
        return cls(Chromosome.from_code(key >> 59), (key >> 31 & 0xFFFFFFF) + 1, *alleles)


def encode_alleles(ref: str, alt: str) -> int:
    """Return the 31 bits of REF and ALT: reversible (lowest bit 0) or a hash (lowest bit 1)."""
    if len(ref) + len(alt) > _REVERSIBLE_BASES:
        return int.from_bytes(blake2b(f"{ref}>{alt}".encode(), digest_size=4).digest()) >> 1 | 1
    bits = 0
    for base in ref + alt:
        bits = bits << 2 | _BASE_CODE[base]
    padding = 2 * (_REVERSIBLE_BASES - len(ref) - len(alt))
    return len(ref) << 27 | len(alt) << 23 | bits << padding + 1


def decode_alleles(code: int) -> tuple[str, str] | None:
    """Return REF and ALT of a reversible code, or None for a hash."""
    if code & 1:
        return None
    ref_length, alt_length = code >> 27 & 0xF, code >> 23 & 0xF
    packed = code >> 1 & 0x3FFFFF
    bases = "".join(
        _BASES[packed >> 2 * (_REVERSIBLE_BASES - 1 - index) & 3]
        for index in range(ref_length + alt_length)
    )
    return bases[:ref_length], bases[ref_length:]


def signed(key: int) -> int:
    """Return a key as SQL stores it: signed, in the same order (XOR 2^63)."""
    return (key ^ _SIGN) - (_SIGN << 1 if key ^ _SIGN >= _SIGN else 0)
