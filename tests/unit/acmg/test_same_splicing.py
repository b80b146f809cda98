"""PS1 by splicing: each row of Walker 2023's table 2, and what has to be the same before it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core_builders import (
    BRCA1,
    RULES,
    TANGO2,
    Setting,
    allele,
    comparator,
    consequence,
    missense,
    predictions,
)
from varinterp.acmg.known_effect import ps1
from varinterp.acmg.missense import pm5
from varinterp.acmg.question import Question
from varinterp.acmg.same_splicing import same_splicing
from varinterp.model.clinvar import Significance, SpliceComparator
from varinterp.model.curation import Curations, Effect, Origin, RnaStudy, Scope
from varinterp.model.evidence import Criterion, Outcome, Strength
from varinterp.model.facts import (
    RULE,
    SPLICE_COMPARATORS,
    TRANSCRIPT,
    ExonSkip,
    Rule,
)
from varinterp.model.gene_disease import Mechanism, Validity
from varinterp.model.prediction import Predictions, Score, ScoreOrigin, SpliceEffect
from varinterp.model.reads import Evidence, Reader
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Consequence, Span, Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
SUPPORTING, MODERATE, STRONG = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG
P, LP = Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC
DONOR, ACCEPTOR = Side.DONOR, Side.ACCEPTOR
LOSS = {DONOR: SpliceEffect.DONOR_LOSS, ACCEPTOR: SpliceEffect.ACCEPTOR_LOSS}
EXON = 7
EDGE = {DONOR: 20061683, ACCEPTOR: 20061530}
"""The last and the first base of exon 7 of TANGO2."""
SKIP = ExonSkip(
    7, coding_bases=154, in_frame=False, triggers_decay=True, removed=0.2, holds_start=False
)
CANONICAL = {DONOR: Term.SPLICE_DONOR, ACCEPTOR: Term.SPLICE_ACCEPTOR}


def position(side: Side, offset: int) -> int:
    step = offset if offset > 0 else offset + 1
    return EDGE[side] + (step if side is DONOR else -step)


def name(side: Side, offset: int, alt: str = "A", ref: str = "G") -> str:
    return f"22-{position(side, offset)}-{ref}-{alt}"


def effect(side: Side, offset: int) -> Consequence:
    intron = EXON if side is DONOR else EXON - 1
    if 1 <= offset <= 2:
        sign = "+" if side is DONOR else "-"
        hgvs = f"{TANGO2.id}:c.605{sign}{offset}G>A"
        return consequence(CANONICAL[side], Term.INTRON, intron=intron, hgvs_c=hgvs)
    if offset > 0:
        return consequence(Term.SPLICE_REGION, Term.INTRON, intron=intron)
    return consequence(Term.SPLICE_REGION, Term.SYNONYMOUS, exon=EXON, protein_position=201)


def known(
    side: Side,
    offset: int,
    *significance: Significance,
    alt: str = "T",
    stars: int | None = 1,
    changes_protein: bool | None = False,
) -> SpliceComparator:
    """A comparator in the motif; its change is never ours."""
    said = significance or (P,)
    return SpliceComparator(name(side, offset, alt), offset, said, stars, changes_protein)


def score(value: float, effect: SpliceEffect | None) -> Score:
    return Score(value, ScoreOrigin.RELEASE, effect)


def setting(
    ours: int,
    *comparators: SpliceComparator,
    side: Side = DONOR,
    own: float = 0.8,
    theirs: float = 0.8,
    **rest: Any,
) -> Setting:
    """Ours at an offset of exon 7's site; every allele is predicted to lose the site."""
    given: dict[str, Any] = {
        "allele": allele(name(side, ours)),
        "consequence": effect(side, ours),
        "skip": SKIP,
        "sites": {(EXON, side): comparators},
        "predictions": Predictions(spliceai=score(own, LOSS[side])),
        "scored": {each.allele: score(theirs, LOSS[side]) for each in comparators},
    }
    return Setting(**{**given, **rest})


def capped(most: Strength) -> dict[str, Any]:
    """A gene specification under which PVS1 counts at so much at most."""
    rule = {"a_spec/loss_of_function.max_strength": Rule(most.value)}
    return {"specification": "a_spec", "rules": {**RULES, **rule}}


# Walker 2023 (PMID 37352859), table 2, row by row: (ours, comparator, strength with P, with LP).
ROWS = [
    pytest.param(5, 5, {}, STRONG, MODERATE, id="PP3, same nucleotide"),
    pytest.param(-1, -1, {}, STRONG, MODERATE, id="PP3, same nucleotide, in the exon"),
    pytest.param(5, 3, {}, MODERATE, SUPPORTING, id="PP3, same motif"),
    pytest.param(5, 1, {}, MODERATE, SUPPORTING, id="PP3, same motif, comparator at 1"),
    pytest.param(3, 2, {}, MODERATE, SUPPORTING, id="PP3, same motif, comparator at 2"),
    pytest.param(5, -1, {}, MODERATE, SUPPORTING, id="PP3, same motif, comparator in the exon"),
    pytest.param(1, 2, {}, SUPPORTING, None, id="PVS1, same dinucleotide"),
    pytest.param(1, 1, {}, SUPPORTING, None, id="PVS1, same nucleotide of the dinucleotide"),
    pytest.param(2, 3, {}, SUPPORTING, SUPPORTING, id="PVS1, outside the dinucleotide"),
    *(
        pytest.param(ours, other, capped(most), *strengths, id=f"PVS1_{most}, {where}")
        for most in (STRONG, MODERATE, SUPPORTING)
        for ours, other, where, strengths in (
            (1, 2, "same dinucleotide", (STRONG, None)),
            (1, 3, "outside the dinucleotide", (MODERATE, SUPPORTING)),
        )
    ),
]


@pytest.mark.parametrize("side", [DONOR, ACCEPTOR])
@pytest.mark.parametrize(("ours", "other", "rest", "with_p", "with_lp"), ROWS)
def test_the_table(
    ours: int,
    other: int,
    rest: Mapping[str, Any],
    with_p: Strength,
    with_lp: Strength | None,
    side: Side,
) -> None:
    for word, strength in ((P, with_p), (LP, with_lp)):
        verdict = setting(ours, known(side, other, word), side=side, **rest).ask(ps1)

        assert verdict.strength is strength
        expected = (MET, None) if strength else (NOT_MET, "same_splicing.row_gives_nothing")
        assert verdict.outcome is expected[0]
        assert expected[1] in (None, verdict.reason.key)


@pytest.mark.parametrize(
    ("ours", "other", "key"),
    [
        (5, 5, "same_nucleotide"),
        (5, 4, "same_motif"),
        (5, 1, "same_motif"),
        (1, 1, "same_dinucleotide"),
        (2, 1, "same_dinucleotide"),
        (1, 3, "outside_dinucleotide"),
        (1, -1, "outside_dinucleotide"),
    ],
)
def test_the_reason_names_the_comparator_and_both_predictions(
    ours: int, other: int, key: str
) -> None:
    case = setting(ours, known(DONOR, other, stars=2), own=0.9, theirs=0.7)
    reason = case.ask(ps1).reason

    assert reason.key == f"same_splicing.{key}"
    assert dict(reason.facts) == {
        "comparator": name(DONOR, other, "T"),
        "significance": P,
        "stars": 2,
        "exon": EXON,
        "side": DONOR,
        "tool": "spliceai",
        "score": 0.9,
        "other_score": 0.7,
    }


class TestThePredictedEvent:
    @pytest.mark.parametrize(
        ("own", "theirs", "outcome"),
        [
            (0.80, 0.80, MET),
            (0.81, 0.80, MET),
            (0.79, 0.80, NOT_MET),
            (0.80, 0.20, MET),
            (0.80, 0.19, NOT_MET),
            (0.20, 0.20, MET),
        ],
    )
    def test_is_at_least_as_strong_as_the_comparators(
        self, own: float, theirs: float, outcome: Outcome
    ) -> None:
        verdict = setting(5, known(DONOR, 5), own=own, theirs=theirs).ask(ps1)

        assert verdict.outcome is outcome
        if outcome is NOT_MET:
            assert verdict.reason.key == "same_splicing.not_alike"
            facts = {"tool": "spliceai", "score": own, "exon": EXON, "side": DONOR}
            assert dict(verdict.reason.facts) == facts

    @pytest.mark.parametrize("ours", [5, 1])
    def test_is_one_at_all(self, ours: int) -> None:
        verdict = setting(ours, known(DONOR, 3), own=0.19, theirs=0.1).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.below_pp3")

    @pytest.mark.parametrize("effect", [SpliceEffect.DONOR_GAIN, SpliceEffect.ACCEPTOR_LOSS, None])
    def test_of_ours_is_the_loss_of_this_site(self, effect: SpliceEffect | None) -> None:
        own = Predictions(spliceai=score(0.9, effect))
        verdict = setting(5, known(DONOR, 5), predictions=own).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "same_splicing.other_event")
        assert dict(verdict.reason.facts) == {"exon": EXON, "side": DONOR}

    @pytest.mark.parametrize("effect", [SpliceEffect.DONOR_GAIN, SpliceEffect.ACCEPTOR_LOSS])
    def test_of_the_comparator_is_it_too(self, effect: SpliceEffect) -> None:
        other = known(DONOR, 5)
        scored = {other.allele: score(0.5, effect)}
        verdict = setting(5, other, scored=scored).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "same_splicing.not_alike")

    def test_of_ours_is_not_known_without_a_score(self) -> None:
        verdict = setting(5, known(DONOR, 5), predictions=None).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_score")
        assert verdict.reason["tool"] == "spliceai"

    def test_of_a_comparator_is_not_known_without_a_score(self) -> None:
        verdict = setting(5, known(DONOR, 5), scored={}).ask(ps1)

        assert verdict.outcome is NOT_ASSESSED
        assert verdict.reason.key == "same_splicing.comparator_without_score"
        facts = {"tool": "spliceai", "exon": EXON, "side": DONOR}
        assert dict(verdict.reason.facts) == facts

    def test_one_comparator_without_a_score_does_not_hide_another(self) -> None:
        first, second = known(DONOR, 5), known(DONOR, 4)
        scored = {second.allele: score(0.5, LOSS[DONOR])}

        assert setting(5, first, second, scored=scored).ask(ps1).strength is MODERATE

    def test_one_that_is_not_alike_does_not_hide_that_another_has_no_score(self) -> None:
        first, second = known(DONOR, 5), known(DONOR, 4)
        scored = {second.allele: score(0.95, LOSS[DONOR])}

        assert setting(5, first, second, scored=scored).ask(ps1).outcome is NOT_ASSESSED

    def test_of_a_laboratorys_own_vep_is_not_compared(self) -> None:
        own = Predictions(spliceai=Score(0.9, ScoreOrigin.LABORATORY, LOSS[DONOR]))
        case = setting(5, known(DONOR, 5), predictions=own)
        verdict = case.ask(ps1)

        assert verdict.outcome is NOT_ASSESSED
        assert verdict.reason.key == "same_splicing.laboratory_score"
        assert verdict.reason["tool"] == "spliceai"
        # What another candidate of the case brings along must not be asked for.
        asked = {each.key for each in case.assess().reads if each.source == "spliceai"}
        assert asked == {f"{case.allele}@TANGO2"}

    @pytest.mark.parametrize("seen", [Effect.NORMAL, Effect.DAMAGING])
    @pytest.mark.parametrize("ours", [1, 5])
    def test_gives_way_to_what_was_seen_in_rna(self, seen: Effect, ours: int) -> None:
        origin = Origin("1", "A. Curator", "2026-01-01", None)
        strength = Strength.VERY_STRONG if seen is Effect.DAMAGING else None
        study = RnaStudy(Scope(), origin, seen, None, strength)
        verdict = setting(ours, known(DONOR, 5), curated=Curations(rna=(study,))).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "splicing.seen_in_rna")


class TestAComparatorCounts:
    @pytest.mark.parametrize(
        "said",
        [
            (Significance.UNCERTAIN,),
            (Significance.CONFLICTING,),
            (Significance.BENIGN,),
            (P, Significance.BENIGN),
            (),
        ],
    )
    def test_only_when_all_call_it_pathogenic(self, said: tuple[Significance, ...]) -> None:
        other = replace(known(DONOR, 5), significance=said)
        verdict = setting(5, other).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "same_splicing.none")
        assert dict(verdict.reason.facts) == {"exon": EXON, "side": DONOR}

    def test_as_likely_pathogenic_when_both_are_said(self) -> None:
        assert setting(5, known(DONOR, 5, P, LP)).ask(ps1).strength is MODERATE

    @pytest.mark.parametrize("changes", [True, None], ids=["it does", "perhaps"])
    def test_never_when_it_changes_the_protein(self, changes: bool | None) -> None:
        verdict = setting(5, known(DONOR, -1, changes_protein=changes)).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "same_splicing.none")

    def test_never_when_it_is_the_allele_itself(self) -> None:
        ours = known(DONOR, 5, alt="A")

        assert setting(5, ours).ask(ps1).reason.key == "same_splicing.none"

    @pytest.mark.parametrize(("stars", "outcome"), [(2, MET), (1, MET), (0, NOT_MET)])
    def test_with_a_star(self, stars: int, outcome: Outcome) -> None:
        assert setting(5, known(DONOR, 5, stars=stars)).ask(ps1).outcome is outcome

    def test_perhaps_when_its_stars_are_not_known(self) -> None:
        verdict = setting(5, known(DONOR, 5, stars=None)).ask(ps1)

        assert verdict.outcome is NOT_ASSESSED
        assert verdict.reason.key == "same_splicing.review_status_unknown"
        assert dict(verdict.reason.facts) == {"exon": EXON, "side": DONOR}

    def test_beside_one_whose_stars_are_not_known(self) -> None:
        others = known(DONOR, 5, stars=None), known(DONOR, 4)

        assert setting(5, *others).ask(ps1).strength is MODERATE

    def test_by_its_strength_first(self) -> None:
        near, far = known(DONOR, 5, LP), known(DONOR, 4, LP)
        verdict = setting(5, near, far).ask(ps1)

        assert (verdict.strength, verdict.reason["comparator"]) == (MODERATE, near.allele)
        assert verdict == setting(5, far, near).ask(ps1)

    def test_then_as_pathogenic_before_likely_pathogenic(self) -> None:
        certain, likely = known(DONOR, 4, P), known(DONOR, 5, LP)
        for some in ((certain, likely), (likely, certain)):
            assert setting(5, *some).ask(ps1).reason["significance"] is P

    def test_then_by_the_surest_prediction_then_by_its_name(self) -> None:
        first, second = known(DONOR, 4), known(DONOR, 3)
        scored = {each.allele: score(0.5, LOSS[DONOR]) for each in (first, second)}
        surer = scored | {second.allele: score(0.6, LOSS[DONOR])}

        assert setting(5, first, second, scored=surer).ask(ps1).reason["other_score"] == 0.6
        for some in ((first, second), (second, first)):
            found = setting(5, *some, scored=scored).ask(ps1).reason["comparator"]
            assert found == max(first.allele, second.allele)


class TestPvs1Beside:
    def test_a_gene_that_is_established_less_well_gives_no_more(self) -> None:
        """What validity takes off PVS1, PS1 does not bring back."""
        case = setting(1, known(DONOR, 2), validity=Validity.MODERATE)

        assert case.assess().findings[0].strength is MODERATE
        assert case.ask(ps1).strength is SUPPORTING

    def test_nor_does_it_under_a_specification_that_takes_off_more(self) -> None:
        case = setting(1, known(DONOR, 2), validity=Validity.MODERATE, **capped(SUPPORTING))

        assert case.assess().findings[0].strength is SUPPORTING
        assert case.ask(ps1).strength is SUPPORTING

    def test_that_is_not_assessed_leaves_ps1_open(self) -> None:
        verdict = setting(1, known(DONOR, 2), mechanism=Mechanism.NOT_ESTABLISHED).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "same_splicing.without_pvs1")

    def test_that_is_not_met_leaves_ps1_out(self) -> None:
        untranslated = replace(SKIP, coding_bases=0)
        verdict = setting(1, known(DONOR, 2), skip=untranslated).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "same_splicing.without_pvs1")

    def test_is_not_asked_of_an_allele_outside_the_dinucleotide(self) -> None:
        """PP3 needs no mechanism."""
        case = setting(5, known(DONOR, 5), mechanism=Mechanism.NOT_ESTABLISHED)

        assert case.ask(ps1).strength is STRONG

    def test_by_a_stop_is_no_matter_of_splicing(self) -> None:
        stop = consequence(Term.STOP_GAINED, Term.SPLICE_REGION, exon=EXON, protein_position=201)
        verdict = setting(-1, known(DONOR, 5), consequence=stop).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.counted_as_pvs1")

    def test_and_ps1_are_both_counted(self) -> None:
        met = {
            each.criterion: each.strength for each in setting(1, known(DONOR, 2)).assess().findings
        }

        assert (met[Criterion.PVS1], met[Criterion.PS1], met[Criterion.PP3]) == (
            Strength.VERY_STRONG,
            SUPPORTING,
            None,
        )

    def test_pp3_and_ps1_are_both_counted(self) -> None:
        met = {
            each.criterion: each.strength for each in setting(5, known(DONOR, 5)).assess().findings
        }

        assert (met[Criterion.PVS1], met[Criterion.PS1], met[Criterion.PP3]) == (
            None,
            STRONG,
            SUPPORTING,
        )


class TestWhereThereIsNothingToCompare:
    def test_a_site_that_clinvar_does_not_know_is_considered(self) -> None:
        verdict = setting(5, sites={}).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "same_splicing.none")
        assert dict(verdict.reason.facts) == {"exon": EXON, "side": DONOR}

    def test_another_site_says_nothing(self) -> None:
        there = {(EXON, ACCEPTOR): (known(ACCEPTOR, 5),), (6, DONOR): (known(DONOR, 5),)}

        assert setting(5, sites=there).ask(ps1).reason.key == "same_splicing.none"

    def test_a_release_without_sites_was_not_consulted(self) -> None:
        case = setting(5, sites={})
        verdict = replace(case, consulted=case.consulted - {SPLICE_COMPARATORS.source}).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "same_splicing.no_resource")

    def test_without_a_known_disease(self) -> None:
        verdict = setting(5, known(DONOR, 5), inheritance=None).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")

    def test_a_rule_that_a_specification_voids_gives_nothing(self) -> None:
        void = {"a_spec/same_splicing.pp3.same_nucleotide": Rule("none")}
        case = setting(5, known(DONOR, 5), specification="a_spec", rules={**RULES, **void})

        assert case.ask(ps1).reason.key == "same_splicing.row_gives_nothing"

    @pytest.mark.parametrize(
        ("terms", "expected"),
        [
            ((Term.SPLICE_REGION, Term.INTRON), "prediction.no_transcript"),
            ((Term.SPLICE_DONOR_5TH, Term.INTRON), "prediction.no_transcript"),
            ((Term.INTRON,), "comparator.not_missense"),
        ],
    )
    def test_without_the_transcripts_structure_a_motif_cannot_be_told(
        self, terms: tuple[Term, ...], expected: str
    ) -> None:
        case = setting(5, known(DONOR, 5), consequence=consequence(*terms, intron=EXON))
        facts = {place: each for place, each in case.facts.items() if place[0] != TRANSCRIPT.source}
        evidence = Evidence(facts, case.consulted)

        assert ps1(Question(case.key, TANGO2.id, Reader(evidence))).reason.key == expected


OUTSIDE = ((DONOR, 7), (DONOR, -4), (ACCEPTOR, 21), (ACCEPTOR, -2))
INSIDE = ((DONOR, 6), (DONOR, -3), (ACCEPTOR, 20), (ACCEPTOR, -1))


class TestTheMotifs:
    @pytest.mark.parametrize(("side", "offset"), INSIDE)
    def test_reach_as_far_as_walker_says(self, side: Side, offset: int) -> None:
        assert setting(offset, known(side, 5), side=side).ask(ps1).outcome is MET

    @pytest.mark.parametrize(("side", "offset"), OUTSIDE)
    def test_and_no_further(self, side: Side, offset: int) -> None:
        verdict = setting(offset, known(side, 5), side=side).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "comparator.not_missense")

    @pytest.mark.parametrize("term", [Term.SYNONYMOUS, Term.MISSENSE])
    def test_are_not_looked_for_deep_in_an_exon(self, term: Term) -> None:
        """What is called neither intronic nor near a site reads no transcript for it."""
        case = setting(-1, known(DONOR, 5), consequence=consequence(term, protein_position=201))
        question = Question(case.key, TANGO2.id, Reader(case.evidence))

        assert same_splicing(question) is None
        assert {each.source for each in question.read.reads} == {"consequence"}

    @pytest.mark.parametrize("text", ["22-20061688-GA-G", "22-20061688-G-GA", "22-20061688-GA-TT"])
    def test_hold_substitutions_of_one_base_alone(self, text: str) -> None:
        assert setting(5, known(DONOR, 5), allele=allele(text)).ask(ps1).strength is None

    def test_two_of_a_short_exon_are_both_looked_at(self) -> None:
        """An exon of three bases: its middle one is the donor's, its first one both sites'."""
        first, *rest = TANGO2.exons
        short = replace(TANGO2, exons=(first, Span(20036760, 20036762), *rest[1:]))
        at = replace(
            setting(5),
            transcript=short,
            allele=allele("22-20036760-G-A"),
            consequence=consequence(Term.SPLICE_REGION, Term.SYNONYMOUS, exon=2),
            sites={(2, DONOR): (known(DONOR, 5, LP),), (2, ACCEPTOR): (known(ACCEPTOR, 5, P),)},
        )
        donors = {known(DONOR, 5).allele: score(0.5, LOSS[DONOR])}
        acceptors = {known(ACCEPTOR, 5).allele: score(0.5, LOSS[ACCEPTOR])}

        assert replace(at, scored=donors).ask(ps1).strength is SUPPORTING
        lost = Predictions(spliceai=score(0.8, LOSS[ACCEPTOR]))
        assert replace(at, scored=acceptors, predictions=lost).ask(ps1).strength is MODERATE

    def test_are_found_on_the_other_strand(self) -> None:
        """BRCA1 c.4986+5G>A beside c.4986+3G>C: exon 15 ends at its lowest base."""
        donor = BRCA1.exons[14].start
        other = SpliceComparator(f"17-{donor - 3}-C-G", 3, (P,), 2, False)
        case = Setting(
            transcript=BRCA1,
            allele=allele(f"17-{donor - 5}-C-T"),
            consequence=consequence(
                Term.SPLICE_DONOR_5TH, Term.INTRON, transcript=BRCA1, intron=15
            ),
            sites={(15, DONOR): (other,)},
            predictions=Predictions(spliceai=score(0.9, LOSS[DONOR])),
            scored={other.allele: score(0.9, LOSS[DONOR])},
        )

        assert case.ask(ps1).strength is MODERATE


def near_the_edge(**rest: Any) -> Setting:
    """A missense change of the exon's last base, with comparators of both kinds to come."""
    return setting(
        -1, consequence=replace(missense(), terms=(Term.MISSENSE, Term.SPLICE_REGION)), **rest
    )


class TestBesideTheProtein:
    def test_the_stronger_counts(self) -> None:
        same = comparator("R", P)
        weaker = near_the_edge(comparators=(same,), **spliced(LP, 4))
        verdict = weaker.ask(ps1)

        assert (verdict.strength, verdict.reason.key) == (STRONG, "comparator.ps1")

        likely = comparator("R", LP)
        stronger = near_the_edge(comparators=(likely,), **spliced(P, -1))
        verdict = stronger.ask(ps1)
        assert (verdict.strength, verdict.reason.key) == (STRONG, "same_splicing.same_nucleotide")

    def test_of_two_alike_the_proteins_is_told(self) -> None:
        case = near_the_edge(comparators=(comparator("R", P),), **spliced(P, -1))

        assert case.ask(ps1).reason.key == "comparator.ps1"

    def test_of_none_what_lacks_data_is_told(self) -> None:
        unscored = near_the_edge(**{**spliced(P, 5), "scored": {}})
        verdict = unscored.ask(ps1)
        assert verdict.reason.key == "same_splicing.comparator_without_score"

        unrated = near_the_edge(comparators=(comparator("R", stars=None),), sites={})
        assert unrated.ask(ps1).reason.key == "comparator.review_status_unknown"

    def test_of_none_the_proteins_answer_is_told(self) -> None:
        assert near_the_edge(sites={}).ask(ps1).reason.key == "comparator.none"

    @pytest.mark.parametrize(
        ("residue", "splicing", "expected"),
        [
            (P, LP, ("same_splicing.less_than_pm5", None)),
            (LP, LP, ("same_splicing.same_motif", SUPPORTING)),
            (P, P, ("same_splicing.same_motif", MODERATE)),
        ],
        ids=["PM5 stronger", "alike", "alike at moderate"],
    )
    def test_ps1_never_takes_the_place_of_a_stronger_pm5(
        self,
        residue: Significance,
        splicing: Significance,
        expected: tuple[str, Strength | None],
    ) -> None:
        case = near_the_edge(comparators=(comparator("V", residue),), **spliced(splicing, 5))
        verdict = case.ask(ps1)

        assert (verdict.reason.key, verdict.strength) == expected
        assert case.ask(pm5).strength is (MODERATE if residue is P else SUPPORTING)

    def test_nothing_known_at_the_site_leaves_a_pm5_alone(self) -> None:
        case = near_the_edge(comparators=(comparator("V", P),), sites={})

        assert case.ask(ps1).reason.key == "comparator.none"
        assert case.ask(pm5).strength is MODERATE

    def test_what_lacks_data_is_told_beside_a_stronger_pm5_too(self) -> None:
        unrated = comparator("R", stars=None), comparator("V", P, allele="22-20061539-G-T")
        verdict = near_the_edge(comparators=unrated, **spliced(LP, 5)).ask(ps1)

        assert verdict.reason.key == "comparator.review_status_unknown"

    def test_a_proteins_ps1_stands_whatever_pm5_says(self) -> None:
        case = near_the_edge(
            comparators=(comparator("R", LP), comparator("V", P, allele="22-20061539-G-T")),
            **spliced(LP, 5),
        )

        assert case.ask(ps1).strength is MODERATE

    def test_without_a_consequence_nothing_is_said(self) -> None:
        verdict = setting(5, consequence=None, skip=None).ask(ps1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_consequence")

    def test_a_missense_score_is_no_prediction_of_splicing(self) -> None:
        only = predictions(revel=0.99)
        verdict = near_the_edge(**{**spliced(P, 5), "predictions": only}).ask(ps1)

        assert verdict.reason.key == "prediction.no_score"


def spliced(significance: Significance, offset: int) -> dict[str, Any]:
    """What is known at the donor of exon 7."""
    other = known(DONOR, offset, significance)
    return {
        "sites": {(EXON, DONOR): (other,)},
        "scored": {other.allele: score(0.5, LOSS[DONOR])},
    }


def test_the_rows_are_read_from_the_rules_alone() -> None:
    """Nothing of the table is read where there is nothing to compare."""
    question = Question(setting(5, sites={}).key, TANGO2.id, Reader(setting(5, sites={}).evidence))
    ps1(question)

    read = {each.key for each in question.read.reads if each.source == RULE.source}
    assert read == {"comparator.min_stars"}
