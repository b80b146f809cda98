"""What RNA studies say together, BP7 by them and by prediction, and what they take the place of."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core_builders import (
    BRCA1,
    DISEASES,
    RULES,
    TANGO2,
    Setting,
    allele,
    consequence,
    missense,
    predictions,
)
from varinterp.acmg.assess import Decide
from varinterp.acmg.prediction import bp4, pp3
from varinterp.acmg.question import Question
from varinterp.acmg.splicing import Rna, bp7, rna
from varinterp.model.curation import Curations, Effect, Origin, RnaStudy, Scope
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Reader
from varinterp.model.transcript import Consequence, Term, Transcript

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
SUPPORTING, STRONG = Strength.SUPPORTING, Strength.STRONG
NORMAL, DAMAGING, INTERMEDIATE = Effect.NORMAL, Effect.DAMAGING, Effect.INTERMEDIATE
SILENT = 0.0
"""A SpliceAI score that predicts no effect."""
ANY = Scope()
HERE = Scope(TANGO2.hgnc, DISEASES[TANGO2.hgnc], Inheritance.AUTOSOMAL_RECESSIVE)
ELSEWHERE = Scope(hgnc=BRCA1.hgnc)


def study(effect: Effect, scope: Scope = ANY) -> RnaStudy:
    return RnaStudy(scope, Origin(effect, "A. Curator", "2026-01-01", None), effect, None, None)


def studies(*effects: Effect) -> Curations:
    return Curations(rna=tuple(study(effect) for effect in effects))


def with_rules(**values: str | float) -> Mapping[str, Rule]:
    return {**RULES, **{name.replace("__", "."): Rule(value) for name, value in values.items()}}


def together(setting: Setting) -> Rna | None:
    return rna(Question(setting.key, TANGO2.id, Reader(setting.evidence)))


class TestStudiesTogether:
    def test_without_any_nothing(self) -> None:
        assert together(Setting()) is None
        assert together(Setting(curated=Curations())) is None

    @pytest.mark.parametrize(
        ("effects", "said"),
        [
            ((NORMAL,), Rna.NORMAL),
            ((NORMAL, NORMAL), Rna.NORMAL),
            ((DAMAGING,), Rna.DAMAGING),
            ((INTERMEDIATE,), Rna.INTERMEDIATE),
            ((NORMAL, DAMAGING), Rna.DISAGREE),
            ((DAMAGING, INTERMEDIATE), Rna.DISAGREE),
            ((NORMAL, INTERMEDIATE), Rna.DISAGREE),
        ],
    )
    def test_agree_or_not(self, effects: tuple[Effect, ...], said: Rna) -> None:
        assert together(Setting(curated=studies(*effects))) is said

    def test_published_ones_and_our_own_are_read_alike(self) -> None:
        assert together(Setting(own_cases=studies(NORMAL))) is Rna.NORMAL
        both = Setting(curated=studies(NORMAL), own_cases=studies(DAMAGING))
        assert together(both) is Rna.DISAGREE

    def test_of_another_gene_they_say_nothing(self) -> None:
        here, there = study(NORMAL, HERE), study(DAMAGING, ELSEWHERE)

        assert together(Setting(curated=Curations(rna=(here, there)))) is Rna.NORMAL
        assert together(Setting(curated=Curations(rna=(there,)))) is None


SYNONYMOUS = consequence(Term.SYNONYMOUS, exon=7, protein_position=160)
INTRONIC = consequence(Term.INTRON, intron=7, hgvs_c=f"{TANGO2.id}:c.605+20A>G")
NEAR = consequence(Term.SPLICE_DONOR_5TH, Term.INTRON, intron=7, hgvs_c=f"{TANGO2.id}:c.605+5G>A")
INSIDE = allele("22-20061600-G-A")


def seen(effect: Consequence, *effects: Effect, spliceai: float | None = None) -> Setting:
    return Setting(
        allele=INSIDE,
        consequence=effect,
        curated=studies(*effects),
        predictions=predictions(spliceai=spliceai),
    )


# Walker 2023 (PMID 37352859): BP7_Strong (RNA) for silent and intronic alleles.
@pytest.mark.parametrize(
    "effect", [SYNONYMOUS, INTRONIC, NEAR], ids=["synonymous", "deep", "fifth base of the intron"]
)
class TestBp7ByRna:
    @pytest.mark.parametrize("spliceai", [None, SILENT, 0.9])
    def test_normal_is_strong_whatever_is_predicted(
        self, effect: Consequence, spliceai: float | None
    ) -> None:
        verdict = seen(effect, NORMAL, spliceai=spliceai).ask(bp7)

        assert (verdict.outcome, verdict.strength) == (MET, STRONG)
        assert verdict.reason.key == "splicing.rna_normal"

    @pytest.mark.parametrize(
        ("effects", "outcome", "reason"),
        [
            ((DAMAGING,), NOT_MET, "splicing.rna_damaging"),
            ((INTERMEDIATE,), NOT_MET, "splicing.rna_intermediate"),
            ((NORMAL, DAMAGING), NOT_ASSESSED, "splicing.rna_disagree"),
        ],
    )
    def test_anything_else_is_not_benign_however_it_was_predicted(
        self, effect: Consequence, effects: tuple[Effect, ...], outcome: Outcome, reason: str
    ) -> None:
        verdict = seen(effect, *effects, spliceai=SILENT).ask(bp7)

        assert (verdict.outcome, verdict.reason.key) == (outcome, reason)

    @pytest.mark.parametrize("effects", [(NORMAL,), (DAMAGING,), (INTERMEDIATE,)])
    @pytest.mark.parametrize("decide", [pp3, bp4])
    @pytest.mark.parametrize("spliceai", [None, SILENT, 0.9])
    def test_takes_the_place_of_the_prediction(
        self,
        effect: Consequence,
        effects: tuple[Effect, ...],
        decide: Decide,
        spliceai: float | None,
    ) -> None:
        verdict = seen(effect, *effects, spliceai=spliceai).ask(decide)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "splicing.seen_in_rna")


@pytest.mark.parametrize(
    "term", [Term.MISSENSE, Term.STOP_GAINED, Term.SPLICE_DONOR, Term.INFRAME_DELETION]
)
def test_normal_rna_says_nothing_for_bp7_of_a_changed_protein_or_a_lost_site(term: Term) -> None:
    verdict = seen(consequence(term, Term.SPLICE_REGION), NORMAL).ask(bp7)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.outside_bp7")
    assert verdict.reason["consequence"] == term


class TestMissenseWithRna:
    def scored(self, revel: float, *effects: Effect, spliceai: float | None = None) -> Setting:
        return Setting(
            consequence=missense(),
            curated=studies(*effects),
            predictions=predictions(revel=revel, spliceai=spliceai),
        )

    @pytest.mark.parametrize("spliceai", [None, 0.9])
    def test_normal_splicing_leaves_the_protein_to_its_predictor(
        self, spliceai: float | None
    ) -> None:
        setting = self.scored(0.1, NORMAL, spliceai=spliceai)

        assert setting.ask(bp4).strength is Strength.MODERATE
        assert setting.ask(bp4).reason["tool"] == "revel"
        assert setting.ask(pp3).reason.key == "prediction.below_pp3"

    @pytest.mark.parametrize("effects", [(DAMAGING,), (INTERMEDIATE,), (NORMAL, DAMAGING)])
    def test_changed_splicing_is_never_benign(self, effects: tuple[Effect, ...]) -> None:
        verdict = self.scored(0.001, *effects, spliceai=SILENT).ask(bp4)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "splicing.seen_in_rna")

    def test_a_damaged_protein_still_counts_and_a_predicted_site_does_not(self) -> None:
        assert self.scored(0.95, DAMAGING, spliceai=0.9).ask(pp3).strength is STRONG
        assert self.scored(0.1, DAMAGING, spliceai=0.9).ask(pp3).strength is None


class TestRulesInForce:
    def test_a_specification_moves_the_cut_offs(self) -> None:
        rules = with_rules(
            **{"a_spec/predictor__spliceai__pp3": 0.5, "a_spec/predictor__spliceai__bp4": 0.3}
        )
        setting = replace(
            seen(SYNONYMOUS, spliceai=0.3), curated=None, rules=rules, specification="a_spec"
        )

        assert setting.ask(bp7).strength is SUPPORTING
        assert setting.ask(bp4).strength is SUPPORTING
        assert replace(setting, predictions=predictions(spliceai=0.49)).ask(pp3).strength is None
        met = replace(setting, predictions=predictions(spliceai=0.5)).ask(pp3)
        assert (met.strength, met.reason["limit"]) == (SUPPORTING, 0.5)

    @pytest.mark.parametrize(
        ("decide", "key"), [(pp3, "pp3"), (bp4, "bp4"), (bp7, "bp4")], ids=["PP3", "BP4", "BP7"]
    )
    def test_a_specification_voids_a_cut_off(self, decide: Decide, key: str) -> None:
        setting = Setting(
            allele=INSIDE,
            consequence=SYNONYMOUS,
            predictions=predictions(spliceai=0.5 if key == "pp3" else SILENT),
            rules={**RULES, f"a_spec/predictor.spliceai.{key}": Rule("none")},
            specification="a_spec",
        )
        verdict = setting.ask(decide)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_limit")
        assert verdict.reason["tool"] == "spliceai"


@pytest.mark.parametrize("decide", [pp3, bp4, bp7])
def test_no_predictor_is_asked_about_mitochondrial_dna(decide: Decide) -> None:
    setting = Setting(
        allele=allele("MT-3243-A-G"),
        consequence=missense() if decide is not bp7 else SYNONYMOUS,
        predictions=predictions(revel=0.99 if decide is pp3 else 0.001, spliceai=SILENT),
    )
    verdict = setting.ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.mitochondrial")


def silent(position: int, transcript: Transcript, name: str = "G-A") -> Setting:
    return Setting(
        allele=allele(f"{transcript.chromosome}-{position}-{name}"),
        transcript=transcript,
        consequence=consequence(Term.SYNONYMOUS, transcript=transcript),
        predictions=predictions(spliceai=SILENT),
    )


# TANGO2's exon 7, forward: 20061530 to 20061683. BRCA1's exon 10, reverse: 43091435 to 43094860.
@pytest.mark.parametrize(
    ("setting", "outcome"),
    [
        pytest.param(silent(20061530, TANGO2), NOT_MET, id="forward: first base of the exon"),
        pytest.param(silent(20061531, TANGO2), MET, id="forward: second base"),
        pytest.param(silent(20061680, TANGO2), MET, id="forward: fourth base from the end"),
        pytest.param(silent(20061681, TANGO2), NOT_MET, id="forward: third base from the end"),
        pytest.param(silent(20061683, TANGO2), NOT_MET, id="forward: last base"),
        pytest.param(silent(43094860, BRCA1), NOT_MET, id="reverse: first base of the exon"),
        pytest.param(silent(43094859, BRCA1), MET, id="reverse: second base"),
        pytest.param(silent(43091438, BRCA1), MET, id="reverse: fourth base from the end"),
        pytest.param(silent(43091437, BRCA1), NOT_MET, id="reverse: third base from the end"),
        pytest.param(silent(43091435, BRCA1), NOT_MET, id="reverse: last base"),
        pytest.param(
            silent(20061680, TANGO2, "GA-CT"), NOT_MET, id="two bases, one of the last three"
        ),
        pytest.param(silent(20061679, TANGO2, "GA-CT"), MET, id="two bases before the last three"),
        pytest.param(silent(20061700, TANGO2), NOT_MET, id="in no exon of the transcript"),
        pytest.param(
            silent(20061529, TANGO2, "GAAAA-CTTTT"), NOT_MET, id="from the intron into the exon"
        ),
    ],
)
def test_bp7_of_a_synonymous_allele(setting: Setting, outcome: Outcome) -> None:
    verdict = setting.ask(bp7)

    assert verdict.outcome is outcome
    assert verdict.strength is (SUPPORTING if outcome is MET else None)
    assert verdict.reason.key == ("prediction.bp7" if outcome is MET else "prediction.outside_bp7")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ("605+6A>G", NOT_MET),
        ("605+7A>G", MET),
        ("606-20A>G", NOT_MET),
        ("606-21A>G", MET),
        ("-10+7A>G", MET),
        ("*15-20A>G", NOT_MET),
        ("605+7_605+9del", MET),
        ("605+5_605+9del", NOT_MET),
        ("606-25_606-18del", NOT_MET),
        ("605+8_606-21del", MET),
        ("605+8_606del", NOT_MET),
        ("605+30_605+31insT", MET),
        ("605G>A", NOT_MET),
    ],
)
def test_bp7_of_an_intronic_allele_asks_where_every_base_lies(
    change: str, outcome: Outcome
) -> None:
    effect = consequence(Term.INTRON, intron=7, hgvs_c=f"{TANGO2.id}:c.{change}")

    assert seen(effect, spliceai=SILENT).ask(bp7).outcome is outcome


@pytest.mark.parametrize(
    "effect",
    [
        pytest.param(missense(), id="missense"),
        pytest.param(consequence(Term.INTRON, intron=7), id="an intron without a name"),
        pytest.param(
            consequence(
                Term.SPLICE_ACCEPTOR,
                Term.SPLICE_DONOR,
                Term.CODING_SEQUENCE,
                Term.INTRON,
                hgvs_c=f"{TANGO2.id}:c.451+30_606-30del",
            ),
            id="an exon deleted from deep to deep",
        ),
    ],
)
def test_bp7_is_for_silent_and_deep_intronic_alleles_only(effect: Consequence) -> None:
    assert seen(effect, spliceai=SILENT).ask(bp7).reason.key == "prediction.outside_bp7"


@pytest.mark.parametrize("spliceai", [0.11, 0.5])
def test_bp7_needs_kept_splicing(spliceai: float) -> None:
    setting = replace(silent(20061600, TANGO2), predictions=predictions(spliceai=spliceai))

    verdict = setting.ask(bp7)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.above_bp4")
    assert verdict.reason["score"] == spliceai


def test_bp7_says_which_score_it_rests_on() -> None:
    reason = (
        replace(silent(20061600, TANGO2), predictions=predictions(spliceai=0.1)).ask(bp7).reason
    )

    assert (reason["tool"], reason["score"]) == ("spliceai", 0.1)


def test_without_the_transcripts_structure_an_exons_ends_cannot_be_told() -> None:
    setting = silent(20061600, TANGO2)
    facts = {place: fact for place, fact in setting.facts.items() if place[0] != "transcript"}
    verdict = bp7(Question(setting.key, TANGO2.id, Reader(type(setting.evidence)(facts))))

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_transcript")
