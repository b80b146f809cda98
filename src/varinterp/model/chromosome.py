"""Chromosomes of GRCh38, their names in the wild, and the pseudoautosomal regions."""

from enum import StrEnum
from typing import Self


class Chromosome(StrEnum):
    """A primary chromosome, named without ``chr``; the order of definition is genome order."""

    C1 = "1"
    C2 = "2"
    C3 = "3"
    C4 = "4"
    C5 = "5"
    C6 = "6"
    C7 = "7"
    C8 = "8"
    C9 = "9"
    C10 = "10"
    C11 = "11"
    C12 = "12"
    C13 = "13"
    C14 = "14"
    C15 = "15"
    C16 = "16"
    C17 = "17"
    C18 = "18"
    C19 = "19"
    C20 = "20"
    C21 = "21"
    C22 = "22"
    X = "X"
    Y = "Y"
    MT = "MT"

    @property
    def code(self) -> int:
        """Position in genome order, 1 to 25: the five high bits of the variant key."""
        return _CODES[self]

    @property
    def length(self) -> int:
        """Length in bases in GRCh38."""
        return GRCH38_LENGTHS[self]

    @property
    def accession(self) -> str:
        """RefSeq accession of the sequence in GRCh38, as HGVS names carry it."""
        return _ACCESSION_OF[self.value]

    @classmethod
    def from_code(cls, code: int) -> Self:
        """Return the chromosome of a `code` between 1 and 25; raise ValueError for another."""
        for chromosome in cls:
            if chromosome.code == code:
                return chromosome
        raise ValueError(f"no chromosome has the code {code}")

    @classmethod
    def parse(cls, contig: str) -> Self | None:
        """Return the chromosome that a contig name denotes, or None when it is not a primary one.

        Understands ``22``, ``chr22``, ``chrM``, ``M``, ``MT`` and RefSeq accessions of GRCh38.
        """
        if contig in _ACCESSIONS:
            return cls(_ACCESSIONS[contig])
        bare = contig.removeprefix("chr")
        return cls("MT" if bare == "M" else bare) if bare in _NAMES else None


_CODES = {chromosome: rank for rank, chromosome in enumerate(Chromosome, start=1)}
_NAMES = frozenset(chromosome.value for chromosome in Chromosome) | {"M"}

# NCBI assembly report of GRCh38.p14 (GCF_000001405.40); chrM is the revised Cambridge sequence.
GRCH38_LENGTHS: dict[Chromosome, int] = dict(
    zip(
        Chromosome,
        (
            248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973,
            145138636, 138394717, 133797422, 135086622, 133275309, 114364328, 107043718,
            101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983,
            50818468, 156040895, 57227415, 16569,
        ),
        strict=True,
    )
)  # fmt: skip

GRCH37_LENGTHS: dict[Chromosome, int] = dict(
    zip(
        Chromosome,
        (
            249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663,
            146364022, 141213431, 135534747, 135006516, 133851895, 115169878, 107349540,
            102531392, 90354753, 81195210, 78077248, 59128983, 63025520, 48129895,
            51304566, 155270560, 59373566, 16569,
        ),
        strict=True,
    )
)  # fmt: skip
"""Known only so that a GRCh37 file can be recognised and refused."""

_ACCESSION_VERSIONS = (
    11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10,
)  # fmt: skip
_ACCESSIONS = {
    f"NC_{rank:06d}.{version}": chromosome.value
    for rank, (chromosome, version) in enumerate(
        zip(Chromosome, _ACCESSION_VERSIONS, strict=False), start=1
    )
} | {"NC_012920.1": "MT"}
_ACCESSION_OF = {name: accession for accession, name in _ACCESSIONS.items()}

# 1-based inclusive; NCBI, "The pseudoautosomal regions" of GRCh38.
_PSEUDOAUTOSOMAL = {
    Chromosome.X: ((10001, 2781479), (155701383, 156030895)),
    Chromosome.Y: ((10001, 2781479), (56887903, 57217415)),
}


def pseudoautosomal_regions(chromosome: Chromosome) -> tuple[tuple[int, int], ...]:
    """Return the stretches, 1-based inclusive, that a sex chromosome shares with the other."""
    return _PSEUDOAUTOSOMAL.get(chromosome, ())


def is_pseudoautosomal(chromosome: Chromosome, position: int) -> bool:
    """Tell whether a 1-based position lies in a region that X and Y share."""
    return any(start <= position <= end for start, end in pseudoautosomal_regions(chromosome))
