"""Residues of a protein as rules and specifications write them: ``175`` or ``245-248``."""

from collections.abc import Iterable

from varinterp.errors import InternalError
from varinterp.model.transcript import Span


def within(residue: int, words: Iterable[str]) -> str | None:
    """Return the first of some stretches that holds a residue, as it was written; None without."""
    return overlapping(words, Span(residue, residue))


def overlapping(words: Iterable[str], part: Span) -> str | None:
    """Return the first of some stretches that shares a residue with a part of the protein.

    Raises InternalError for a word that names no residues: a specification is checked when it is
    read.
    """
    for word in words:
        span = _span(word)
        if span.start <= part.end and part.start <= span.end:
            return word
    return None


def _span(word: str) -> Span:
    start, dash, end = word.partition("-")
    if not start.isdecimal() or (dash and not end.isdecimal()):
        raise InternalError(f"{word} names no residues")
    return Span(int(start), int(end if dash else start))
