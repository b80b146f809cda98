"""PVS1 for alleles that remove or repeat whole exons, as long alleles of the sequence."""

from dataclasses import replace
from typing import Any

import pytest

from core_builders import BRCA1, TANGO2, Setting, allele, consequence
from varinterp.acmg.exon_run import ExonRun, changed_exons
from varinterp.acmg.loss_of_function import pvs1
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import ExonAlleles, ExonSkip, NextStart
from varinterp.model.transcript import Consequence, Span, Term, Transcript
from varinterp.model.variant import Allele

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
UNTOUCHED = {exon: ExonAlleles(0, 0.0, 0.0, 1.0) for exon in range(1, 24)}
CUTS_BOTH = (Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR, Term.CODING_SEQUENCE, Term.INTRON)
LOST = consequence(*CUTS_BOTH, hgvs_c=f"{TANGO2.id}:c.452-10_605+10del")
COPIED = consequence(Term.INTRON, hgvs_c=f"{TANGO2.id}:c.452-10_605+10dup")
BREAKS = ExonSkip(7, 154, False, True, 0.1853, False)
E7, E8, E9 = TANGO2.exons[6:]


def deletion(first: int, last: int) -> Allele:
    """Remove the bases from one position to another."""
    return allele(f"22-{first - 1}-{'A' * (last - first + 2)}-A")


def duplication(first: int, last: int) -> Allele:
    return allele(f"22-{first - 1}-A-{'A' * (last - first + 2)}")


def setting(at: Allele, effect: Consequence = LOST, **rest: Any) -> Setting:
    return Setting(allele=at, consequence=effect, exon_alleles=UNTOUCHED, **rest)


def answer(verdict: Verdict) -> tuple[Strength | Outcome, str]:
    return verdict.strength or verdict.outcome, verdict.reason.key.partition(".")[2]


@pytest.mark.parametrize(
    ("at", "effect", "run"),
    [
        pytest.param(deletion(E7.start, E7.end), LOST, ExonRun(7, 7, False), id="exactly exon 7"),
        pytest.param(
            deletion(E7.start + 1, E7.end), LOST, None, id="all but the first base of exon 7"
        ),
        pytest.param(deletion(E7.start, E7.end - 1), LOST, None, id="all but its last base"),
        pytest.param(deletion(E7.start - 5, E8.end + 5), LOST, ExonRun(7, 8, False), id="7 and 8"),
        pytest.param(
            deletion(E7.start - 5, E8.start), LOST, ExonRun(7, 7, False, cut=True),
            id="exon 7 and the first base of exon 8",
        ),
        pytest.param(
            deletion(E7.end, E8.end + 3), LOST, ExonRun(8, 8, False, cut=True),
            id="the last base of exon 7 and exon 8",
        ),
        pytest.param(
            deletion(E7.start - 3, E8.start - 1), LOST, ExonRun(7, 7, False), id="up to exon 8"
        ),
        pytest.param(
            duplication(E7.start, E7.end), COPIED, ExonRun(7, 7, True), id="exon 7 twice"
        ),
        pytest.param(duplication(E7.start, E7.end), LOST, None, id="an insertion of its length"),
        pytest.param(
            duplication(E7.start, E7.end),
            replace(COPIED, hgvs_c=None), None, id="an insertion without a name",
        ),
        pytest.param(
            duplication(E7.start - 3, E8.end + 3), COPIED, ExonRun(7, 8, True), id="7 and 8 twice"
        ),
        pytest.param(
            duplication(E7.start + 1, E8.end), COPIED, ExonRun(8, 8, True, cut=True),
            id="all but the first base of exon 7, and exon 8, twice",
        ),
        pytest.param(
            duplication(E7.start, E8.end - 1), COPIED, ExonRun(7, 7, True, cut=True),
            id="exon 7, and all but the last base of exon 8, twice",
        ),
        pytest.param(
            replace(deletion(E7.start - 2, E7.end), alt="AC"), LOST, None, id="replaced"
        ),
    ],
)  # fmt: skip
def test_the_exons_that_an_allele_takes_or_doubles(
    at: Allele, effect: Consequence, run: ExonRun | None
) -> None:
    assert changed_exons(TANGO2, at, effect) == run


def short(exons: tuple[Span, ...]) -> Transcript:
    return replace(TANGO2, exons=exons, cds=Span(exons[0].start, exons[-1].end))


@pytest.mark.parametrize(("length", "found"), [(20, True), (19, False)])
def test_no_exon_is_looked_for_in_less_than_20_bases(length: int, found: bool) -> None:
    small = short((Span(1001, 1100), Span(2001, 2000 + length), Span(3001, 3100)))
    effect = consequence(Term.CODING_SEQUENCE)

    run = changed_exons(small, deletion(2001, 2000 + length), effect)
    assert (run == ExonRun(2, 2, False)) is found


def test_a_lost_splice_site_costs_one_exon_and_two_ends_of_an_intron_name_none() -> None:
    point = allele("22-20061684-G-A")
    donor = consequence(Term.SPLICE_DONOR, intron=7)
    assert changed_exons(TANGO2, point, donor) == ExonRun(7, 7, False)
    acceptor = consequence(Term.SPLICE_ACCEPTOR, intron=7)
    assert changed_exons(TANGO2, point, acceptor) == ExonRun(8, 8, False)
    both = consequence(Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR, intron=7)
    assert changed_exons(TANGO2, point, both) is None
    assert changed_exons(TANGO2, point, consequence(Term.SPLICE_DONOR)) is None
    assert changed_exons(TANGO2, point, consequence(Term.MISSENSE, intron=7)) is None


def test_on_the_other_strand_exons_are_numbered_as_they_are_read() -> None:
    first, second = BRCA1.exons[9], BRCA1.exons[8]
    removed = Allele(BRCA1.chromosome, first.start - 2, "A" * (second.end - first.start + 4), "A")
    effect = consequence(Term.CODING_SEQUENCE, transcript=BRCA1)

    assert changed_exons(BRCA1, removed, effect) == ExonRun(9, 10, False)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (BREAKS, (Strength.VERY_STRONG, "splice_decay")),
        (replace(BREAKS, in_frame=True, triggers_decay=None), (Strength.STRONG, "large_part")),
        (replace(BREAKS, triggers_decay=False), (Strength.STRONG, "large_part")),
    ],
    ids=["frame broken, decay", "in frame", "frame broken, no decay"],
)
@pytest.mark.parametrize("run", ["7", "7-8"])
def test_a_deletion_of_exons_follows_the_frame(
    change: ExonSkip, expected: tuple[Strength, str], run: str
) -> None:
    end = E7.end if run == "7" else E8.end
    verdict = setting(deletion(E7.start - 4, end + 4), runs={run: change}).ask(pvs1)

    assert answer(verdict) == expected
    assert verdict.reason["exon"] == (7 if run == "7" else "7–8")
    if expected[1] == "large_part":
        last = {True: 202, False: 276} if run == "7" else {True: 237, False: 276}
        assert (verdict.reason["first"], verdict.reason["last"]) == (151, last[change.in_frame])


def test_frequent_alleles_of_any_of_the_exons_speak_against_it() -> None:
    kept = replace(BREAKS, in_frame=True, triggers_decay=None)
    for exon in (7, 8):
        seen = UNTOUCHED | {exon: ExonAlleles(3, 0.002, 0.002, 1.0)}
        at = deletion(E7.start - 4, E8.end + 4)
        verdict = replace(setting(at, runs={"7-8": kept}), exon_alleles=seen).ask(pvs1)
        assert answer(verdict) == (NOT_MET, "frequent_in_exon")
        assert verdict.reason["exon"] == exon


def test_one_exon_that_was_not_counted_leaves_it_open_unless_another_is_frequent() -> None:
    kept = replace(BREAKS, in_frame=True, triggers_decay=None)
    base = setting(deletion(E7.start - 4, E8.end + 4), runs={"7-8": kept})
    for counted, uncounted in ((7, 8), (8, 7)):
        alone = {counted: UNTOUCHED[counted]}
        verdict = replace(base, exon_alleles=alone).ask(pvs1)
        assert answer(verdict) == (NOT_ASSESSED, "exon_not_counted")
        seen = {counted: ExonAlleles(3, 0.002, 0.002, 1.0)}
        assert replace(base, exon_alleles=seen).ask(pvs1).outcome is NOT_MET
        assert uncounted not in seen


def test_a_deletion_of_the_last_exon_removes_the_end_of_the_protein() -> None:
    lost = ExonSkip(9, 121, False, True, 0.14, False)
    verdict = setting(deletion(E9.start - 4, E9.end + 4), runs={"9": lost}).ask(pvs1)

    assert answer(verdict) == (Strength.STRONG, "large_part")
    assert (verdict.reason["first"], verdict.reason["last"]) == (237, 276)


def test_a_deletion_of_the_whole_gene_is_very_strong() -> None:
    at = deletion(TANGO2.exons[0].start - 1, E9.end + 1)

    assert answer(setting(at).ask(pvs1)) == (Strength.VERY_STRONG, "gene_deleted")


def test_a_deletion_of_the_exon_of_the_start_is_a_lost_start() -> None:
    second = TANGO2.exons[1]
    at = deletion(second.start - 4, second.end + 4)
    lost = ExonSkip(2, 56, False, True, 0.06, True)
    verdict = setting(at, runs={"2": lost}, next_start=NextStart(31)).ask(pvs1)

    assert answer(verdict) == (Strength.SUPPORTING, "start_lost")


def test_a_deletion_of_the_first_untranslated_exon_may_take_the_promoter() -> None:
    first = TANGO2.exons[0]
    verdict = setting(deletion(first.start - 4, first.end + 4)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "promoter_exon")
    assert (verdict.reason["exon"], verdict.reason["exons"]) == (1, 9)


def test_a_deletion_from_the_first_exon_on_that_takes_coding_bases_is_read_as_it_is() -> None:
    at = deletion(TANGO2.exons[0].start - 4, TANGO2.exons[1].end + 4)
    lost = ExonSkip(1, 56, False, True, 0.06, True)
    verdict = setting(at, runs={"1-2": lost}, next_start=NextStart(31)).ask(pvs1)

    assert answer(verdict) == (Strength.SUPPORTING, "start_lost")


def test_a_deletion_that_ends_inside_an_exon_is_not_assessed() -> None:
    verdict = setting(deletion(E7.start - 4, E8.start + 9)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "exon_cut")
    assert (verdict.reason["first"], verdict.reason["last"]) == (7, 7)


def test_a_deletion_whose_effect_was_not_worked_out_is_not_assessed() -> None:
    verdict = setting(deletion(E7.start - 4, E7.end + 4)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "exon_not_assessed")


def test_a_deletion_without_the_transcript_is_judged_by_its_terms() -> None:
    whole = setting(deletion(E7.start - 4, E7.end + 4), runs={"7": BREAKS})
    facts = {place: fact for place, fact in whole.facts.items() if place[0] != "transcript"}
    finding = whole.assess(type(whole.evidence)(facts)).findings[0]

    assert answer(finding.verdict) == (NOT_ASSESSED, "no_transcript")


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (BREAKS, (Strength.STRONG, "copy_decay")),
        (replace(BREAKS, triggers_decay=False), (NOT_ASSESSED, "copy_without_decay")),
        (
            replace(BREAKS, in_frame=True, triggers_decay=None),
            (NOT_ASSESSED, "copy_without_decay"),
        ),
        (None, (NOT_ASSESSED, "exon_not_assessed")),
    ],
    ids=["frame broken, decay: presumed in tandem", "no decay", "in frame", "unknown"],
)
def test_exons_that_lie_twice_are_strong_at_most(
    copy: ExonSkip | None, expected: tuple[Strength | Outcome, str]
) -> None:
    runs = {} if copy is None else {"7-7x2": copy}
    verdict = setting(duplication(E7.start - 4, E7.end + 4), COPIED, runs=runs).ask(pvs1)

    assert answer(verdict) == expected
    assert verdict.reason["exon"] == 7


@pytest.mark.parametrize(("exon", "run"), [(1, "1-1x2"), (9, "9-9x2")])
def test_a_copy_that_reaches_an_end_of_the_gene_is_not_within_it(exon: int, run: str) -> None:
    span = TANGO2.exons[exon - 1]
    at = duplication(span.start - 4, span.end + 4)
    verdict = setting(at, COPIED, runs={run: BREAKS}).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "copy_not_within")
