"""Transcript facts, and what a substitution does to them: enough to check the names we wrote.

The names themselves come from sources; this module only tells whether they fit the sequence.
"""

from dataclasses import dataclass
from itertools import product

from building.layout import Layout
from building.region import Region
from building.tables import read_tsv

CODONS = dict(
    zip(
        ("".join(codon) for codon in product("TCAG", repeat=3)),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG",
        strict=True,
    )
)
AMINO_ACIDS = "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter"
THREE_LETTERS = dict(zip("ACDEFGHIKLMNPQRSTVWY*", AMINO_ACIDS.split(), strict=True))
COMPLEMENT = str.maketrans("ACGT", "TGCA")


@dataclass(frozen=True, slots=True)
class CodingSequence:
    """A transcript's coding bases in transcript order, and the genome position of each."""

    gene: str
    refseq: str
    strand: int
    positions: tuple[int, ...]
    bases: str

    @property
    def protein(self) -> str:
        """One-letter translation, the stop included."""
        codons = (self.bases[index : index + 3] for index in range(0, len(self.bases), 3))
        return "".join(CODONS[codon] for codon in codons)

    def substitution(self, position: int, ref: str, alt: str) -> tuple[str, str] | None:
        """Return the c. and p. names of a coding single-base substitution, or None outside."""
        if position not in self.positions:
            return None
        index = self.positions.index(position)
        if self.strand < 0:
            ref, alt = ref.translate(COMPLEMENT), alt.translate(COMPLEMENT)
        frame = index % 3
        old = self.bases[index - frame : index - frame + 3]
        new = old[:frame] + alt + old[frame + 1 :]
        before, after = (THREE_LETTERS[CODONS[codon]] for codon in (old, new))
        change = "=" if before == after else after
        return f"c.{index + 1}{ref}>{alt}", f"p.({before}{index // 3 + 1}{change})"


def read_exons(row: dict[str, str]) -> list[tuple[int, int]]:
    """Return a transcript's exons, 1-based inclusive, in genome order."""
    spans = (span.split("-") for span in row["exons"].split(","))
    return [(int(start), int(end)) for start, end in spans]


def coding_parts(row: dict[str, str]) -> list[tuple[int, int]]:
    """Return the coding part of each coding exon, in genome order."""
    first, last = int(row["cds_start"]), int(row["cds_end"])
    parts = ((max(start, first), min(end, last)) for start, end in read_exons(row))
    return [(start, end) for start, end in parts if start <= end]


def read_coding_sequences(layout: Layout, region: Region) -> list[CodingSequence]:
    """Return every transcript's coding sequence."""
    return [_coding(row, region) for row in read_tsv(layout.facts / "transcripts.tsv")]


def _coding(row: dict[str, str], region: Region) -> CodingSequence:
    parts = coding_parts(row)
    positions = [position for start, end in parts for position in range(start, end + 1)]
    bases = "".join(region.of(start, end) for start, end in parts)
    strand = int(row["strand"])
    if strand < 0:
        positions, bases = positions[::-1], bases[::-1].translate(COMPLEMENT)
    return CodingSequence(row["gene"], row["refseq"], strand, tuple(positions), bases)
