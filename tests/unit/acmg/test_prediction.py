"""PP3, BP4 and BP7: every boundary of the calibrated tables, and that silence is never benign."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import (
    BRCA1,
    RULES,
    TANGO2,
    Setting,
    allele,
    consequence,
    missense,
    predictions,
)
from varinterp.acmg.assess import Decide
from varinterp.acmg.prediction import bp4, bp7, pp3
from varinterp.errors import InternalError
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import SCORES, Rule
from varinterp.model.prediction import MISSENSE, Predictions, Predictor, score_key
from varinterp.model.transcript import Consequence, Term, Transcript

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
    ],
)
def test_bp7_of_a_synonymous_allele(setting: Setting, outcome: Outcome) -> None:
    verdict = setting.ask(bp7)

    assert verdict.outcome is outcome
    assert verdict.strength is (SUPPORTING if outcome is MET else None)


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

    assert scored(effect, None, SILENT).ask(bp7).outcome is outcome


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
    assert scored(effect, 0.0, SILENT).ask(bp7).reason.key == "prediction.outside_bp7"


@pytest.mark.parametrize("spliceai", [0.11, 0.5])
def test_bp7_needs_kept_splicing(spliceai: float) -> None:
    setting = replace(silent(20061600, TANGO2), predictions=predictions(spliceai=spliceai))

    assert setting.ask(bp7).outcome is NOT_MET


def test_without_the_transcripts_structure_an_exons_ends_cannot_be_told() -> None:
    setting = silent(20061600, TANGO2)
    facts = {place: fact for place, fact in setting.facts.items() if place[0] != "transcript"}
    assessed = setting.assess(type(setting.evidence)(facts))

    assert assessed.findings[-1].verdict.reason.key == "prediction.no_transcript"
