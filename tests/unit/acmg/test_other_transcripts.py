"""PVS1 where MANE holds several transcripts of a gene: what one keeps, and what it loses."""

from dataclasses import replace
from typing import Any

import pytest

from core_builders import BRCA1, TANGO2, Setting, allele, consequence
from varinterp.acmg.loss_of_function import pvs1
from varinterp.acmg.question import Question
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import CONSEQUENCE, GENE_TRANSCRIPTS, RULE, ExonSkip, NextStart, Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Reader
from varinterp.model.transcript import Mane, Span, Term, Transcript

NOT_MET, NOT_ASSESSED = Outcome.NOT_MET, Outcome.NOT_ASSESSED
VERY_STRONG = Strength.VERY_STRONG
STOP, SHIFT, DONOR, ACCEPTOR = (
    Term.STOP_GAINED, Term.FRAMESHIFT, Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR,
)  # fmt: skip
SKIP = ExonSkip(6, 71, False, True, 0.0855, False)


def beside(own: Transcript = TANGO2, **change: Any) -> Transcript:
    """MANE Plus Clinical of the gene: as Select, but for what is given."""
    return replace(own, id="ENST00000999999.1", mane=Mane.PLUS_CLINICAL, **change)


def without(*numbers: int, own: Transcript = TANGO2) -> Transcript:
    kept = (exon for at, exon in enumerate(own.exons, start=1) if at not in numbers)
    return beside(own, exons=tuple(kept))


def longer(number: int, start: int = 0, end: int = 0) -> Transcript:
    exons = list(TANGO2.exons)
    exon = exons[number - 1]
    exons[number - 1] = Span(exon.start - start, exon.end + end)
    return beside(exons=tuple(exons))


def null(name: str, term: Term, *others: Transcript, own: Transcript = TANGO2) -> Setting:
    """A null allele far before the end of the transcript."""
    of = consequence(
        term, transcript=own, protein_position=140,
        hgvs_p="ENSP00000332721.4:p.Arg140GlyfsTer3" if term is SHIFT else None,
    )  # fmt: skip
    if term in (DONOR, ACCEPTOR):
        intron = 6 if term is DONOR else 5
        of = replace(of, intron=intron, hgvs_c="ENST00000327374.9:c.451+1G>A")
    autosomal = Inheritance.AUTOSOMAL_DOMINANT if own is BRCA1 else Inheritance.AUTOSOMAL_RECESSIVE
    return Setting(
        allele=allele(name), transcript=own, consequence=of, skip=SKIP, inheritance=autosomal,
        gene_transcripts=(own, *others) if others else (),
    )  # fmt: skip


def answer(verdict: Verdict) -> tuple[Strength | Outcome, str]:
    return verdict.strength or verdict.outcome, verdict.reason.key.partition(".")[2]


HIT = (VERY_STRONG, "decay")
SPARED = (NOT_ASSESSED, "transcript_spared")
IN_6, IN_7 = "22-20055980-C-T", "22-20061600-C-T"
"""TANGO2: exon 6 is 20055943–20056013 (71 bases), exon 7 is 20061530–20061683, coding on +."""


@pytest.mark.parametrize(
    ("name", "term", "other", "expected"),
    [
        pytest.param(IN_6, STOP, beside(), HIT, id="the same exons"),
        pytest.param(IN_6, STOP, without(6), SPARED, id="a stop in an exon that it lacks"),
        pytest.param(IN_6, STOP, without(7), HIT, id="it lacks another exon behind"),
        pytest.param(IN_7, STOP, without(6), SPARED, id="a stop behind, in another frame"),
        pytest.param(IN_7, STOP, without(4), HIT, id="a stop behind, in the same frame"),
        pytest.param(IN_7, STOP, without(6, 5, 3), SPARED, id="275 bases before: another frame"),
        pytest.param("22-20061600-C-CA", SHIFT, without(6), HIT, id="a shift does so in any frame"),
        pytest.param("22-20055980-C-CA", SHIFT, without(6), SPARED, id="a shift in what it lacks"),
        pytest.param(
            IN_6, STOP, beside(cds=Span(20036799, 20055980)), HIT, id="its last coding base"
        ),
        pytest.param(
            IN_6, STOP, beside(cds=Span(20036799, 20055979)), SPARED, id="behind its last one"
        ),
        pytest.param(
            "22-20055980-C-CA", SHIFT, beside(cds=Span(20036799, 20055980)), HIT,
            id="an insertion beside its last coding base",
        ),
        pytest.param(
            "22-20055980-C-CA", SHIFT, beside(cds=Span(20036799, 20055979)), SPARED,
            id="an insertion behind it",
        ),
        pytest.param(
            "22-20055980-CAG-C", SHIFT, beside(cds=Span(20055982, 20064662)), HIT,
            id="a deletion that reaches its first coding base",
        ),
        pytest.param(
            "22-20055980-CAG-C", SHIFT, beside(cds=Span(20055983, 20064662)), SPARED,
            id="one that does not",
        ),
    ],
)  # fmt: skip
def test_a_null_allele_counts_where_every_relevant_transcript_loses_as_much(
    name: str, term: Term, other: Transcript, expected: tuple[Strength | Outcome, str]
) -> None:
    verdict = null(name, term, other).ask(pvs1)

    assert answer(verdict) == expected
    if expected is SPARED:
        assert dict(verdict.reason.facts) == {"transcript": other.id}


def test_the_frame_is_that_of_all_coding_bases_before() -> None:
    """A base more in the exon before, and one less at the beginning of the exon itself."""
    exons = list(TANGO2.exons)
    exons[4] = Span(exons[4].start, exons[4].end + 1)
    exons[5] = Span(exons[5].start + 1, exons[5].end)

    assert answer(null(IN_6, STOP, beside(exons=tuple(exons))).ask(pvs1)) == HIT


def test_a_shift_that_stops_at_once_does_so_in_any_frame() -> None:
    setting = null("22-20061600-C-CA", SHIFT, without(6))
    both = replace(setting.consequence or consequence(SHIFT), terms=(STOP, SHIFT))

    assert answer(replace(setting, consequence=both).ask(pvs1)) == HIT


def test_a_stop_that_begins_outside_the_coding_sequence_has_no_frame_to_compare() -> None:
    """An allele over two bases, of which only the second is coding in the other transcript."""
    setting = null("22-20055981-AG-TA", STOP, beside(cds=Span(20055982, 20064662)))
    assert answer(setting.ask(pvs1)) == HIT


def test_the_frame_is_counted_on_the_transcripts_strand() -> None:
    """BRCA1, reverse: exon 10 has 3,426 bases (a multiple of 3), exon 9 has 77."""
    name = "17-43093844-G-A"  # in exon 10
    assert answer(null(name, STOP, beside(BRCA1), own=BRCA1).ask(pvs1)) == HIT
    assert answer(null(name, STOP, without(9, own=BRCA1), own=BRCA1).ask(pvs1)) == SPARED
    assert answer(null(name, STOP, without(10, own=BRCA1), own=BRCA1).ask(pvs1)) == SPARED
    shorter = beside(
        BRCA1,
        exons=tuple(
            Span(exon.start, exon.end - 3) if at == 9 else exon
            for at, exon in enumerate(BRCA1.exons, start=1)
        ),
    )
    assert answer(null(name, STOP, shorter, own=BRCA1).ask(pvs1)) == HIT
    behind = beside(
        BRCA1,
        exons=tuple(
            Span(exon.start + 1, exon.end) if at == 10 else exon
            for at, exon in enumerate(BRCA1.exons, start=1)
        ),
    )
    assert answer(null(name, STOP, behind, own=BRCA1).ask(pvs1)) == HIT


LOST = (VERY_STRONG, "splice_decay")


@pytest.mark.parametrize(
    ("position", "term", "other", "expected"),
    [
        pytest.param(20056014, DONOR, beside(), LOST, id="the same donor"),
        pytest.param(20056015, DONOR, beside(), LOST, id="its second base"),
        pytest.param(20056014, DONOR, without(6), SPARED, id="no such exon"),
        pytest.param(20056014, DONOR, without(7), LOST, id="another exon behind"),
        pytest.param(20056015, DONOR, longer(6, end=1), LOST, id="the exon is one base longer"),
        pytest.param(20056014, DONOR, longer(6, end=1), SPARED, id="and the base is coding there"),
        pytest.param(20056015, DONOR, longer(6, end=2), SPARED, id="two bases longer"),
        pytest.param(20055942, ACCEPTOR, beside(), LOST, id="the same acceptor"),
        pytest.param(20055941, ACCEPTOR, beside(), LOST, id="its first base"),
        pytest.param(20055941, ACCEPTOR, longer(6, start=1), LOST, id="the exon begins one before"),
        pytest.param(20055942, ACCEPTOR, longer(6, start=1), SPARED, id="the base is coding there"),
        pytest.param(20055941, ACCEPTOR, longer(6, start=2), SPARED, id="two bases before"),
        pytest.param(
            20056014, DONOR, beside(cds=Span(20061531, 20064662)), SPARED,
            id="an exon that codes for nothing there",
        ),
        pytest.param(
            20056014, DONOR, beside(cds=Span(20056013, 20064662)), LOST,
            id="an exon of one coding base",
        ),
        pytest.param(20056016, DONOR, beside(), SPARED, id="behind the donor"),
        pytest.param(20055940, ACCEPTOR, beside(), SPARED, id="before the acceptor"),
        pytest.param(20056014, DONOR, without(1, 2, 3, 4, 5), LOST, id="the donor of the first"),
        pytest.param(20055942, ACCEPTOR, without(7, 8, 9), LOST, id="the acceptor of the last"),
        pytest.param(
            20056014, DONOR, without(7, 8, 9), SPARED, id="the last exon has no donor"
        ),
        pytest.param(
            20055942, ACCEPTOR, without(1, 2, 3, 4, 5), SPARED, id="the first has no acceptor"
        ),
    ],
)  # fmt: skip
def test_a_lost_splice_site_counts_where_every_relevant_transcript_has_it(
    position: int, term: Term, other: Transcript, expected: tuple[Strength | Outcome, str]
) -> None:
    assert answer(null(f"22-{position}-G-A", term, other).ask(pvs1)) == expected


def test_a_deleted_exon_counts_where_every_relevant_transcript_has_it() -> None:
    removed = null(f"22-20055900-{'A' * 200}-A", ACCEPTOR)
    spanning = replace(removed, runs={"6": SKIP}, consequence=consequence(DONOR, ACCEPTOR))
    for other, expected in ((beside(), LOST), (without(6), SPARED)):
        setting = replace(spanning, gene_transcripts=(TANGO2, other))
        assert answer(setting.ask(pvs1)) == expected


def test_every_other_transcript_is_looked_at_and_the_first_that_is_spared_is_named() -> None:
    second = replace(without(6), id="ENST00000999999.2")
    verdict = null(IN_6, STOP, beside(), second).ask(pvs1)

    assert answer(verdict) == SPARED
    assert verdict.reason["transcript"] == second.id


def test_a_gene_with_one_transcript_is_judged_on_it_and_the_question_is_recorded() -> None:
    setting = null(IN_6, STOP)
    reads = Reader(setting.evidence)

    assert answer(pvs1(Question(setting.key, TANGO2.id, reads))) == HIT
    assert reads.of(GENE_TRANSCRIPTS, TANGO2.hgnc).absent


def by_specification(setting: Setting) -> tuple[Verdict, Reader]:
    """Ask under a specification that names the transcript that it counts on."""
    stated = Rule((f"{TANGO2.hgnc} NM_152906.7",))
    facts = setting.facts | {(RULE.source, "GN999/transcripts"): stated}
    reads = Reader(type(setting.evidence)(facts, setting.evidence.provided))
    return pvs1(Question(replace(setting.key, rules="GN999"), TANGO2.id, reads)), reads


def test_a_specification_that_names_its_transcript_has_answered_which_one_counts() -> None:
    verdict, reads = by_specification(null(IN_6, STOP, without(6)))

    assert answer(verdict) == HIT
    assert f"{GENE_TRANSCRIPTS.source}\t{TANGO2.hgnc}" not in reads.asked


# --- no null allele here, but one elsewhere ------------------------------------------------------


def mild(term: Term, *elsewhere: Term) -> Setting:
    other = beside()
    of_other = consequence(*elsewhere, transcript=other) if elsewhere else None
    return replace(
        null(IN_6, STOP, other),
        consequence=consequence(term),
        elsewhere=() if of_other is None else (of_other,),
    )


@pytest.mark.parametrize("term", [STOP, SHIFT, DONOR, ACCEPTOR, Term.TRANSCRIPT_ABLATION])
@pytest.mark.parametrize("here", [Term.INTRON, Term.MISSENSE, Term.UTR_5])
def test_a_null_allele_of_another_relevant_transcript_is_shown_and_left_to_a_person(
    term: Term, here: Term
) -> None:
    verdict = mild(here, term).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "null_elsewhere")
    assert dict(verdict.reason.facts) == {
        "transcript": beside().id, "consequence": term, "here": here,
    }  # fmt: skip


@pytest.mark.parametrize(
    "elsewhere", [(), (Term.MISSENSE,), (Term.START_LOST,), (Term.SPLICE_REGION, Term.INTRON)]
)
def test_what_is_no_null_allele_anywhere_is_not_met(elsewhere: tuple[Term, ...]) -> None:
    setting = mild(Term.INTRON, *elsewhere)
    reads = Reader(setting.evidence)

    assert answer(pvs1(Question(setting.key, TANGO2.id, reads))) == (NOT_MET, "not_null")
    assert reads.of(CONSEQUENCE, f"{IN_6}@{beside().id}").absent is (elsewhere == ())


def test_a_specification_that_names_its_transcript_does_not_look_elsewhere() -> None:
    verdict, _ = by_specification(mild(Term.INTRON, STOP))
    assert answer(verdict) == (NOT_MET, "not_null")


# --- another start -------------------------------------------------------------------------------


def start_lost(*others: Transcript, own: Transcript = TANGO2, **rest: Any) -> Setting:
    at = "22-20036799-A-G" if own is TANGO2 else "17-43124096-T-C"
    first = consequence(Term.START_LOST, transcript=own, protein_position=1)
    known = replace(null(at, Term.START_LOST, *others, own=own), consequence=first)
    return replace(known, next_start=NextStart(31), **rest)


@pytest.mark.parametrize(
    ("own", "other", "elsewhere"),
    [
        pytest.param(TANGO2, beside(), False, id="the same start"),
        pytest.param(TANGO2, beside(cds=Span(20036802, 20064662)), True, id="a codon later"),
        pytest.param(TANGO2, beside(cds=Span(20036799, 20056000)), False, id="another end"),
        pytest.param(BRCA1, beside(BRCA1), False, id="reverse: the same start"),
        pytest.param(
            BRCA1, beside(BRCA1, cds=Span(BRCA1.cds.start, BRCA1.cds.end - 3)), True,
            id="reverse: a codon later",
        ),
        pytest.param(
            BRCA1, beside(BRCA1, cds=Span(BRCA1.cds.start + 3, BRCA1.cds.end)), False,
            id="reverse: another end",
        ),
    ],
)  # fmt: skip
def test_a_lost_start_does_not_count_where_another_transcript_starts_elsewhere(
    own: Transcript, other: Transcript, elsewhere: bool
) -> None:
    verdict = start_lost(other, own=own).ask(pvs1)

    if elsewhere:
        assert answer(verdict) == (NOT_MET, "start_elsewhere")
        assert dict(verdict.reason.facts) == {"transcript": other.id}
    else:
        assert answer(verdict) == (Strength.SUPPORTING, "start_lost")


def test_a_lost_exon_of_the_start_asks_the_same() -> None:
    other = beside(cds=Span(20055946, 20064662))
    setting = null("22-20056014-G-A", DONOR, other)
    first = replace(setting, skip=replace(SKIP, holds_start=True), next_start=NextStart(31))

    assert answer(first.ask(pvs1)) == (NOT_MET, "start_elsewhere")
