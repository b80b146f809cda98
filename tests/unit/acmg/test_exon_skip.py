"""Skipping an exon: the frame, the new stop, and whether the shortened messenger decays."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.acmg.exon_skip import next_start, repeat_exons, skip_exon
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript

STOPS = ("TAA", "TAG", "TGA")
INTRON = 500


@dataclass(frozen=True)
class Gene:
    """Exon sequences in transcript order, and the untranslated bases at both ends."""

    exons: tuple[str, ...]
    before: int
    after: int
    strand: int = 1

    @property
    def transcript(self) -> Transcript:
        spans: list[Span] = []
        start = 1001
        for bases in self.exons:
            spans.append(Span(start, start + len(bases) - 1))
            start += len(bases) + INTRON
        cds = Span(spans[0].start + self.before, spans[-1].end - self.after)
        if self.strand < 0:
            spans = [Span(90_000 - span.end, 90_000 - span.start) for span in spans]
            cds = Span(90_000 - cds.end, 90_000 - cds.start)
        return Transcript(
            "ENST00000000009.1", None, None, "TOY", "HGNC:9", Chromosome.C22, self.strand,
            tuple(spans), cds, None,
        )  # fmt: skip

    @property
    def coding(self) -> tuple[tuple[int, str], ...]:
        last = len(self.exons)
        return tuple(
            (
                number,
                bases[self.before if number == 1 else 0 : len(bases) - self.after]
                if number == last
                else bases[self.before if number == 1 else 0 :],
            )
            for number, bases in enumerate(self.exons, start=1)
        )


def decays_by_reading_the_messenger(gene: Gene, exon: int, distance: int) -> bool | None:
    """The answer from first principles: make the shortened messenger, read it, measure."""
    kept = [bases for number, bases in enumerate(gene.exons, start=1) if number != exon]
    messenger = "".join(kept)
    junction = sum(len(bases) for bases in gene.exons[: exon - 1])
    last_junction = sum(len(bases) for bases in kept[:-1])
    end = len(messenger) - gene.after
    for place in range(gene.before, end - 2, 3):
        if place + 3 > junction and messenger[place : place + 3] in STOPS:
            return place + 1 <= last_junction - distance
    return None


bases = st.text("ACGT", min_size=3, max_size=160)


@given(
    exons=st.lists(bases, min_size=4, max_size=6),
    before=st.integers(0, 60),
    after=st.integers(0, 60),
    strand=st.sampled_from((1, -1)),
    distance=st.sampled_from((0, 50)),
    data=st.data(),
)
def test_the_answer_is_what_reading_the_shortened_messenger_gives(
    exons: list[str], before: int, after: int, strand: int, distance: int, data: st.DataObject
) -> None:
    gene = Gene(
        ("A" * before + exons[0], *exons[1:-1], exons[-1] + "A" * after), before, after, strand
    )
    exon = data.draw(st.integers(2, len(exons) - 1))
    skip = skip_exon(gene.transcript, gene.coding, exon, distance)

    assert skip.coding_bases == len(gene.exons[exon - 1])
    assert skip.in_frame is (skip.coding_bases % 3 == 0)
    if skip.in_frame:
        assert skip.triggers_decay is None
    else:
        assert skip.triggers_decay is decays_by_reading_the_messenger(gene, exon, distance)


PLAIN = "AAC" * 40


@pytest.mark.parametrize("strand", [1, -1], ids=["forward", "reverse"])
@pytest.mark.parametrize(
    ("after_the_stop", "decays"),
    [(48, True), (46, False)],
    ids=["50 bases after the stop's first", "48"],
)
def test_a_new_stop_triggers_decay_from_50_bases_before_the_last_junction(
    strand: int, after_the_stop: int, decays: bool
) -> None:
    gene = Gene(("ATG" + PLAIN, "CAACA", "TAA" + "C" * after_the_stop, PLAIN), 0, 0, strand)
    skip = skip_exon(gene.transcript, gene.coding, 2, 50)

    assert not skip.in_frame
    assert skip.triggers_decay is decays


def test_an_exon_of_whole_codons_is_skipped_in_frame_and_its_share_is_told() -> None:
    gene = Gene(("ATG" + PLAIN, "AAC" * 41, PLAIN, PLAIN), 0, 0)
    skip = skip_exon(gene.transcript, gene.coding, 2, 50)

    assert skip.in_frame
    assert skip.triggers_decay is None
    assert skip.removed == round(123 / (123 * 2 + 240), 4)
    assert not skip.holds_start


@pytest.mark.parametrize(
    ("first", "exon", "holds"),
    [
        pytest.param("ATG" + PLAIN, 1, True, id="the first"),
        pytest.param("ATG" + PLAIN, 2, False, id="another"),
        pytest.param("ATG", 2, False, id="the second, when the first ends with the codon"),
        pytest.param("A", 2, True, id="the second, when the codon is split"),
        pytest.param("AT", 2, True, id="the second, when it has the codon's last base"),
    ],
)
def test_the_exon_of_the_start_codon_is_marked(first: str, exon: int, holds: bool) -> None:
    gene = Gene((first, "TG" + PLAIN, PLAIN, PLAIN), 0, 0)

    assert skip_exon(gene.transcript, gene.coding, exon, 50).holds_start is holds


def test_an_untranslated_exon_has_no_coding_base_and_no_start() -> None:
    gene = Gene(("ATG" + PLAIN, PLAIN, PLAIN), 0, 0)
    transcript = gene.transcript
    coding = tuple((number + 1, bases) for number, bases in gene.coding)
    skip = skip_exon(transcript, coding, 1, 50)

    assert skip.coding_bases == 0
    assert not skip.holds_start


def test_a_frame_without_a_stop_is_not_said_to_decay() -> None:
    gene = Gene(("ATG" + PLAIN, "AACA", "CCC" * 30, "CCC" * 30), 0, 0)

    assert skip_exon(gene.transcript, gene.coding, 2, 50).triggers_decay is None


def decays_with_a_copy(gene: Gene, first: int, last: int, distance: int) -> bool | None:
    """From first principles: make the lengthened messenger, read it, measure."""
    exons = [*gene.exons[:last], *gene.exons[first - 1 : last], *gene.exons[last:]]
    messenger = "".join(exons)
    junction = sum(len(bases) for bases in gene.exons[:last])
    last_junction = sum(len(bases) for bases in exons[:-1])
    for place in range(gene.before, len(messenger) - gene.after - 2, 3):
        if place + 3 > junction and messenger[place : place + 3] in STOPS:
            return place + 1 <= last_junction - distance
    return None


@given(
    exons=st.lists(bases, min_size=4, max_size=6),
    before=st.integers(0, 60),
    after=st.integers(0, 60),
    strand=st.sampled_from((1, -1)),
    distance=st.sampled_from((0, 50)),
    data=st.data(),
)
def test_a_run_lost_or_repeated_is_what_reading_the_messenger_gives(
    exons: list[str], before: int, after: int, strand: int, distance: int, data: st.DataObject
) -> None:
    gene = Gene(
        ("A" * before + exons[0], *exons[1:-1], exons[-1] + "A" * after), before, after, strand
    )
    first = data.draw(st.integers(2, len(exons) - 1))
    last = data.draw(st.integers(first, len(exons) - 1))
    lost = skip_exon(gene.transcript, gene.coding, first, distance, last)
    twice = repeat_exons(gene.transcript, gene.coding, first, last, distance)
    length = sum(len(bases) for bases in gene.exons[first - 1 : last])

    assert lost.coding_bases == twice.coding_bases == length
    assert lost.in_frame is twice.in_frame is (length % 3 == 0)
    assert (lost.exon, twice.exon) == (first, first)
    if length % 3:
        shorter = Gene(gene.exons[: first - 1] + gene.exons[last:], before, after, strand)
        joined = decays_by_reading_from(shorter, sum(map(len, gene.exons[: first - 1])), distance)
        assert lost.triggers_decay is joined
        assert twice.triggers_decay is decays_with_a_copy(gene, first, last, distance)
    else:
        assert lost.triggers_decay is twice.triggers_decay is None


@pytest.mark.parametrize(("after_the_stop", "decays"), [(48, True), (47, False)])
def test_a_stop_behind_a_copy_keeps_its_distance_to_the_last_junction(
    after_the_stop: int, decays: bool
) -> None:
    gene = Gene(("ATG" + PLAIN, "CAACA", "CCTAA" + "C" * after_the_stop, PLAIN), 0, 0)
    twice = repeat_exons(gene.transcript, gene.coding, 2, 2, 50)

    assert twice.triggers_decay is decays
    assert decays_with_a_copy(gene, 2, 2, 50) is decays


def decays_by_reading_from(gene: Gene, junction: int, distance: int) -> bool | None:
    messenger = "".join(gene.exons)
    last_junction = sum(len(bases) for bases in gene.exons[:-1])
    for place in range(gene.before, len(messenger) - gene.after - 2, 3):
        if place + 3 > junction and messenger[place : place + 3] in STOPS:
            return place + 1 <= last_junction - distance
    return None


@pytest.mark.parametrize(
    ("parts", "codon"),
    [
        (("ATGAACATGAAC",), 3),
        (("ATGAA", "CATGAACATG"), 3),
        (("ATGAATGAAC",), None),
        (("ATG",), None),
        (("ATGATG",), 2),
        (("ATGAAAAT",), None),
    ],
    ids=["in frame", "across exons", "out of frame", "none", "at once", "incomplete"],
)
def test_the_next_start_is_the_next_methionine_in_frame(
    parts: tuple[str, ...], codon: int | None
) -> None:
    assert next_start(tuple(enumerate(parts, start=1))).codon == codon
