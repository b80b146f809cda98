"""Which exons an allele costs or repeats: beside a lost splice site, or whole, by coordinates."""

import re
from dataclasses import dataclass

from varinterp.model.transcript import Consequence, Span, Term, Transcript
from varinterp.model.variant import Allele

SPLICE_TERMS = frozenset({Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR})
_SHORTEST = 20
"""Bases of an insertion or deletion that is looked at for whole exons: fewer hold none."""
_DUPLICATION = re.compile(r":c\.\S*\ddup$")


@dataclass(frozen=True, slots=True)
class ExonRun:
    """Neighbouring exons, numbered in transcript order, that an allele removes or repeats whole.

    `cut` tells that the allele also ends inside an exon, so that what is left of it is not known.
    """

    first: int
    last: int
    repeated: bool
    cut: bool = False


def changed_exons(
    transcript: Transcript, allele: Allele, consequence: Consequence
) -> ExonRun | None:
    """Return the exons that an allele removes or repeats whole, or whose splice site it costs."""
    run = whole_exons(transcript, allele, consequence) if long_enough(allele) else None
    if run is not None or SPLICE_TERMS.isdisjoint(consequence.terms):
        return run
    return skipped_exon(consequence)


def skipped_exon(consequence: Consequence) -> ExonRun | None:
    """Return the exon that loses its splice site: before a donor, after an acceptor.

    None when the allele spans more than an intron's end, so that no single exon can be named.
    """
    if consequence.intron is None or SPLICE_TERMS.issubset(consequence.terms):
        return None
    donor = Term.SPLICE_DONOR in consequence.terms
    exon = consequence.intron if donor else consequence.intron + 1
    return ExonRun(exon, exon, repeated=False)


def long_enough(allele: Allele) -> bool:
    """Whether an allele changes the length enough to hold an exon."""
    return abs(len(allele.ref) - len(allele.alt)) >= _SHORTEST


def whole_exons(transcript: Transcript, allele: Allele, consequence: Consequence) -> ExonRun | None:
    """Return the exons that an allele takes or doubles whole; None when there is none.

    A duplication is one whose HGVS name says so: the name was compared with the reference. Its copy
    lies beside the original, so that it is taken to be in tandem.
    """
    span, repeated = _removed(allele), False
    if span is None:
        span, repeated = _repeated(allele, consequence), True
    if span is None:
        return None
    whole = [
        number
        for number, exon in enumerate(transcript.exons, start=1)
        if span.start <= exon.start and exon.end <= span.end
    ]
    if not whole:
        return None
    cut = any(_cuts(span, exon) for exon in transcript.exons)
    return ExonRun(whole[0], whole[-1], repeated, cut)


def _removed(allele: Allele) -> Span | None:
    if len(allele.alt) != 1 or len(allele.ref) < 2:
        return None
    return Span(allele.position + 1, allele.end)


def _repeated(allele: Allele, consequence: Consequence) -> Span | None:
    if len(allele.ref) != 1 or _DUPLICATION.search(consequence.hgvs_c or "") is None:
        return None
    return Span(allele.position + 1, allele.position + len(allele.alt) - 1)


def _cuts(span: Span, exon: Span) -> bool:
    overlaps = span.start <= exon.end and exon.start <= span.end
    return overlaps and not (span.start <= exon.start and exon.end <= span.end)
