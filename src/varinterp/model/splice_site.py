"""Splice sites of a transcript: how far their motifs reach, and where in one a base lies.

Walker 2023 (PMID 37352859), legend of table 2, for GT–AG introns: the donor motif is the last three
bases of the exon and six of the intron, the acceptor motif twenty bases of the intron and the first
of the exon.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from varinterp.model.transcript import Span, Transcript


class Side(StrEnum):
    """Which end of an exon: its donor, where the intron behind it begins, or its acceptor."""

    DONOR = "donor"
    ACCEPTOR = "acceptor"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many bases of a motif lie in the exon, and how many in the intron."""

    exon: int
    intron: int


MOTIFS: Mapping[Side, Reach] = MappingProxyType(
    {Side.DONOR: Reach(exon=3, intron=6), Side.ACCEPTOR: Reach(exon=1, intron=20)}
)
DINUCLEOTIDE = 2
"""Bases of an intron at each of its ends that nearly every intron has alike: GT and AG."""


@dataclass(frozen=True, slots=True)
class MotifPlace:
    """A base of a splice motif: of which exon, at which of its ends, and how far from the edge.

    `offset` counts from the edge and is never 0: 1, 2, … into the intron, -1, -2, … into the exon.
    """

    exon: int
    side: Side
    offset: int

    @property
    def canonical(self) -> bool:
        """Whether it is one of the two bases of the intron beside the exon (±1, ±2)."""
        return is_canonical(self.offset)


def is_canonical(offset: int) -> bool:
    """Whether an offset is one of the two bases of the intron beside the exon."""
    return 1 <= offset <= DINUCLEOTIDE


def motif_places(transcript: Transcript, position: int) -> tuple[MotifPlace, ...]:
    """Return where a base lies in the motifs of a transcript, in transcript order.

    Nowhere for most; at two places where an exon, or an intron, is short. The first exon has no
    acceptor and the last no donor.
    """
    return tuple(
        MotifPlace(number, side, offset)
        for number, exon in enumerate(transcript.exons, start=1)
        for side in _sides(number, len(transcript.exons))
        if (offset := _offset(exon, side, transcript.strand, position)) is not None
    )


def _sides(number: int, exons: int) -> Iterator[Side]:
    if number > 1:
        yield Side.ACCEPTOR
    if number < exons:
        yield Side.DONOR


def _offset(exon: Span, side: Side, strand: int, position: int) -> int | None:
    """Return how far a base is from an exon's edge; None where it lies outside the motif."""
    rightwards = (side is Side.DONOR) == (strand > 0)
    into = position - exon.end if rightwards else exon.start - position
    reach = MOTIFS[side]
    if not -reach.exon < into <= reach.intron:
        return None
    return into if into > 0 else into - 1
