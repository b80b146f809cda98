"""Transcripts, and Sequence Ontology's terms in VEP's order."""

import pytest

from core_builders import BRCA1, TANGO2, consequence
from varinterp.model.transcript import Span, Term, Transcript


@pytest.mark.parametrize(
    ("transcript", "coding_exons", "cds_length"),
    [(TANGO2, 8, 831), (BRCA1, 22, 5592)],
    ids=["forward", "reverse"],
)
def test_coding_parts_are_in_transcript_order(
    transcript: Transcript, coding_exons: int, cds_length: int
) -> None:
    parts = transcript.coding_exons()

    assert len(parts) == coding_exons
    assert [number for number, _ in parts] == list(range(2, len(transcript.exons) + 1))
    assert transcript.cds_length == cds_length
    assert cds_length % 3 == 0
    first = parts[0][1]
    assert transcript.cds.start == first.start or transcript.cds.end == first.end


def test_a_span_holds_both_its_ends() -> None:
    span = Span(5, 7)

    assert len(span) == 3
    assert [position in span for position in (4, 5, 7, 8)] == [False, True, True, False]


def test_the_worst_term_is_told_whatever_the_order() -> None:
    assert consequence(Term.INTRON, Term.SPLICE_DONOR).worst is Term.SPLICE_DONOR
    assert consequence(Term.SPLICE_DONOR, Term.INTRON).worst is Term.SPLICE_DONOR


def test_the_order_is_veps() -> None:
    worst_first = [
        Term.TRANSCRIPT_ABLATION, Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR, Term.STOP_GAINED,
        Term.FRAMESHIFT, Term.STOP_LOST, Term.START_LOST, Term.INFRAME_INSERTION,
        Term.INFRAME_DELETION, Term.MISSENSE, Term.PROTEIN_ALTERING, Term.SPLICE_DONOR_5TH,
        Term.SPLICE_REGION, Term.SYNONYMOUS, Term.UTR_5, Term.UTR_3, Term.INTRON, Term.UPSTREAM,
        Term.INTERGENIC,
    ]  # fmt: skip

    assert [term.rank for term in worst_first] == sorted(term.rank for term in worst_first)
    assert len(Term) == 41
