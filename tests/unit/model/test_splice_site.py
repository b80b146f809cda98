"""Where a base lies in the motifs of splice sites, on both strands."""

from dataclasses import replace

import pytest

from core_builders import BRCA1, TANGO2
from varinterp.model.splice_site import MotifPlace, Side, is_canonical, motif_places
from varinterp.model.transcript import Span, Transcript

DONOR, ACCEPTOR = Side.DONOR, Side.ACCEPTOR
FORWARD = {DONOR: (TANGO2.exons[6].end, 1), ACCEPTOR: (TANGO2.exons[6].start, -1)}
REVERSE = {DONOR: (BRCA1.exons[6].start, -1), ACCEPTOR: (BRCA1.exons[6].end, 1)}
"""The edge of the seventh exon and the way to its intron."""


# Walker 2023 (PMID 37352859), legend of table 2: the motifs of GT–AG introns.
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(
    ("transcript", "edges"), [(TANGO2, FORWARD), (BRCA1, REVERSE)], ids=["forward", "reverse"]
)
def test_a_motif_reaches_into_the_exon_and_into_the_intron(
    transcript: Transcript, edges: dict[Side, tuple[int, int]], side: Side
) -> None:
    edge, way = edges[side]
    found = {
        place.offset
        for step in range(-40, 41)
        for place in motif_places(transcript, edge + way * step)
        if (place.exon, place.side) == (7, side)
    }

    exonic, intronic = {DONOR: (3, 6), ACCEPTOR: (1, 20)}[side]
    assert found == {*range(-exonic, 0), *range(1, intronic + 1)}
    assert motif_places(transcript, edge) == (MotifPlace(7, side, -1),)
    assert motif_places(transcript, edge + way) == (MotifPlace(7, side, 1),)


def test_the_first_exon_has_no_acceptor_and_the_last_no_donor() -> None:
    first, last = TANGO2.exons[0], TANGO2.exons[-1]

    assert motif_places(TANGO2, first.start) == ()
    assert motif_places(TANGO2, first.end) == (MotifPlace(1, DONOR, -1),)
    assert motif_places(TANGO2, last.start) == (MotifPlace(9, ACCEPTOR, -1),)
    assert motif_places(TANGO2, last.end) == ()


def test_a_gene_of_one_exon_has_none() -> None:
    single = replace(TANGO2, exons=(Span(100, 200),))

    assert all(motif_places(single, position) == () for position in range(70, 230))


def test_a_base_of_a_short_exon_lies_in_both_motifs() -> None:
    short = replace(TANGO2, exons=(Span(100, 200), Span(300, 302), Span(400, 500)))

    assert motif_places(short, 300) == (MotifPlace(2, ACCEPTOR, -1), MotifPlace(2, DONOR, -3))


def test_the_two_bases_beside_an_exon_are_canonical() -> None:
    assert [at for at in range(-4, 8) if at and is_canonical(at)] == [1, 2]
    assert MotifPlace(1, DONOR, 2).canonical
    assert not MotifPlace(1, DONOR, -1).canonical
