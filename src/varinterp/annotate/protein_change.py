"""What two proteins differ in: Sequence Ontology terms and the HGVS name of the change.

HGVS recommendations (den Dunnen 2016, PMID 26931183): the change is placed as far as possible
towards the C terminus, three-letter residues, ``Ter`` for a stop.
"""

from dataclasses import dataclass

from varinterp.model.transcript import Term

THREE = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu",
    "G": "Gly", "H": "His", "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe",
    "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val", "U": "Sec",
    "X": "Xaa", "*": "Ter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """A change of a protein: terms worst first, a p. name without accession, changed residues.

    `codon` is the 1-based first changed one, or the first touched one when none changes.
    """

    terms: tuple[Term, ...]
    name: str | None
    codon: int
    ref_aa: str
    alt_aa: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A protein before and after; each ends in ``*`` when its reading meets a stop.

    `net` is the change of length in bases, `touched` the first and last codon (from 0) of the
    protein before that lost or gained a base.
    """

    before: str
    after: str
    net: int
    touched: tuple[int, int]


def change_of(reading: Reading) -> ProteinChange:
    """Name the change of a protein whose initiation codon is kept."""
    before, after = reading.before, reading.after
    if before == after:
        return _silent(reading)
    at = _common(before, after)
    if at >= len(before) or at >= len(after):
        return ProteinChange((Term.PROTEIN_ALTERING,), None, at + 1, before[at:], after[at:])
    if before[at] == "*" and not _keeps_end(reading):
        return _extended(reading, at)
    if reading.net % 3:
        return _shifted(reading, at)
    return _in_frame(reading, at)


def start_lost(before: str, residue: str) -> ProteinChange:
    """Name the loss of the initiation codon; `residue` is what stands there now."""
    return ProteinChange((Term.START_LOST,), f"p.{THREE[before[0]]}1?", 1, before[0], residue)


def _silent(reading: Reading) -> ProteinChange:
    first, last = (min(at, len(reading.before) - 1) for at in reading.touched)
    residues = reading.before[first : last + 1]
    term = Term.STOP_RETAINED if residues.endswith("*") else Term.SYNONYMOUS
    if first == 0 and residues == "M":
        term = Term.START_RETAINED
    name = f"p.{_place(reading.before, first)}="
    return ProteinChange((term,), name, first + 1, residues, residues)


def _extended(reading: Reading, at: int) -> ProteinChange:
    """The stop is read through."""
    tail = reading.after[at:]
    stop = tail.find("*")
    name = f"p.Ter{at + 1}{THREE[tail[0]]}extTer{stop if stop > 0 else '?'}"
    return ProteinChange((Term.STOP_LOST,), name, at + 1, "*", tail[0])


def _shifted(reading: Reading, at: int) -> ProteinChange:
    """The frame stays shifted."""
    old, tail = reading.before[at], reading.after[at:]
    if tail[0] == "*":
        return ProteinChange((Term.FRAMESHIFT,), f"p.{THREE[old]}{at + 1}Ter", at + 1, old, "*")
    stop = tail.find("*")
    name = f"p.{THREE[old]}{at + 1}{THREE[tail[0]]}fsTer{stop + 1 if stop > 0 else '?'}"
    return ProteinChange((Term.FRAMESHIFT,), name, at + 1, old, tail[0])


def _in_frame(reading: Reading, at: int) -> ProteinChange:
    before, after = reading.before, reading.after
    if len(after) < len(before) + reading.net // 3 and after.endswith("*"):
        return _stopped(reading, at)
    if not _keeps_end(reading):
        return ProteinChange((Term.STOP_LOST,), None, at + 1, before[at:], after[at:])
    kept = _common(before[at:][::-1], after[at:][::-1])
    old, new = before[at : len(before) - kept], after[at : len(after) - kept]
    return ProteinChange((_term(old, new),), _delins(before, at, old, new), at + 1, old, new)


def _keeps_end(reading: Reading) -> bool:
    """Whether both proteins end at the same stop, or both run to the end of what is known."""
    before, after = reading.before, reading.after
    same = before.endswith("*") == after.endswith("*")
    return same and not reading.net % 3 and len(after) == len(before) + reading.net // 3


def _stopped(reading: Reading, at: int) -> ProteinChange:
    """A new stop in the frame that is kept, or between two shifts that restore it."""
    new = reading.after[at:]
    last = at if new == "*" else max(at, min(reading.touched[1], len(reading.before) - 2))
    old = reading.before[at : last + 1]
    name = _delins(reading.before, at, old, new)
    return ProteinChange((Term.STOP_GAINED,), name, at + 1, old, new)


def _term(old: str, new: str) -> Term:
    if len(old) == len(new):
        return Term.MISSENSE
    if len(new) < len(old):
        return Term.INFRAME_DELETION
    return Term.PROTEIN_ALTERING if old else Term.INFRAME_INSERTION


def _delins(before: str, at: int, old: str, new: str) -> str:
    inserted = "".join(THREE[letter] for letter in new)
    if not old:
        copied = before[at - len(new) : at]
        if copied == new:
            return f"p.{_span(before, at - len(new), at - 1)}dup"
        return f"p.{_place(before, at - 1)}_{_place(before, at)}ins{inserted}"
    span = _span(before, at, at + len(old) - 1)
    if not new:
        return f"p.{span}del"
    return f"p.{span}{inserted}" if len(old) == len(new) == 1 else f"p.{span}delins{inserted}"


def _span(protein: str, first: int, last: int) -> str:
    place = _place(protein, first)
    return place if first == last else f"{place}_{_place(protein, last)}"


def _place(protein: str, at: int) -> str:
    return f"{THREE[protein[at]]}{at + 1}"


def _common(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)
