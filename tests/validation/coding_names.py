"""HGVS c. names read back into genomic edits, to tell whether two names mean one allele."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from varinterp.annotate.genetic_code import reverse_complement
from varinterp.model.transcript import Span, Transcript

Bases = Callable[[int, int], str]
"""Returns forward bases between two 1-based inclusive positions of the transcript's chromosome."""

_POINT = r"(\*|-)?(\d+)([+-]\d+)?"
_EDIT = re.compile(
    rf"c\.{_POINT}(?:_{_POINT})?"
    r"(?:(?P<sub>[ACGT]>(?P<to>[ACGT]))|(?P<kind>del|dup|ins|inv)(?P<rest>[A-Z]*)"
    r"(?:ins(?P<new>[ACGT]+))?|(?P<unit>[ACGT]+)\[(?P<copies>\d+)\])$"
)


@dataclass(frozen=True)
class Edit:
    """Replace the forward bases `start` to `end` (empty when end < start) by `bases`."""

    start: int
    end: int
    bases: str

    def applied(self, low: int, high: int, fetch: Bases) -> str:
        """Return the edited sequence of a window that holds the edit."""
        before = fetch(low, self.start - 1) if self.start > low else ""
        return before + self.bases + (fetch(self.end + 1, high) if self.end < high else "")


def same_allele(one: Edit, other: Edit, fetch: Bases) -> bool:
    """Tell whether two edits leave the same sequence."""
    low = min(one.start, other.start, one.end, other.end) - 1
    high = max(one.start, other.start, one.end, other.end) + 1
    return one.applied(low, high, fetch) == other.applied(low, high, fetch)


def edit_of(name: str, transcript: Transcript, fetch: Bases) -> Edit:
    """Read a c. name; raise ValueError for a form that is not known."""
    found = _EDIT.match(name)
    if not found:
        raise ValueError("a form that is not known")
    first = _genomic(transcript, *found.group(1, 2, 3))
    last = _genomic(transcript, *found.group(4, 5, 6)) if found[5] else first
    low, high = min(first, last), max(first, last)
    forward = transcript.strand == 1

    def oriented(bases: str) -> str:
        return bases if forward else reverse_complement(bases)

    if found["sub"]:
        return Edit(low, high, oriented(found["to"]))
    if found["unit"]:
        return _repeat(first, found["unit"], int(found["copies"]), forward, fetch)
    if found["kind"] == "ins":
        return Edit(high, low, oriented(found["rest"]))
    if found["kind"] == "dup":
        return Edit(high + 1, high, fetch(low, high))
    if found["kind"] == "inv":
        return Edit(low, high, reverse_complement(fetch(low, high)))
    return Edit(low, high, oriented(found["new"] or ""))


def _repeat(first: int, unit: str, copies: int, forward: bool, fetch: Bases) -> Edit:
    """Replace the whole run of `unit` that starts at `first`, in the transcript's direction."""
    size, held = len(unit), 0
    while True:
        start = first + held * size if forward else first - (held + 1) * size + 1
        there = fetch(start, start + size - 1)
        if (there if forward else reverse_complement(there)) != unit:
            break
        held += 1
    if not held:
        raise ValueError("the repeated unit is not where the name says")
    low = first if forward else first - held * size + 1
    return Edit(
        low, low + held * size - 1, (unit if forward else reverse_complement(unit)) * copies
    )


def _genomic(transcript: Transcript, kind: str | None, number: str, offset: str | None) -> int:
    """Return the genomic position of a c. position, such as ``-12``, ``*5`` or ``88+3``."""
    coding = _coding_bounds(transcript)
    place = int(number)
    target = {
        None: coding.start + place - 1,
        "-": coding.start - place,
        "*": coding.end + place,
    }[kind]
    into = int(offset or 0)
    done = 0
    for exon in transcript.exons:
        if target <= done + len(exon) and target > done:
            step = target - done - 1
            return exon.start + step + into if transcript.strand == 1 else exon.end - step - into
        done += len(exon)
    raise ValueError("a position outside the transcript")


def _coding_bounds(transcript: Transcript) -> Span:
    """The CDS in the transcript's own numbering."""
    five_prime = transcript.cds.start if transcript.strand == 1 else transcript.cds.end
    done = 0
    for exon in transcript.exons:
        if five_prime in exon:
            into = five_prime - exon.start if transcript.strand == 1 else exon.end - five_prime
            return Span(done + into + 1, done + into + transcript.cds_length)
        done += len(exon)
    raise ValueError("the coding sequence starts in no exon")
