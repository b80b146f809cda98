"""PP3 and BP4: every boundary of the calibrated tables, and that silence is never benign."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
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
from varinterp.acmg.splicing import bp7
from varinterp.errors import InternalError
from varinterp.model.evidence import Outcome, Strength, Verdict
from varinterp.model.facts import SCORES, Rule
from varinterp.model.prediction import MISSENSE, Predictions, Predictor, score_key
from varinterp.model.transcript import Consequence, Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
SUPPORTING, MODERATE = Strength.SUPPORTING, Strength.MODERATE
STRONG, VERY_STRONG = Strength.STRONG, Strength.VERY_STRONG
SILENT = 0.0
"""A SpliceAI score that predicts no effect."""


def scored(
    effect: Consequence, revel: float | None = None, spliceai: float | None = None
) -> Setting:
    return Setting(consequence=effect, predictions=predictions(revel=revel, spliceai=spliceai))


# Pejaver 2022 (PMID 36413997), table 2, REVEL: a bracket of the table's side is inclusive.
@pytest.mark.parametrize(
    ("revel", "damaging", "tolerated"),
    [
        (0.0, None, VERY_STRONG),
        (0.003, None, VERY_STRONG),
        (0.0031, None, STRONG),
        (0.016, None, STRONG),
        (0.0161, None, MODERATE),
        (0.183, None, MODERATE),
        (0.1831, None, SUPPORTING),
        (0.290, None, SUPPORTING),
        (0.2901, None, None),
        (0.6439, None, None),
        (0.644, SUPPORTING, None),
        (0.7729, SUPPORTING, None),
        (0.773, MODERATE, None),
        (0.9319, MODERATE, None),
        (0.932, STRONG, None),
        (1.0, STRONG, None),
    ],
)
def test_revel_at_every_boundary(
    revel: float, damaging: Strength | None, tolerated: Strength | None
) -> None:
    setting = scored(missense(), revel, SILENT)

    assert setting.ask(pp3).strength is damaging
    assert setting.ask(bp4).strength is tolerated


@given(scores=st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_a_higher_score_is_never_less_damaging(scores: list[float]) -> None:
    def points(revel: float) -> int:
        setting = scored(missense(), revel, SILENT)
        damaging, tolerated = setting.ask(pp3).strength, setting.ask(bp4).strength
        return (damaging.points if damaging else 0) - (tolerated.points if tolerated else 0)

    assert all(points(low) <= points(high) for low, high in pairwise(sorted(scores)))


SYNONYMOUS = consequence(Term.SYNONYMOUS, exon=7, protein_position=160)
INTRONIC = consequence(Term.INTRON, intron=7, hgvs_c=f"{TANGO2.id}:c.605+20A>G")


# Walker 2023 (PMID 37352859): 0.2 and above, 0.1 and below, nothing between.
@pytest.mark.parametrize("effect", [SYNONYMOUS, INTRONIC], ids=["synonymous", "intronic"])
@pytest.mark.parametrize(
    ("spliceai", "damaging", "tolerated"),
    [
        (0.0, NOT_MET, MET),
        (0.1, NOT_MET, MET),
        (0.11, NOT_MET, NOT_MET),
        (0.19, NOT_MET, NOT_MET),
        (0.2, MET, NOT_MET),
        (1.0, MET, NOT_MET),
        (None, NOT_ASSESSED, NOT_ASSESSED),
    ],
)
def test_spliceai_at_every_boundary(
    effect: Consequence, spliceai: float | None, damaging: Outcome, tolerated: Outcome
) -> None:
    setting = scored(effect, None, spliceai)

    assert setting.ask(pp3).outcome is damaging
    assert setting.ask(bp4).outcome is tolerated
    for decide in (pp3, bp4):
        assert setting.ask(decide).strength in (None, SUPPORTING)


@pytest.mark.parametrize("scores", [None, Predictions(), predictions(revel=0.001)])
@pytest.mark.parametrize(
    "effect", [missense(), SYNONYMOUS, INTRONIC], ids=["missense", "synonymous", "intronic"]
)
@pytest.mark.parametrize("decide", [bp4, bp7])
def test_a_missing_splice_score_is_never_benign(
    decide: Decide, effect: Consequence, scores: Predictions | None
) -> None:
    verdict = Setting(allele=allele("22-20061600-G-A"), consequence=effect, predictions=scores).ask(
        decide
    )

    assert verdict.strength is None
    if not (decide is bp7 and effect.worst is Term.MISSENSE):
        assert verdict.outcome is NOT_ASSESSED


@pytest.mark.parametrize("decide", [pp3, bp4])
def test_a_missing_missense_score_is_not_assessed(decide: Decide) -> None:
    verdict = scored(missense(), None, SILENT).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_score")
    assert verdict.reason["tool"] == "revel"


@pytest.mark.parametrize(
    ("revel", "spliceai", "strength", "tool"),
    [
        pytest.param(0.1, 0.9, SUPPORTING, "spliceai", id="tolerated, and splicing is changed"),
        pytest.param(None, 0.9, SUPPORTING, "spliceai", id="no score, and splicing is changed"),
        pytest.param(0.95, 0.9, STRONG, "revel", id="damaged twice counts once, as the stronger"),
        pytest.param(0.95, None, STRONG, "revel", id="damaged, splicing unknown"),
        pytest.param(0.5, None, None, "revel", id="undecided, splicing unknown"),
    ],
)
def test_a_missense_allele_may_harm_by_splicing(
    revel: float | None, spliceai: float | None, strength: Strength | None, tool: str
) -> None:
    verdict = scored(missense(), revel, spliceai).ask(pp3)

    assert verdict.strength is strength
    assert verdict.reason["tool"] == tool


@pytest.mark.parametrize("spliceai", [0.11, 0.2, 0.9])
def test_a_tolerated_residue_is_not_benign_when_splicing_may_change(spliceai: float) -> None:
    assert scored(missense(), 0.001, spliceai).ask(bp4).outcome is NOT_MET


@pytest.mark.parametrize(
    "term",
    [
        Term.START_LOST,
        Term.STOP_LOST,
        Term.INFRAME_DELETION,
        Term.INFRAME_INSERTION,
        Term.PROTEIN_ALTERING,
        Term.UTR_5,
    ],
)
def test_kept_splicing_says_nothing_of_a_changed_protein(term: Term) -> None:
    verdict = scored(consequence(term), None, SILENT).ask(bp4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_tool")


@pytest.mark.parametrize("decide", [pp3, bp4])
@pytest.mark.parametrize(
    "term", [Term.STOP_GAINED, Term.FRAMESHIFT, Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR]
)
def test_what_pvs1_counts_is_not_counted_again(decide: Decide, term: Term) -> None:
    verdict = scored(consequence(term), 0.99, 0.99).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.counted_as_pvs1")


@pytest.mark.parametrize("decide", [pp3, bp4, bp7])
def test_without_a_consequence_nothing_is_said(decide: Decide) -> None:
    assert Setting().ask(decide).reason.key == "no_consequence"


def with_rules(**values: str | float) -> Mapping[str, Rule]:
    return {**RULES, **{name.replace("__", "."): Rule(value) for name, value in values.items()}}


# Pejaver 2022 (PMID 36413997), table 2, and Bergquist 2025 (PMID 40084623): the side of each
# range that has a bracket in the tables is inclusive.
CALIBRATED = [
    ("alphamissense", 0.0, None, MODERATE),
    ("alphamissense", 0.099, None, MODERATE),
    ("alphamissense", 0.0991, None, SUPPORTING),
    ("alphamissense", 0.169, None, SUPPORTING),
    ("alphamissense", 0.1691, None, None),
    ("alphamissense", 0.7919, None, None),
    ("alphamissense", 0.792, SUPPORTING, None),
    ("alphamissense", 0.9059, SUPPORTING, None),
    ("alphamissense", 0.906, MODERATE, None),
    ("alphamissense", 0.9899, MODERATE, None),
    ("alphamissense", 0.99, STRONG, None),
    ("bayesdel", -0.36, None, MODERATE),
    ("bayesdel", -0.3599, None, SUPPORTING),
    ("bayesdel", -0.18, None, SUPPORTING),
    ("bayesdel", -0.1799, None, None),
    ("bayesdel", 0.1299, None, None),
    ("bayesdel", 0.13, SUPPORTING, None),
    ("bayesdel", 0.27, MODERATE, None),
    ("bayesdel", 0.4999, MODERATE, None),
    ("bayesdel", 0.50, STRONG, None),
    ("cadd", 0.15, None, STRONG),
    ("cadd", 0.151, None, MODERATE),
    ("cadd", 17.3, None, MODERATE),
    ("cadd", 17.301, None, SUPPORTING),
    ("cadd", 22.7, None, SUPPORTING),
    ("cadd", 22.701, None, None),
    ("cadd", 25.299, None, None),
    ("cadd", 25.3, SUPPORTING, None),
    ("cadd", 28.099, SUPPORTING, None),
    ("cadd", 28.1, MODERATE, None),
    ("cadd", 99.0, MODERATE, None),
    ("phylop", -20.0, None, MODERATE),
    ("phylop", 0.021, None, MODERATE),
    ("phylop", 0.022, None, SUPPORTING),
    ("phylop", 1.879, None, SUPPORTING),
    ("phylop", 1.88, None, None),
    ("phylop", 7.366, None, None),
    ("phylop", 7.367, SUPPORTING, None),
    ("phylop", 9.74, SUPPORTING, None),
    ("phylop", 9.741, MODERATE, None),
]


@pytest.mark.parametrize(("tool", "score", "damaging", "tolerated"), CALIBRATED)
def test_every_other_predictor_at_its_boundaries(
    tool: str, score: float, damaging: Strength | None, tolerated: Strength | None
) -> None:
    setting = Setting(
        consequence=missense(),
        predictions=predictions(revel=0.5, spliceai=SILENT, **{tool: score}),
        rules=with_rules(predictor__missense=tool),
    )

    assert setting.ask(pp3).strength is damaging
    assert setting.ask(bp4).strength is tolerated
    assert setting.ask(pp3).reason["tool"] == tool


@pytest.mark.parametrize("decide", [pp3, bp4])
@pytest.mark.parametrize("tool", MISSENSE)
def test_the_chosen_predictor_is_read_and_no_other_missense_one(
    decide: Decide, tool: Predictor
) -> None:
    chosen = with_rules(predictor__missense=tool.value)
    every = predictions(**{each.value: 0.5 for each in MISSENSE}, spliceai=SILENT)
    setting = Setting(consequence=missense(), predictions=every, rules=chosen)
    findings = setting.assess().findings
    (finding,) = (each for each in findings if each.criterion.value.lower() == decide.__name__)
    read = {each.source for each in finding.reads}

    assert read & set(Predictor) == {tool, Predictor.SPLICEAI}


@pytest.mark.parametrize("tool", MISSENSE)
def test_another_predictors_score_does_not_stand_in_for_the_chosen_one(tool: Predictor) -> None:
    others = {each.value: 0.99 for each in MISSENSE if each is not tool}
    setting = Setting(
        consequence=missense(),
        predictions=predictions(**others, spliceai=SILENT),
        rules=with_rules(predictor__missense=tool.value),
    )

    for decide in (pp3, bp4):
        assert setting.ask(decide).reason.key == "prediction.no_score"


OTHER_TRANSCRIPT = replace(missense(), transcript="ENST00000398042.6")
OTHER_GENE = replace(missense(), gene="DGCR8")


@pytest.mark.parametrize(
    ("tool", "elsewhere", "taken"),
    [
        ("revel", OTHER_TRANSCRIPT, False),
        ("alphamissense", OTHER_TRANSCRIPT, False),
        ("revel", replace(missense(), transcript="ENST00000327374.1"), True),
        ("spliceai", OTHER_GENE, False),
        ("spliceai", OTHER_TRANSCRIPT, True),
        ("cadd", OTHER_TRANSCRIPT, True),
        ("phylop", OTHER_TRANSCRIPT, True),
    ],
)
def test_a_score_belongs_to_what_it_was_made_for(
    tool: str, elsewhere: Consequence, taken: bool
) -> None:
    at, here = allele("22-20061538-G-A"), missense()
    keys = [score_key(Predictor(tool), at, each) for each in (here, elsewhere)]

    assert (keys[0] == keys[1]) is taken


def test_conservation_says_nothing_of_more_than_one_base() -> None:
    effect = missense()

    assert score_key(Predictor.PHYLOP, allele("22-20061538-G-A"), effect) == "22-20061538"
    assert score_key(Predictor.PHYLOP, allele("22-20061538-GAAC-G"), effect) is None


def test_the_scores_are_sources_of_their_own() -> None:
    assert {fact.source for fact in SCORES.values()} == set(Predictor)


def test_a_predictor_that_is_not_built_is_our_fault_and_said_so() -> None:
    setting = replace(scored(missense(), 0.9, SILENT), rules=with_rules(predictor__missense="eve"))

    with pytest.raises(InternalError, match=r"predictor\.missense"):
        setting.ask(pp3)


@pytest.mark.parametrize("decide", [pp3, bp4])
class TestASpecificationsPredictor:
    def ask(self, decide: Decide, score: float, **rules: str | float) -> Verdict:
        own = {
            f"a_spec/predictor.{name.replace('__', '.')}": Rule(value)
            for name, value in rules.items()
        }
        return Setting(
            consequence=missense(),
            predictions=predictions(revel=score, bayesdel=score, spliceai=SILENT),
            rules={**RULES, **own},
            specification="a_spec",
        ).ask(decide)

    def test_is_its_own_choice(self, decide: Decide) -> None:
        score = 0.3 if decide is pp3 else -0.3
        verdict = self.ask(decide, score, missense="bayesdel")

        assert verdict.reason["tool"] == "bayesdel"
        assert verdict.strength is (MODERATE if decide is pp3 else SUPPORTING)

    def test_has_its_own_cut_offs(self, decide: Decide) -> None:
        edge: dict[str, str | float] = {"revel__pp3_supporting": 0.7, "revel__bp4_supporting": 0.15}
        edge |= {"revel__bp4_moderate": "none", "revel__bp4_strong": "none"}
        met, missed = (0.7, 0.69) if decide is pp3 else (0.15, 0.16)

        assert self.ask(decide, met, **edge).strength is SUPPORTING
        assert self.ask(decide, missed, **edge).outcome is NOT_MET

    def test_stays_at_the_strengths_that_it_leaves(self, decide: Decide) -> None:
        voided: dict[str, str | float] = {
            f"revel__{code}_{strength}": "none"
            for code in ("pp3", "bp4")
            for strength in ("moderate", "strong", "very_strong")
        }

        assert self.ask(decide, 0.99 if decide is pp3 else 0.001, **voided).strength is SUPPORTING

    def test_may_be_none(self, decide: Decide) -> None:
        verdict = self.ask(decide, 0.99, missense="none")

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.none_chosen")


@pytest.mark.parametrize(
    "term",
    [
        Term.START_LOST,
        Term.STOP_LOST,
        Term.INFRAME_DELETION,
        Term.INFRAME_INSERTION,
        Term.PROTEIN_ALTERING,
    ],
)
class TestAProteinChangedOtherwise:
    def test_has_no_tool_where_splicing_is_kept(self, term: Term) -> None:
        verdict = scored(consequence(term), 0.99, SILENT).ask(pp3)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "prediction.no_tool")
        assert verdict.reason["consequence"] == term

    def test_may_harm_by_splicing(self, term: Term) -> None:
        verdict = scored(consequence(term), None, 0.2).ask(pp3)

        assert (verdict.strength, verdict.reason.key) == (SUPPORTING, "prediction.splice_effect")


def test_an_untranslated_region_is_asked_about_splicing_only() -> None:
    verdict = scored(consequence(Term.UTR_5), None, 0.1).ask(pp3)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "prediction.below_pp3")


@pytest.mark.parametrize(
    ("decide", "effect", "revel", "spliceai", "reason", "facts"),
    [
        (pp3, missense(), 0.8, SILENT, "prediction.damaging", ("revel", 0.8, 0.773)),
        (pp3, missense(), 0.5, SILENT, "prediction.below_pp3", ("revel", 0.5, None)),
        (pp3, SYNONYMOUS, None, 0.4, "prediction.splice_effect", ("spliceai", 0.4, 0.2)),
        (pp3, SYNONYMOUS, None, 0.15, "prediction.below_pp3", ("spliceai", 0.15, None)),
        (pp3, SYNONYMOUS, None, None, "prediction.no_score", ("spliceai", None, None)),
        (bp4, missense(), 0.2, SILENT, "prediction.tolerated", ("revel", 0.2, 0.290)),
        (bp4, missense(), 0.5, SILENT, "prediction.above_bp4", ("revel", 0.5, None)),
        (bp4, missense(), 0.2, 0.3, "prediction.above_bp4", ("spliceai", 0.3, None)),
        (bp4, missense(), 0.2, None, "prediction.no_score", ("spliceai", None, None)),
        (bp4, SYNONYMOUS, None, 0.05, "prediction.no_splice_effect", ("spliceai", 0.05, None)),
    ],
)
def test_an_answer_says_what_it_rests_on(
    decide: Decide,
    effect: Consequence,
    revel: float | None,
    spliceai: float | None,
    reason: str,
    facts: tuple[str, float | None, float | None],
) -> None:
    verdict = scored(effect, revel, spliceai).ask(decide)
    expected = dict(zip(("tool", "score", "limit"), facts, strict=True))

    assert verdict.reason.key == reason
    assert dict(verdict.reason.facts) == {
        name: value for name, value in expected.items() if value is not None
    }
