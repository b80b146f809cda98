"""PVS1: the tree of Abou Tayoun 2018, branch by branch, and what takes its ground."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
    BRCA1,
    CONSULTED,
    RULES,
    TANGO2,
    Setting,
    allele,
    comparator,
    consequence,
)
from varinterp.acmg.decay import (
    exon_of_residue,
    first_changed,
    residues,
    residues_of,
    stop_codon,
    triggers_decay,
)
from varinterp.acmg.loss_of_function import pvs1
from varinterp.acmg.question import Question
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import (
    COMPARATORS,
    EXON_ALLELES,
    RULE,
    ExonAlleles,
    ExonSkip,
    NextStart,
    Rule,
)
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity
from varinterp.model.reads import WHOLE, Reader
from varinterp.model.transcript import Consequence, Span, Term, Transcript

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
VERY_STRONG, STRONG = Strength.VERY_STRONG, Strength.STRONG
MODERATE, SUPPORTING = Strength.MODERATE, Strength.SUPPORTING
NONE_SEEN = ExonAlleles(alleles=0, highest=0.0, total=0.0, covered=1.0)
UNTOUCHED = {exon: NONE_SEEN for exon in range(1, 24)}
SPEC = "GN999"


def null(
    name: str,
    term: Term,
    codon: int | None = None,
    hgvs_p: str | None = None,
    transcript: Transcript = TANGO2,
) -> Setting:
    return Setting(
        allele=allele(name),
        inheritance=(
            Inheritance.AUTOSOMAL_DOMINANT
            if transcript is BRCA1
            else Inheritance.AUTOSOMAL_RECESSIVE
        ),
        transcript=transcript,
        consequence=consequence(term, transcript=transcript, protein_position=codon, hgvs_p=hgvs_p),
        exon_alleles=UNTOUCHED,
    )


def stop(codon: int, transcript: Transcript = TANGO2) -> Setting:
    name = "22-20055980-C-T" if transcript is TANGO2 else "17-43093844-G-A"
    return null(name, Term.STOP_GAINED, codon, transcript=transcript)


def under(setting: Setting, **stated: str | tuple[str, ...] | float) -> Verdict:
    """Ask under a gene specification that states these rules (``__`` for a dot)."""
    own = {f"{SPEC}/{name.replace('__', '.')}": Rule(value) for name, value in stated.items()}
    facts = setting.facts | {(RULE.source, name): rule for name, rule in own.items()}
    evidence = type(setting.evidence)(facts, setting.evidence.provided)
    key = replace(setting.key, rules=SPEC)
    assert setting.transcript is not None
    return pvs1(Question(key, setting.transcript.id, Reader(evidence)))


def answer(verdict: Verdict) -> tuple[Strength | Outcome, str]:
    return verdict.strength or verdict.outcome, verdict.reason.key.partition(".")[2]


# TANGO2, forward: 831 coding bases (276 residues), the last junction after c.710. BRCA1, reverse:
# 5592 bases (1863 residues), after c.5467. A stop is in the last 50 bases before the junction when
# its first base is.
@pytest.mark.parametrize(
    ("setting", "strength"),
    [
        pytest.param(stop(140), VERY_STRONG, id="TANGO2 p.Arg140Ter, exon 6 of 9"),
        pytest.param(stop(220), VERY_STRONG, id="forward: c.658, 53 bases before the junction"),
        pytest.param(stop(221), STRONG, id="forward: c.661, 50 bases before it"),
        pytest.param(stop(236), STRONG, id="forward: last base of exon 8"),
        pytest.param(stop(240), STRONG, id="forward: last exon"),
        pytest.param(stop(563, BRCA1), VERY_STRONG, id="BRCA1 p.Gln563Ter, exon 10 of 23"),
        pytest.param(stop(1806, BRCA1), VERY_STRONG, id="reverse: c.5416, 52 bases before"),
        pytest.param(stop(1807, BRCA1), MODERATE, id="reverse: c.5419, 49 bases before"),
        pytest.param(stop(1835, BRCA1), MODERATE, id="BRCA1 p.Arg1835Ter, last exon"),
    ],
)
def test_a_nonsense_allele_is_very_strong_where_decay_is_expected(
    setting: Setting, strength: Strength
) -> None:
    verdict = setting.ask(pvs1)

    assert verdict.strength is strength
    decays = verdict.reason.key == "loss_of_function.decay"
    assert decays is (strength is VERY_STRONG)


def test_the_reason_names_the_stop_and_where_it_lies() -> None:
    setting = stop(140)
    lies = consequence(Term.STOP_GAINED, protein_position=140, exon=6)
    reason = replace(setting, consequence=lies).ask(pvs1).reason

    assert dict(reason.facts) == {
        "consequence": "stop_gained", "stop_codon": 140, "exon": 6, "exons": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "outcome", "codon"),
    [
        pytest.param(
            null("22-20036801-GT-G", Term.FRAMESHIFT, 2, "ENSP00000332721.4:p.Cys2AlafsTer35"),
            MET,
            36,
            id="TANGO2 c.4del",
        ),
        pytest.param(
            null(
                "17-43124027-ACT-A",
                Term.FRAMESHIFT,
                23,
                "ENSP00000350283.3:p.Glu23ValfsTer17",
                transcript=BRCA1,
            ),
            MET,
            39,
            id="BRCA1 c.68_69del",
        ),
        pytest.param(
            null("22-20036801-G-GT", Term.FRAMESHIFT, 2, "ENSP00000332721.4:p.Cys2Ter"),
            MET,
            2,
            id="the first changed codon is the stop",
        ),
    ],
)
def test_a_frameshift_counts_by_the_place_of_its_new_stop(
    setting: Setting, outcome: Outcome, codon: int
) -> None:
    verdict = setting.ask(pvs1)

    assert (verdict.outcome, verdict.strength) == (outcome, VERY_STRONG)
    assert verdict.reason["stop_codon"] == codon


def test_brca1_c_5266dup_shifts_its_frame_to_the_last_exon_and_is_judged_by_what_it_changes() -> (
    None
):
    name = "ENSP00000350283.3:p.Gln1756ProfsTer74"
    setting = null("17-43057062-T-TG", Term.FRAMESHIFT, 1756, name, transcript=BRCA1)
    verdict = setting.ask(pvs1)

    assert answer(verdict) == (MODERATE, "small_part")
    assert verdict.reason["first"] == 1756
    assert verdict.reason["last"] == 1863
    assert verdict.reason["exon"] == 19
    assert verdict.reason["removed"] == round(108 / 1863, 4)


@pytest.mark.parametrize(
    "hgvs_p",
    [None, "", "ENSP00000332721.4:p.Cys2AlafsTer?", "ENSP00000332721.4:p.?", "p.Met1?"],
)
def test_a_frameshift_without_a_place_for_its_stop_is_not_assessed(hgvs_p: str | None) -> None:
    verdict = null("22-20036801-GT-G", Term.FRAMESHIFT, 2, hgvs_p).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "stop_not_located")


@pytest.mark.parametrize("codon", [None, 277, 300])
def test_a_stop_that_is_in_no_residue_is_not_located(codon: int | None) -> None:
    assert answer(null("22-20064660-T-C", Term.STOP_GAINED, codon).ask(pvs1)) == (
        NOT_ASSESSED,
        "stop_not_located",
    )


def test_a_stop_at_the_last_residue_is_located() -> None:
    verdict = stop(276).ask(pvs1)

    assert answer(verdict) == (MODERATE, "small_part")
    assert verdict.reason["removed"] == round(1 / 276, 4)


def shifted(ref: str, alt: str, codon: int, stop_at: int) -> Setting:
    """A frameshift of TANGO2 that changes a codon first and stops at another."""
    name = f"22-20061538-{ref}-{alt}"
    hgvs_p = f"p.Gly{codon}ArgfsTer{stop_at - codon + 1}"
    return null(name, Term.FRAMESHIFT, codon, hgvs_p)


@pytest.mark.parametrize(
    ("setting", "strength"),
    [
        pytest.param(
            shifted("G" + "A" * 40, "G", 154, 206),
            VERY_STRONG,
            id="40 bases deleted: the stop is 57 bases before the junction, not 97",
        ),
        pytest.param(
            shifted("G" + "A" * 40, "G", 154, 210),
            STRONG,
            id="40 bases deleted: the stop is 45 bases before the junction, not 85",
        ),
        pytest.param(
            shifted("G", "G" + "A" * 40, 154, 230),
            VERY_STRONG,
            id="40 bases inserted: the stop is 65 bases before the junction, not 25",
        ),
        pytest.param(
            shifted("G", "GA", 154, 221),
            VERY_STRONG,
            id="one base inserted: the stop is 51 bases before the junction, not 50",
        ),
        pytest.param(
            shifted("G", "G" + "A" * 100, 240, 250),
            STRONG,
            id="an insertion into the last exon does not move its stop out of it",
        ),
    ],
)
def test_a_frameshift_moves_the_junction_with_it(setting: Setting, strength: Strength) -> None:
    assert setting.ask(pvs1).strength is strength


SINGLE_EXON = Transcript(
    "ENST00000000001.1", None, None, "ONE", "HGNC:1", Chromosome.C22, 1,
    (Span(1001, 4000),), Span(1101, 2000), None,
)  # fmt: skip


def test_a_transcript_of_one_exon_has_no_junction_and_no_decay() -> None:
    assert not triggers_decay(SINGLE_EXON, 1, 50)


@given(base=st.integers(1, 831), distance=st.integers(0, 200))
def test_decay_does_not_depend_on_the_strand(base: int, distance: int) -> None:
    mirrored = replace(
        TANGO2,
        strand=-1,
        exons=tuple(Span(50_000_000 - e.end, 50_000_000 - e.start) for e in TANGO2.exons),
        cds=Span(50_000_000 - TANGO2.cds.end, 50_000_000 - TANGO2.cds.start),
    )

    assert triggers_decay(mirrored, base, distance) == triggers_decay(TANGO2, base, distance)
    assert triggers_decay(TANGO2, base, distance) == (base <= 710 - distance)


# --- what is left where nothing decays -----------------------------------------------------------


@pytest.mark.parametrize(
    ("codon", "strength", "reason"),
    [
        pytest.param(249, STRONG, "large_part", id="28 of 276 residues lost: 10.1 %"),
        pytest.param(250, MODERATE, "small_part", id="27 of 276: 9.8 %"),
    ],
)
def test_a_truncated_protein_counts_by_the_part_that_it_lacks(
    codon: int, strength: Strength, reason: str
) -> None:
    verdict = stop(codon).ask(pvs1)

    assert answer(verdict) == (strength, reason)
    lost = 277 - codon
    assert verdict.reason["removed"] == round(lost / 276, 4)
    assert (verdict.reason["first"], verdict.reason["last"]) == (codon, 276)
    assert verdict.reason["limit"] == 0.1


def test_a_tenth_exactly_is_not_more_than_a_tenth() -> None:
    rules = {**RULES, "loss_of_function.large_part": Rule(round(27 / 276, 4))}

    assert answer(replace(stop(250), rules=rules).ask(pvs1)) == (MODERATE, "small_part")


def test_a_critical_region_of_the_specification_makes_it_strong_whatever_its_size() -> None:
    verdict = under(stop(270), region__critical=("20-40", "276"))

    assert answer(verdict) == (STRONG, "critical_region")
    assert verdict.reason["region"] == "276"
    assert verdict.reason["first"] == 270
    assert answer(under(stop(270), region__critical=("20-269",))) == (MODERATE, "small_part")
    assert answer(under(stop(270), region__critical=("20-270",))) == (STRONG, "critical_region")


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        pytest.param({"highest": 0.001}, "frequent_in_exon", id="one allele at 0.1 %"),
        pytest.param({"highest": 0.00099}, "large_part", id="one just below"),
        pytest.param({"total": 0.005}, "frequent_in_exon", id="together 0.5 %"),
        pytest.param({"total": 0.00499}, "large_part", id="together just below"),
        pytest.param({"covered": 0.8}, "large_part", id="four fifths of the exon covered"),
        pytest.param({"covered": 0.79}, "exon_not_covered", id="less"),
        pytest.param(
            {"covered": 0.1, "highest": 0.3}, "frequent_in_exon", id="frequent where it was covered"
        ),
    ],
)
def test_frequent_loss_of_function_alleles_of_the_exon_speak_against_it(
    seen: Mapping[str, Any], reason: str
) -> None:
    exon = replace(NONE_SEEN, **seen)
    verdict = replace(stop(240), exon_alleles={9: exon}).ask(pvs1)

    assert verdict.reason.key == f"loss_of_function.{reason}"
    if reason == "frequent_in_exon":
        assert verdict.outcome is NOT_MET
        assert (verdict.reason["highest"], verdict.reason["total"]) == (exon.highest, exon.total)
        assert verdict.reason["exon"] == 9
    elif reason == "exon_not_covered":
        assert verdict.outcome is NOT_ASSESSED
        assert verdict.reason["covered"] == 0.79
    else:
        assert verdict.strength is STRONG


def test_an_exon_that_nobody_counted_is_not_assessed_and_says_whether_there_is_a_count() -> None:
    for alleles in (None, {8: NONE_SEEN}):
        setting = replace(stop(240), exon_alleles=alleles)
        reads = Reader(setting.evidence)
        verdict = pvs1(Question(setting.key, TANGO2.id, reads))

        assert answer(verdict) == (NOT_ASSESSED, "exon_not_counted")
        whole = [r for r in reads.reads if (r.source, r.key) == (EXON_ALLELES.source, WHOLE)]
        assert [each.absent for each in whole] == [alleles is None]


def test_where_decay_is_expected_nobody_asks_for_the_exon() -> None:
    setting = replace(stop(140), exon_alleles=None)
    reads = Reader(setting.evidence)

    assert pvs1(Question(setting.key, TANGO2.id, reads)).strength is VERY_STRONG
    assert EXON_ALLELES.source not in {read.source for read in reads.reads}


# --- gene, disease and specification -------------------------------------------------------------


def test_a_null_allele_says_nothing_where_loss_of_function_is_not_the_mechanism() -> None:
    verdict = replace(stop(140), mechanism=Mechanism.NOT_ESTABLISHED).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "mechanism_not_established")
    assert verdict.reason["gene"] == "TANGO2"


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(replace(stop(140), inheritance=None), id="no disease"),
        pytest.param(replace(stop(140), mechanism=None), id="a disease of another release"),
    ],
)
def test_a_null_allele_of_a_gene_without_this_disease_is_not_assessed(setting: Setting) -> None:
    verdict = setting.ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


@pytest.mark.parametrize(
    ("highest", "strength"),
    [("supporting", SUPPORTING), ("moderate", MODERATE), ("strong", STRONG),
     ("very_strong", VERY_STRONG)],
)  # fmt: skip
def test_a_specification_caps_the_strength(highest: str, strength: Strength) -> None:
    verdict = under(stop(140), loss_of_function__max_strength=highest)

    assert answer(verdict) == (strength, "decay")
    told = dict(verdict.reason.facts).get("lowered_because")
    assert told == (None if strength is VERY_STRONG else "specification")


def test_a_strength_that_is_lowered_twice_tells_the_first_and_both_reasons() -> None:
    setting = replace(stop(140), validity=Validity.MODERATE)
    verdict = under(setting, loss_of_function__max_strength="supporting")

    assert answer(verdict) == (SUPPORTING, "decay")
    assert verdict.reason["lowered_from"] is VERY_STRONG
    assert verdict.reason["lowered_because"] == "validity, specification"


def test_a_cap_raises_nothing() -> None:
    verdict = under(stop(270), loss_of_function__max_strength="very_strong")

    assert answer(verdict) == (MODERATE, "small_part")
    assert answer(under(stop(140))) == (VERY_STRONG, "decay")


@pytest.mark.parametrize(
    ("codon", "expected"),
    [(139, (VERY_STRONG, "decay")), (140, (NOT_MET, "region_not_needed")),
     (240, (NOT_MET, "region_not_needed"))],
)  # fmt: skip
def test_a_specification_says_from_where_on_the_protein_is_not_needed(
    codon: int, expected: tuple[Strength | Outcome, str]
) -> None:
    verdict = under(stop(codon), region__no_pvs1_from="140")

    assert answer(verdict) == expected
    if expected[0] is NOT_MET:
        assert (verdict.reason["residue"], verdict.reason["region"]) == (codon, "140-276")


@pytest.mark.parametrize(("codon", "counts"), [(19, True), (20, False), (32, False), (33, True)])
def test_a_specification_names_a_stretch_that_the_protein_does_without(
    codon: int, counts: bool
) -> None:
    verdict = under(stop(codon), region__no_pvs1=("20-32",), region__no_pvs1_from="270")

    assert (verdict.outcome is MET) is counts
    if not counts:
        assert answer(verdict) == (NOT_MET, "region_not_needed")
        assert verdict.reason["region"] == "20-32"


@pytest.mark.parametrize(
    ("codon", "expected"),
    [
        (100, (VERY_STRONG, "decay")),
        (260, (VERY_STRONG, "needed_end")),
        (261, (MODERATE, "small_part")),
    ],
)
def test_a_specification_says_up_to_where_a_stop_is_very_strong(
    codon: int, expected: tuple[Strength, str]
) -> None:
    verdict = under(stop(codon), loss_of_function__very_strong_until=260.0)

    assert answer(verdict) == expected
    if expected[1] == "needed_end":
        assert (verdict.reason["stop_codon"], verdict.reason["limit"]) == (codon, 260)


# --- what is not a null allele, or cannot be told ------------------------------------------------


@pytest.mark.parametrize(
    "terms",
    [(Term.MISSENSE,), (Term.STOP_LOST,), (Term.INFRAME_DELETION,), (Term.SPLICE_REGION,
     Term.INTRON)],
)  # fmt: skip
def test_other_consequences_are_no_null_alleles(terms: tuple[Term, ...]) -> None:
    verdict = Setting(consequence=consequence(*terms)).ask(pvs1)

    assert answer(verdict) == (NOT_MET, "not_null")
    assert verdict.reason["consequence"] == terms[0]


@pytest.mark.parametrize(
    "setting",
    [Setting(transcript=None, inheritance=None), Setting(consequence=None)],
    ids=["outside genes", "no consequence at hand"],
)
def test_without_a_consequence_nothing_is_said(setting: Setting) -> None:
    verdict = setting.ask(pvs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_consequence")


def test_without_the_transcripts_structure_decay_cannot_be_told() -> None:
    setting = stop(140)
    facts = {place: fact for place, fact in setting.facts.items() if place[0] != "transcript"}
    finding = setting.assess(type(setting.evidence)(facts)).findings[0]

    assert answer(finding.verdict) == (NOT_ASSESSED, "no_transcript")


@pytest.mark.parametrize("change", [{"cds_start_phase": 0}, {"cds_end_known": False}])
def test_an_incomplete_coding_sequence_is_no_ground_for_pvs1(change: dict[str, Any]) -> None:
    verdict = replace(stop(140), transcript=replace(TANGO2, **change)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "incomplete_transcript")
    assert verdict.reason["transcript"] == TANGO2.id


def test_an_effect_that_could_not_be_told_is_not_called_harmless() -> None:
    verdict = replace(stop(140), consequence=consequence(Term.CODING_SEQUENCE)).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "effect_unknown")


def at_both_places(*shifted_terms: Term) -> Setting:
    frameshift = consequence(
        Term.FRAMESHIFT, protein_position=140, hgvs_p="ENSP1.1:p.Arg140GlyfsTer3", hgvs_c="t:c.418"
    )
    return replace(stop(140), consequence=replace(frameshift, shifted_terms=shifted_terms))


@pytest.mark.parametrize(
    ("shifted_terms", "outcome"),
    [
        ((), MET),
        ((Term.FRAMESHIFT, Term.SPLICE_REGION), MET),
        ((Term.SPLICE_DONOR,), NOT_ASSESSED),
        ((Term.SPLICE_REGION, Term.INTRON), NOT_ASSESSED),
        ((Term.START_LOST, Term.FRAMESHIFT), NOT_ASSESSED),
    ],
)
def test_an_allele_with_two_places_counts_when_it_is_the_same_null_allele_at_both(
    shifted_terms: tuple[Term, ...], outcome: Outcome
) -> None:
    verdict = at_both_places(*shifted_terms).ask(pvs1)

    assert verdict.outcome is outcome
    if outcome is NOT_ASSESSED:
        assert verdict.reason.key == "loss_of_function.placements_differ"
        assert verdict.reason["name"] == "t:c.418"


def test_an_allele_that_is_null_at_its_other_place_alone_is_not_dismissed() -> None:
    intronic = consequence(Term.SPLICE_REGION, Term.INTRON)
    two = replace(intronic, shifted_terms=(Term.SPLICE_DONOR,))

    assert answer(replace(stop(140), consequence=two).ask(pvs1)) == (
        NOT_ASSESSED,
        "placements_differ",
    )


# --- start loss ----------------------------------------------------------------------------------


def start_loss(*terms: Term, **rest: Any) -> Setting:
    first = consequence(*(terms or (Term.START_LOST,)), protein_position=1)
    known = {"next_start": NextStart(31), **rest}
    return Setting(allele=allele("22-20036799-A-G"), consequence=first, **known)


UPSTREAM = comparator("V", allele="22-20036810-G-C", stars=1)


@pytest.mark.parametrize(
    ("known", "strength"),
    [
        pytest.param({}, SUPPORTING, id="nothing known upstream of the next methionine"),
        pytest.param({2: (UPSTREAM,)}, MODERATE, id="a pathogenic allele at codon 2"),
        pytest.param({30: (UPSTREAM,)}, MODERATE, id="one before the next methionine, 31"),
        pytest.param({31: (UPSTREAM,)}, SUPPORTING, id="one at it"),
        pytest.param({1: (UPSTREAM,)}, SUPPORTING, id="one at the initiation codon"),
        pytest.param({5: (replace(UPSTREAM, stars=0),)}, SUPPORTING, id="one without a star"),
        pytest.param({5: (replace(UPSTREAM, stars=None),)}, SUPPORTING, id="stars not known"),
        pytest.param(
            {5: (replace(UPSTREAM, allele="22-20036799-A-G"),)}, SUPPORTING, id="the allele itself"
        ),
        pytest.param(
            {5: (replace(UPSTREAM, significance=(Significance.LIKELY_PATHOGENIC,)),)},
            SUPPORTING,
            id="a likely pathogenic one",
        ),
        pytest.param(
            {5: (replace(UPSTREAM, stars=0), UPSTREAM)}, MODERATE, id="the second of a codon"
        ),
    ],
)
@pytest.mark.parametrize("terms", [(Term.START_LOST,), (Term.START_LOST, Term.FRAMESHIFT)])
def test_a_lost_start_counts_by_what_is_known_before_the_next_one(
    known: Mapping[int, Any], strength: Strength, terms: tuple[Term, ...]
) -> None:
    verdict = start_loss(*terms, codons=known).ask(pvs1)

    reason = "start_upstream" if strength is MODERATE else "start_lost"
    assert answer(verdict) == (strength, reason)
    assert verdict.reason["next_start"] == 31
    if strength is MODERATE:
        assert verdict.reason["codon"] == max(known)
        assert verdict.reason["allele"] == UPSTREAM.allele


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ({"next_start": None}, "next_start_unknown"),
        ({"next_start": NextStart(None)}, "no_next_start"),
        ({"consulted": CONSULTED - {COMPARATORS.source}}, "no_clinvar"),
    ],
)
def test_a_lost_start_is_not_assessed_without_its_data(rest: dict[str, Any], reason: str) -> None:
    assert answer(start_loss(**rest).ask(pvs1)) == (NOT_ASSESSED, reason)


@pytest.mark.parametrize("word", ["very_strong", "strong", "moderate"])
def test_a_specification_states_what_a_lost_start_is_worth(word: str) -> None:
    verdict = under(start_loss(next_start=None), loss_of_function__start_lost=word)

    assert answer(verdict) == (Strength(word), "start_specified")
    assert verdict.reason["specification"] == SPEC


# --- splice sites --------------------------------------------------------------------------------

DECAYS = ExonSkip(
    exon=7, coding_bases=154, in_frame=False, triggers_decay=True, removed=0.1853, holds_start=False
)


def splice(
    skip: ExonSkip | None,
    term: Term = Term.SPLICE_DONOR,
    intron: int | None = 7,
    hgvs_c: str | None = f"{TANGO2.id}:c.605+1G>A",
    **rest: Any,
) -> Setting:
    return Setting(
        allele=allele("22-20061684-G-A"),
        consequence=consequence(term, intron=intron, hgvs_c=hgvs_c),
        skip=skip,
        exon_alleles=UNTOUCHED,
        **rest,
    )


def test_tango2_c_605_plus_1_skips_exon_7_and_counts() -> None:
    verdict = splice(DECAYS).ask(pvs1)

    assert answer(verdict) == (VERY_STRONG, "splice_decay")
    assert dict(verdict.reason.facts) == {
        "consequence": "splice_donor_variant", "exon": 7, "exons": 9,
    }  # fmt: skip


IN_FRAME = replace(DECAYS, in_frame=True, triggers_decay=None)


# Exon 7 of TANGO2 encodes residues 151 to 202, exon 8 (105 bases) 202 to 237.
@pytest.mark.parametrize(
    ("skip", "expected", "part"),
    [
        pytest.param(None, (NOT_ASSESSED, "exon_not_assessed"), None, id="unknown"),
        pytest.param(IN_FRAME, (STRONG, "large_part"), (151, 202), id="in frame, 52 of 276"),
        pytest.param(
            replace(DECAYS, triggers_decay=False), (STRONG, "large_part"), (151, 276),
            id="out of frame, no decay: altered to the end",
        ),
        pytest.param(
            replace(DECAYS, triggers_decay=None), (STRONG, "large_part"), (151, 276), id="no stop"
        ),
        pytest.param(
            replace(DECAYS, coding_bases=0, in_frame=True, triggers_decay=None, removed=0.0),
            (NOT_MET, "skips_untranslated"), None, id="untranslated exon",
        ),
    ],
)  # fmt: skip
def test_a_skip_that_leaves_a_protein_counts_by_what_it_lacks(
    skip: ExonSkip | None, expected: tuple[Strength | Outcome, str], part: tuple[int, int] | None
) -> None:
    verdict = splice(skip).ask(pvs1)

    assert answer(verdict) == expected
    assert verdict.reason["exon"] == 7
    if part is not None:
        assert (verdict.reason["first"], verdict.reason["last"]) == part
        assert verdict.reason["removed"] == round((part[1] - part[0] + 1) / 276, 4)


def test_a_skip_in_frame_of_less_than_a_tenth_is_moderate() -> None:
    brca1 = IN_FRAME.__class__(6, 140, True, None, 0.02, False)
    setting = Setting(
        allele=allele("17-43104121-C-T"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        consequence=consequence(
            Term.SPLICE_DONOR, transcript=BRCA1, intron=6, hgvs_c="t:c.441+1G>A"
        ),
        skip=brca1,
        exon_alleles=UNTOUCHED,
    )

    assert answer(setting.ask(pvs1)) == (MODERATE, "small_part")


def test_a_skip_of_an_exon_that_people_do_without_is_not_met() -> None:
    seen = {7: replace(NONE_SEEN, highest=0.002)}
    verdict = replace(splice(IN_FRAME), exon_alleles=seen).ask(pvs1)

    assert answer(verdict) == (NOT_MET, "frequent_in_exon")


def test_the_last_exon_cannot_be_skipped_so_that_the_protein_is_altered_from_it_on() -> None:
    last = ExonSkip(9, 121, False, True, 0.14, False)
    acceptor = splice(last, Term.SPLICE_ACCEPTOR, 8, f"{TANGO2.id}:c.711-1G>A")
    verdict = acceptor.ask(pvs1)

    assert answer(verdict) == (STRONG, "large_part")
    assert (verdict.reason["first"], verdict.reason["last"]) == (237, 276)
    kept = replace(acceptor, skip=replace(last, in_frame=True, triggers_decay=None)).ask(pvs1)
    assert kept.reason == verdict.reason


def test_a_skip_of_the_exon_of_the_start_is_a_lost_start() -> None:
    setting = splice(replace(DECAYS, holds_start=True), next_start=NextStart(31))

    assert answer(setting.ask(pvs1)) == (SUPPORTING, "start_lost")
    unknown = replace(setting, next_start=None).ask(pvs1)
    assert answer(unknown) == (NOT_ASSESSED, "next_start_unknown")
    assert unknown.reason["exon"] == 7


def test_a_skip_beyond_what_the_protein_needs_is_not_met() -> None:
    verdict = under(splice(DECAYS), region__no_pvs1_from="151")

    assert answer(verdict) == (NOT_MET, "region_not_needed")
    assert answer(under(splice(DECAYS), region__no_pvs1_from="152")) == (
        VERY_STRONG,
        "splice_decay",
    )


def test_a_splice_allele_asks_about_the_exon_that_it_costs_and_no_other() -> None:
    verdict = splice(DECAYS, Term.SPLICE_ACCEPTOR).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "exon_not_assessed")
    assert verdict.reason["exon"] == 8


@pytest.mark.parametrize(
    "hgvs_c",
    [f"{TANGO2.id}:c.606_607del", f"{TANGO2.id}:c.-4_-3del", None],
    ids=["in the exon", "in the exon, before the start", "no name"],
)
def test_an_indel_that_hgvs_places_outside_the_intron_is_not_assessed(hgvs_c: str | None) -> None:
    verdict = splice(DECAYS, hgvs_c=hgvs_c).ask(pvs1)

    assert answer(verdict) == (NOT_ASSESSED, "splice_site_shifts")
    assert verdict.reason["name"] == hgvs_c


@pytest.mark.parametrize("change", ["605+1G>A", "606-2A>G", "605_605+3del", "-10+1G>A", "*5-1G>A"])
def test_a_name_with_an_offset_lies_in_an_intron(change: str) -> None:
    assert splice(DECAYS, hgvs_c=f"{TANGO2.id}:c.{change}").ask(pvs1).outcome is MET


def test_a_splice_allele_that_names_no_intron_is_not_assessed() -> None:
    assert answer(splice(DECAYS, intron=None).ask(pvs1)) == (
        NOT_ASSESSED,
        "splice_site_not_located",
    )


def test_a_deleted_gene_is_very_strong_by_its_term_alone() -> None:
    setting = replace(stop(140), consequence=consequence(Term.TRANSCRIPT_ABLATION))

    assert answer(setting.ask(pvs1)) == (VERY_STRONG, "gene_deleted")


# --- places in the protein -----------------------------------------------------------------------


def test_a_nonsense_allele_stops_where_it_lies() -> None:
    nonsense: Consequence = consequence(Term.STOP_GAINED, protein_position=140)

    assert (stop_codon(nonsense), first_changed(nonsense)) == (140, 140)


def test_a_frameshift_changes_the_protein_before_it_stops_it() -> None:
    moved = consequence(Term.FRAMESHIFT, protein_position=2, hgvs_p="p.Cys2AlafsTer35")

    assert (stop_codon(moved), first_changed(moved)) == (36, 2)


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [
        (1, 1, None),
        (2, 2, Span(1, 19)),
        (7, 7, Span(151, 202)),
        (8, 8, Span(202, 237)),
        (7, 8, Span(151, 237)),
        (9, 9, Span(237, 276)),
        (1, 9, Span(1, 276)),
        (10, 10, None),
    ],
)
def test_exons_and_the_residues_that_they_encode(first: int, last: int, part: Span | None) -> None:
    assert residues(TANGO2) == 276
    assert residues_of(TANGO2, first, last) == part


@pytest.mark.parametrize(
    ("residue", "exon"), [(1, 2), (19, 2), (20, 3), (151, 6), (152, 7), (237, 8), (238, 9),
                          (276, 9), (900, 9)],
)  # fmt: skip
def test_a_residue_lies_in_the_exon_of_its_codons_first_base(residue: int, exon: int) -> None:
    assert exon_of_residue(TANGO2, residue) == exon


TOO_LITTLE = ("not_assessed", "validity")


@pytest.mark.parametrize(
    ("validity", "setting", "expected"),
    [
        pytest.param(Validity.DEFINITIVE, stop(140), (VERY_STRONG, "decay"), id="definitive"),
        pytest.param(Validity.STRONG, stop(140), (VERY_STRONG, "decay"), id="strong"),
        pytest.param(Validity.SUPPORTIVE, stop(140), (VERY_STRONG, "decay"), id="supportive"),
        pytest.param(Validity.NOT_STATED, stop(140), (VERY_STRONG, "decay"), id="not stated"),
        pytest.param(Validity.MODERATE, stop(140), (MODERATE, "decay"), id="moderate: two steps"),
        pytest.param(
            Validity.MODERATE, stop(240), (SUPPORTING, "large_part"), id="moderate, from strong"
        ),
        pytest.param(
            *(Validity.MODERATE, stop(1835, BRCA1), (NOT_MET, "validity_too_low")),
            id="moderate, from moderate: nothing is left",
        ),
        pytest.param(Validity.LIMITED, stop(140), TOO_LITTLE, id="limited: at no strength"),
        pytest.param(Validity.DISPUTED, stop(140), TOO_LITTLE, id="disputed"),
    ],
)
def test_how_well_the_gene_is_established_decides_how_much_a_null_allele_says(
    validity: Validity, setting: Setting, expected: tuple[Strength | Outcome, str]
) -> None:
    verdict = replace(setting, validity=validity).ask(pvs1)

    assert answer(verdict) == expected
    if verdict.strength is None:
        assert verdict.reason["validity"] is validity
    if verdict.outcome is NOT_MET:
        assert verdict.reason["strength"] is MODERATE


def test_what_a_moderate_gene_loses_is_a_rule() -> None:
    rules = {**RULES, "loss_of_function.lowered_by": Rule(1.0)}
    setting = replace(stop(140), validity=Validity.MODERATE)

    assert replace(setting, rules=rules).ask(pvs1).strength is STRONG
    assert "loss_of_function.lowered_by" in {read.key for read in setting.assess().reads}
