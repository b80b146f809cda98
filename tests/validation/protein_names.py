"""Proteins worked out from sequence, and HGVS p. names read back into proteins.

Independent of VEP and vepyr: used to say whether a p. name describes what an allele does.
Rules: HGVS nomenclature 21.0, protein level (den Dunnen 2016, PMID 26931183).
"""

import re
from dataclasses import dataclass

from varinterp.annotate.genetic_code import reverse_complement, translate
from varinterp.annotate.vep_rows import Sequenced

THREE = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly",
    "H": "His", "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser",
    "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val", "U": "Sec", "*": "Ter",
}  # fmt: skip
ONE = {three: one for one, three in THREE.items()}
_AA = "([A-Z][a-z]{2})"
_PLACE = f"{_AA}([0-9]+)"
_RANGE = f"{_PLACE}(?:_{_PLACE})?"


@dataclass(frozen=True)
class Change:
    """A reading frame before and after: from the start codon to the transcript's last base.

    `before` and `after` are proteins up to and with the first stop (absent when none is met).
    """

    before: str
    after: str
    start_kept: bool
    in_frame: bool


def change_of(read: Sequenced, position: int, ref: str, alt: str) -> Change | None:
    """Translate an allele that lies inside one exon, from the CDS on; None for any other."""
    transcript = read.transcript
    for exon, cdna in zip(transcript.exons, read.ranges, strict=True):
        if position not in exon or position + len(ref) - 1 not in exon:
            continue
        forward = transcript.strand == 1
        first = position - exon.start if forward else exon.end - (position + len(ref) - 1)
        at = cdna.start + first - read.coding.start
        new = alt if forward else reverse_complement(alt)
        frame = read.spliced[read.coding.start - 1 :]
        if at < 0 or at >= len(read.cds) or "N" in frame[: at + 600]:
            return None
        changed = frame[:at] + new + frame[at + len(ref) :]
        return Change(
            _to_stop(translate(frame, 1)),
            _to_stop(translate(changed, 1)),
            changed[:3] == frame[:3],
            (len(ref) - len(alt)) % 3 == 0,
        )
    return None


def _to_stop(protein: str) -> str:
    stop = protein.find("*")
    return protein if stop < 0 else protein[: stop + 1]


def described(name: str, change: Change) -> str | None:
    """Say what is wrong with a p. name for a change, or None when it describes it."""
    body = name.split(":")[-1].removeprefix("p.")
    if not change.start_kept:
        return None if body == "Met1?" else "the start codon is lost"
    if change.before == change.after:
        return None if body.endswith("=") else "the protein does not change"
    if body.endswith("="):
        return "the protein changes"
    shift = re.fullmatch(f"{_PLACE}{_AA}fsTer([0-9]+|\\?)", body)
    if shift:
        return _frameshift(shift, change)
    extension = re.fullmatch(f"Ter([0-9]+){_AA}extTer([0-9]+|\\?)", body)
    if extension:
        return _extension(extension, change)
    try:
        protein = apply(body, change.before)
    except (ValueError, IndexError, KeyError) as error:
        return f"cannot be read: {error}"
    return None if protein == change.after else "it describes another protein"


def _first_difference(change: Change) -> int:
    pairs = zip(change.before, change.after, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other),
        min(len(change.before), len(change.after)),
    )


def _distance(change: Change, start: int) -> str:
    return str(len(change.after) - start) if change.after.endswith("*") else "?"


def _frameshift(said: re.Match[str], change: Change) -> str | None:
    at = _first_difference(change)
    right = (THREE[change.before[at]], str(at + 1), THREE[change.after[at]], _distance(change, at))
    return (
        None
        if said.groups() == right
        else f"expected p.{right[0]}{right[1]}{right[2]}fsTer{right[3]}"
    )


def _extension(said: re.Match[str], change: Change) -> str | None:
    at = len(change.before) - 1
    right = (str(at + 1), THREE[change.after[at]], _distance(change, at + 1))
    return None if said.groups() == right else f"expected p.Ter{right[0]}{right[1]}extTer{right[2]}"


def apply(body: str, protein: str) -> str:
    """Return the protein that an in-frame p. name makes of `protein` (which ends in its stop)."""
    if found := re.fullmatch(f"{_PLACE}({_AA})", body):
        at = _checked(protein, found[1], found[2])
        return _cut(protein[:at] + ONE[found[3]] + protein[at + 1 :])
    if found := re.fullmatch(f"{_RANGE}(del|dup|delins((?:[A-Z][a-z]{{2}})+))", body):
        start = _checked(protein, found[1], found[2])
        end = _checked(protein, found[3], found[4]) if found[3] else start
        kept = protein[start : end + 1] * 2 if found[5] == "dup" else _residues(found[6] or "")
        return _cut(protein[:start] + kept + protein[end + 1 :])
    if found := re.fullmatch(f"{_PLACE}_{_PLACE}ins((?:[A-Z][a-z]{{2}})+)", body):
        start, end = _checked(protein, found[1], found[2]), _checked(protein, found[3], found[4])
        if end != start + 1:
            raise ValueError("an insertion between residues that are not neighbours")
        return _cut(protein[:end] + _residues(found[5]) + protein[end:])
    raise ValueError("a form that is not known")


def _checked(protein: str, residue: str, number: str) -> int:
    at = int(number) - 1
    if THREE[protein[at]] != residue:
        raise ValueError(f"residue {number} is not {residue}")
    return at


def _residues(text: str) -> str:
    return "".join(ONE[text[at : at + 3]] for at in range(0, len(text), 3))


def _cut(protein: str) -> str:
    return _to_stop(protein)
