"""How a stretch touches a transcript, and what losing or repeating exons does to its frame."""

from dataclasses import replace

import pytest

from core_builders import TANGO2
from varinterp.acmg.copy_number.touch import Coding, touch, with_frame
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import Frame, GeneHit, Hit
from varinterp.model.transcript import Span, Transcript

REVERSE = replace(TANGO2, strand=-1, exons=tuple(reversed(TANGO2.exons)))


@pytest.mark.parametrize(
    ("start", "end", "hit", "reverse_hit", "exons"),
    [
        (20021110, 20067164, Hit.WHOLE, Hit.WHOLE, (1, 9)),
        (20000000, 20100000, Hit.WHOLE, Hit.WHOLE, (1, 9)),
        (20021000, 20036800, Hit.FIVE_PRIME_CODING, Hit.LAST_EXONS, (1, 2)),
        (20021000, 20036799, Hit.FIVE_PRIME_CODING, Hit.LAST_EXONS, (1, 2)),
        (20021000, 20036798, Hit.FIVE_PRIME_UTR, Hit.THREE_PRIME_UTR, (1, 2)),
        (20021000, 20021110, Hit.FIVE_PRIME_UTR, Hit.THREE_PRIME_UTR, (1, 1)),
        (20067164, 20070000, Hit.THREE_PRIME_UTR, Hit.FIVE_PRIME_UTR, (9, 9)),
        (20064663, 20070000, Hit.THREE_PRIME_UTR, Hit.FIVE_PRIME_UTR, (9, 9)),
        (20064662, 20070000, Hit.LAST_EXON, Hit.FIVE_PRIME_CODING, (9, 9)),
        (20063443, 20070000, Hit.LAST_EXON, Hit.FIVE_PRIME_CODING, (9, 9)),
        (20063442, 20070000, Hit.LAST_EXONS, Hit.FIVE_PRIME_CODING, (8, 9)),
        (20043000, 20053000, Hit.WITHIN, Hit.WITHIN, (3, 4)),
        (20021111, 20067163, Hit.WITHIN, Hit.WITHIN, (1, 9)),
        (20043000, 20043100, Hit.INTRONIC, Hit.INTRONIC, None),
    ],
)
def test_the_part_of_a_gene_that_is_touched(
    start: int, end: int, hit: Hit, reverse_hit: Hit, exons: tuple[int, int] | None
) -> None:
    found = touch(TANGO2, Span(start, end))
    assert found is not None
    assert found.hit is hit
    assert (found.first_exon, found.last_exon) == (exons or (None, None))
    assert found.breakpoints == {Hit.WHOLE: 0, Hit.WITHIN: 2, Hit.INTRONIC: 2}.get(hit, 1)
    assert (found.gene, found.hgnc, found.transcript, found.exons) == (
        "TANGO2", "HGNC:25439", "ENST00000327374.9", 9,
    )  # fmt: skip
    reverse = touch(REVERSE, Span(start, end))
    assert reverse is not None
    assert reverse.hit is reverse_hit
    mirrored = None if exons is None else (10 - exons[1], 10 - exons[0])
    assert (reverse.first_exon, reverse.last_exon) == (mirrored or (None, None))


@pytest.mark.parametrize(("start", "end"), [(20000000, 20021109), (20067165, 20100000)])
def test_a_stretch_beside_a_gene_does_not_touch_it(start: int, end: int) -> None:
    assert touch(TANGO2, Span(start, end)) is None


# Five exons of 100 bases with 100 between them; the coding sequence is all but 10 at either end.
SMALL = Transcript(
    id="ENST1.1",
    refseq=None,
    protein=None,
    gene="SMALL",
    hgnc="HGNC:1",
    chromosome=TANGO2.chromosome,
    strand=1,
    exons=tuple(Span(1 + 200 * n, 100 + 200 * n) for n in range(5)),
    cds=Span(11, 890),
    mane=None,
)
LENGTHS = (90, 100, 99, 101, 90)


def coding(lengths: tuple[int, ...] = LENGTHS, stop_from: int | None = None) -> Coding:
    """Codons GCC up to the stop at the end; with TAA wherever a shifted frame reads, if asked."""
    total = sum(lengths)
    text = "GCC" * (total // 3 - 1) + "TAA"
    if stop_from is not None:
        text = text[:stop_from] + "GTAAC" + text[stop_from + 5 :]
    parts, at = [], 0
    for number, length in enumerate(lengths, start=1):
        parts.append((number, text[at : at + length]))
        at += length
    return tuple(parts)


def framed(
    first: int,
    last: int,
    change: Change = Change.LOSS,
    bases: Coding | None = None,
    transcript: Transcript = SMALL,
    trim: tuple[int, int] = (-50, 50),
    distance: int = 50,
) -> GeneHit:
    """Lose or repeat whole exons, the ends in the introns beside them."""
    stretch = Span(
        transcript.exons[first - 1].start + trim[0], transcript.exons[last - 1].end + trim[1]
    )
    hit = touch(transcript, stretch)
    assert hit is not None
    return with_frame(hit, transcript, bases or coding(), stretch, change, distance)


def test_a_loss_in_frame_keeps_the_natural_stop() -> None:
    found = framed(3, 3)
    assert found.frame is Frame.KEPT
    assert found.removed == round(99 / 480, 4)


def test_a_loss_out_of_frame_with_an_early_stop_decays() -> None:
    # Without the 100 bases of exon 2 the frame moves by one: a stop of that frame in exon 3.
    bases = coding(stop_from=201)
    found = framed(2, 2, bases=bases)
    assert found.frame is Frame.DECAY
    assert found.removed == round((480 - 90) / 480, 4)


def test_a_stop_in_the_last_exon_escapes_decay() -> None:
    bases = coding(stop_from=408)
    found = framed(2, 2, bases=bases)
    assert found.frame is Frame.NO_DECAY
    assert found.removed == round((480 - 90) / 480, 4)


@pytest.mark.parametrize(("distance", "frame"), [(52, Frame.DECAY), (53, Frame.NO_DECAY)])
def test_decay_ends_so_many_bases_before_the_last_junction(distance: int, frame: Frame) -> None:
    # Without exon 2 the stop begins at base 248 of the messenger and the last junction is at 300.
    assert framed(2, 2, bases=coding(stop_from=336), distance=distance).frame is frame


def test_a_frame_that_meets_no_stop_is_not_known() -> None:
    assert framed(2, 2).frame is Frame.UNKNOWN


@pytest.mark.parametrize(("first", "last"), [(2, 4), (3, 4)])
def test_several_exons_count_together(first: int, last: int) -> None:
    found = framed(first, last)
    length = sum(LENGTHS[first - 1 : last])
    assert found.frame is (Frame.KEPT if length % 3 == 0 else Frame.UNKNOWN)


def test_a_repeated_exon_in_frame_meets_the_natural_stop() -> None:
    found = framed(3, 3, Change.GAIN)
    assert found.frame is Frame.KEPT


def test_a_repeated_exon_out_of_frame_decays_at_a_stop_of_the_second_copy() -> None:
    # GTAAC at an offset of the second copy that reads TAA once the frame has moved by 100 bases.
    bases = coding(stop_from=94)
    found = framed(2, 2, Change.GAIN, bases)
    assert found.frame is Frame.DECAY


@pytest.mark.parametrize("change", list(Change))
def test_the_first_and_the_last_coding_exon_are_not_worked_out(change: Change) -> None:
    inner = replace(SMALL, exons=(Span(-199, -100), *SMALL.exons, Span(1001, 1100)))
    bases = tuple((number + 1, part) for number, part in coding())
    for exon in (2, 6):
        assert framed(exon, exon, change, bases, inner).frame is Frame.UNKNOWN
    assert framed(4, 4, change, bases, inner).frame is Frame.KEPT


def test_untranslated_exons_are_said_to_be() -> None:
    inner = replace(
        SMALL, exons=(Span(-599, -500), Span(-399, -300), *SMALL.exons, Span(1001, 1100))
    )
    bases = tuple((number + 2, part) for number, part in coding())
    found = framed(2, 2, bases=bases, transcript=inner)
    assert (found.frame, found.removed) == (Frame.UNTRANSLATED, 0.0)


@pytest.mark.parametrize("trim", [(1, 50), (-50, -1), (1, -1)])
def test_an_end_inside_an_exon_leaves_the_frame_unknown(trim: tuple[int, int]) -> None:
    assert framed(3, 3, trim=trim).frame is Frame.UNKNOWN


@pytest.mark.parametrize("trim", [(0, 50), (-50, 0), (0, 0)])
def test_an_end_at_the_edge_of_an_exon_takes_it_whole(trim: tuple[int, int]) -> None:
    assert framed(3, 3, trim=trim).frame is Frame.KEPT


@pytest.mark.parametrize("stretch", [Span(-50, 2000), Span(-50, 150), Span(110, 150)])
def test_only_a_change_within_a_gene_has_a_frame(stretch: Span) -> None:
    hit = touch(SMALL, stretch)
    assert hit is not None
    found = with_frame(hit, SMALL, coding(), stretch, Change.LOSS, 50)
    assert (found.frame, found.removed) == (None, None)
