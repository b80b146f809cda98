"""Translation of a coding sequence, and the coding sequences that break the ordinary rules.

Genetic codes: NCBI translation tables 1 (standard) and 2 (vertebrate mitochondrial).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Transcript

_BASES = "TCAG"
_CODONS = tuple(a + b + c for a in _BASES for b in _BASES for c in _BASES)
_STANDARD = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_MITOCHONDRIAL = "FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG"
_TABLES = {
    1: dict(zip(_CODONS, _STANDARD, strict=True)),
    2: dict(zip(_CODONS, _MITOCHONDRIAL, strict=True)),
}
_STARTS = {1: frozenset({"ATG"}), 2: frozenset({"ATG", "ATA", "ATT", "ATC", "GTG"})}
_NEAR_STARTS = frozenset({"CTG", "GTG", "TTG", "ACG", "ATA", "ATC", "ATT", "AAG", "AGG"})
_COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


class Recoding(StrEnum):
    """A known reason for a coding sequence not to run from ATG to its first stop codon."""

    NON_AUG_START = "non_aug_start"
    SELENOCYSTEINE = "selenocysteine"


# The 25 human selenoproteins (Kryukov 2003, PMID 12775843; names of Gladyshev 2016,
# PMID 27645994), and WT1, whose MANE Select protein starts at a CTG (Bruening & Pelletier 1996,
# J Biol Chem 271:8646). A laboratory adds its own through `recoded`.
_SELENOPROTEINS = (
    "DIO1", "DIO2", "DIO3", "GPX1", "GPX2", "GPX3", "GPX4", "GPX6", "MSRB1", "SELENOF", "SELENOH",
    "SELENOI", "SELENOK", "SELENOM", "SELENON", "SELENOO", "SELENOP", "SELENOS", "SELENOT",
    "SELENOV", "SELENOW", "SEPHS2", "TXNRD1", "TXNRD2", "TXNRD3",
)  # fmt: skip
KNOWN_RECODED: Mapping[str, Recoding] = MappingProxyType(
    dict.fromkeys(_SELENOPROTEINS, Recoding.SELENOCYSTEINE) | {"WT1": Recoding.NON_AUG_START}
)
"""Genes, by symbol, whose transcripts may break one rule of translation."""


def code_table(transcript: Transcript) -> int:
    """Return NCBI's number of the genetic code that a transcript is read with."""
    return 2 if transcript.chromosome is Chromosome.MT else 1


def reverse_complement(bases: str) -> str:
    """Return the other strand of a sequence of A, C, G, T and N."""
    return bases[::-1].translate(_COMPLEMENT)


def translate(bases: str, table: int) -> str:
    """Return one letter an entire codon; ``*`` is a stop and ``X`` a codon with N."""
    code = _TABLES[table]
    return "".join(code.get(bases[at : at + 3], "X") for at in range(0, len(bases) - 2, 3))


def protein_of(cds: str, table: int, recoding: Recoding | None) -> str:
    """Translate a coding sequence without its stop; raise ValueError with what is wrong with it.

    A mitochondrial sequence may end in T or TA, whose stop the poly(A) tail completes
    (Ojala 1981, Nature 290:470).
    """
    if "N" in cds:
        raise ValueError("the reference has N in its coding sequence")
    residues = translate(cds + _completed_stop(cds, table), table)
    _check_start(cds[:3], table, recoding)
    if not residues.endswith("*"):
        raise ValueError("its coding sequence does not end in a stop codon")
    protein = "M" + residues[1:-1]
    if recoding is Recoding.SELENOCYSTEINE:
        protein = _with_selenocysteine(protein, cds)
    if "*" in protein:
        raise ValueError(f"its coding sequence has a stop at codon {protein.index('*') + 1}")
    return protein


def _completed_stop(cds: str, table: int) -> str:
    rest = cds[len(cds) - len(cds) % 3 :]
    if not rest:
        return ""
    if table != 2 or rest not in ("T", "TA"):
        raise ValueError(f"its coding sequence has {len(cds)} bases, not a multiple of three")
    return "A" * (3 - len(rest))


def _check_start(codon: str, table: int, recoding: Recoding | None) -> None:
    allowed = _STARTS[table]
    if recoding is Recoding.NON_AUG_START:
        allowed = allowed | _NEAR_STARTS
    if codon not in allowed:
        raise ValueError(f"its coding sequence starts with {codon}")


def _with_selenocysteine(protein: str, cds: str) -> str:
    return "".join(
        "U" if residue == "*" and cds[3 * at : 3 * at + 3] == "TGA" else residue
        for at, residue in enumerate(protein)
    )
