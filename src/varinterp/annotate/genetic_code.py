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


def code_letters(table: int) -> str:
    """Return the amino acids of the 64 codons TTT, TTC, TTA, TTG, TCT, …, GGG as letters."""
    return "".join(_TABLES[table].values())


def translate(bases: str, table: int) -> str:
    """Return one letter an entire codon; ``*`` is a stop and ``X`` a codon with N."""
    code = _TABLES[table]
    return "".join(code.get(bases[at : at + 3], "X") for at in range(0, len(bases) - 2, 3))


def protein_of(
    cds: str,
    table: int,
    recoding: Recoding | None,
    *,
    lacking: int | None = None,
    ended: bool = True,
) -> str:
    """Translate a coding sequence without its stop; raise ValueError with what is wrong with it.

    A mitochondrial sequence may end in T or TA, whose stop the poly(A) tail completes
    (Ojala 1981, Nature 290:470). `lacking` counts the bases, 0 to 2, that the first codon lacks
    where the start of the sequence is not known: that codon is then no initiation codon, and ``X``
    when it lacks any. `ended` is false where the end is not known.
    """
    if "N" in cds:
        raise ValueError("the reference has N in its coding sequence")
    whole = "N" * (lacking or 0) + cds
    residues = translate(whole + _completed_stop(whole, table) if ended else whole, table)
    if lacking is None:
        _check_start(cds[:3], table, recoding)
        residues = "M" + residues[1:]
    if ended and not residues.endswith("*"):
        raise ValueError("its coding sequence does not end in a stop codon")
    protein = residues.removesuffix("*")
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
    near = _NEAR_STARTS if recoding is Recoding.NON_AUG_START else frozenset()
    if codon not in _STARTS[table] | near:
        raise ValueError(f"its coding sequence starts with {codon}")


def is_start(codon: str, table: int) -> bool:
    """Whether an initiation codon that becomes this one is known to stay one."""
    return codon in _STARTS[table]


def _with_selenocysteine(protein: str, cds: str) -> str:
    return "".join(
        "U" if residue == "*" and cds[3 * at : 3 * at + 3] == "TGA" else residue
        for at, residue in enumerate(protein)
    )
