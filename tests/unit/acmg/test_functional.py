"""PS3 and BS3: assays, their odds and their controls (Brnich 2019, PMID 31892348)."""

from dataclasses import replace

import pytest

from core_builders import DISEASES, RULES, TANGO2, Setting, missense
from varinterp.acmg.assess import Decide
from varinterp.acmg.functional import bs3, ps3
from varinterp.model.curation import (
    CURATED,
    CURATION,
    Assay,
    Curations,
    Effect,
    Origin,
    RnaStudy,
    Scope,
)
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import WHOLE

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, M, S, VS = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG
DAMAGING, NORMAL, BETWEEN = Effect.DAMAGING, Effect.NORMAL, Effect.INTERMEDIATE
DISEASE = DISEASES[TANGO2.hgnc]


def assay(
    effect: Effect = DAMAGING,
    odds: float | None = None,
    controls: int | None = None,
    *,
    established: bool = True,
    name: str = "assay",
    entry: str = "a1",
    date: str = "2026-01-15",
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> Assay:
    origin = Origin(entry, "A. Curator", date, "31892348")
    return Assay(scope, origin, name, effect, odds, controls, established)


def at(*assays: Assay, **rest: object) -> Setting:
    setting = Setting(consequence=missense(), curated=Curations(assays=assays))
    return replace(setting, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("odds", "strength"),
    [
        pytest.param(350.1, VS, id="table 3: above 350"),
        pytest.param(350.0, S, id="350 is not above 350"),
        pytest.param(18.8, S, id="table 3: above 18.7"),
        pytest.param(18.7, M, id="18.7 is not above 18.7"),
        pytest.param(4.4, M, id="table 3: above 4.3"),
        pytest.param(4.3, P, id="4.3 is not above 4.3"),
        pytest.param(2.2, P, id="table 3: above 2.1"),
        pytest.param(2.1, None, id="2.1 is not above 2.1"),
        pytest.param(1.0, None, id="odds of one say nothing"),
    ],
)
def test_odds_above_one_give_ps3_its_strength(odds: float, strength: Strength | None) -> None:
    verdict = at(assay(DAMAGING, odds, 11)).ask(ps3)

    assert verdict.strength is strength
    if strength is None:
        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "functional.odds_too_near_one")
        assert (verdict.reason["limit"], verdict.reason["odds_path"]) == (2.1, odds)
    else:
        assert verdict.reason.key == "functional.damaging"


@pytest.mark.parametrize(
    ("odds", "strength"),
    [
        pytest.param(0.052, S, id="table 3: below 0.053"),
        pytest.param(0.053, M, id="0.053 is not below 0.053"),
        pytest.param(0.22, M, id="table 3: below 0.23"),
        pytest.param(0.23, P, id="0.23 is not below 0.23"),
        pytest.param(0.47, P, id="table 3: below 0.48"),
        pytest.param(0.48, None, id="0.48 is not below 0.48"),
        pytest.param(1.0, None, id="odds of one say nothing"),
    ],
)
def test_odds_below_one_give_bs3_its_strength(odds: float, strength: Strength | None) -> None:
    verdict = at(assay(NORMAL, odds, 11)).ask(bs3)

    assert verdict.strength is strength
    if strength is None:
        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "functional.odds_too_near_one")
        assert (verdict.reason["limit"], verdict.reason["odds_path"]) == (0.48, odds)
    else:
        assert verdict.reason.key == "functional.normal"


@pytest.mark.parametrize(("decide", "effect"), [(ps3, DAMAGING), (bs3, NORMAL)])
@pytest.mark.parametrize(
    ("controls", "strength"),
    [
        pytest.param(12, M, id="more than 11 controls, no odds: still moderate"),
        pytest.param(11, M, id="at least 11 controls, no odds: moderate"),
        pytest.param(10, P, id="at most 10 controls, no odds: supporting"),
        pytest.param(0, P, id="no controls: supporting"),
        pytest.param(None, P, id="controls not told: supporting"),
    ],
)
def test_without_odds_the_controls_cap_the_strength(
    decide: Decide, effect: Effect, controls: int | None, strength: Strength
) -> None:
    verdict = at(assay(effect, None, controls)).ask(decide)

    assert (verdict.outcome, verdict.strength) == (MET, strength)
    assert (verdict.reason["controls"], verdict.reason["odds_path"]) == (controls, None)


def test_odds_hold_where_they_were_worked_out_however_many_the_controls() -> None:
    assert at(assay(DAMAGING, 2.5, 40)).ask(ps3).strength is P
    assert at(assay(DAMAGING, 30.0, 3)).ask(ps3).strength is S


def test_a_met_criterion_names_the_assay_and_who_answers_for_it() -> None:
    verdict = at(assay(DAMAGING, 20.0, 12, name="enzyme activity")).ask(ps3)

    assert dict(verdict.reason.facts) == {
        "assay": "enzyme activity",
        "assays": 1,
        "author": "A. Curator",
        "controls": 12,
        "entered_on": "2026-01-15",
        "odds_path": 20.0,
        "pmid": "31892348",
    }


@pytest.mark.parametrize(
    ("decide", "effect", "other"), [(ps3, DAMAGING, NORMAL), (bs3, NORMAL, DAMAGING)]
)
def test_one_criterion_does_not_read_the_result_of_the_other(
    decide: Decide, effect: Effect, other: Effect
) -> None:
    verdict = at(assay(other, name="the other")).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "functional.another_result")
    assert dict(verdict.reason.facts) == {"assay": "the other", "effect": other}


@pytest.mark.parametrize("decide", [ps3, bs3])
def test_an_intermediate_result_counts_for_neither(decide: Decide) -> None:
    verdict = at(assay(BETWEEN, None, 20)).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "functional.another_result")
    assert verdict.reason["effect"] is BETWEEN


@pytest.mark.parametrize(("decide", "effect", "odds"), [(ps3, DAMAGING, 400), (bs3, NORMAL, 0.01)])
def test_an_assay_that_is_not_established_never_counts(
    decide: Decide, effect: Effect, odds: float
) -> None:
    verdict = at(assay(effect, odds, 20, established=False, name="new one")).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "functional.not_established")
    assert dict(verdict.reason.facts) == {"assay": "new one"}


def test_an_established_assay_is_named_before_one_that_is_not() -> None:
    odds = (assay(DAMAGING, 1.5, name="weak"), assay(DAMAGING, 9, established=False, entry="a2"))
    verdict = at(*odds).ask(ps3)

    assert (verdict.reason.key, verdict.reason["assay"]) == (
        "functional.odds_too_near_one",
        "weak",
    )


def test_the_strongest_of_assays_that_agree_counts_alone() -> None:
    assays = (
        assay(DAMAGING, 5.0, name="moderate", entry="a1"),
        assay(DAMAGING, 30.0, name="strong", entry="a2"),
        assay(DAMAGING, None, 2, name="supporting", entry="a3", date="2026-09-01"),
    )
    for order in (assays, assays[::-1]):
        verdict = at(*order).ask(ps3)
        assert (verdict.strength, verdict.reason["assay"]) == (S, "strong")
        assert verdict.reason["assays"] == 3


def test_the_later_of_two_equally_strong_assays_is_named() -> None:
    older = assay(DAMAGING, 5.0, name="older", entry="b", date="2024-01-01")
    newer = assay(DAMAGING, 6.0, name="newer", entry="a", date="2025-01-01")
    last = assay(DAMAGING, 7.0, name="last", entry="b", date="2025-01-01")

    assert at(newer, older).ask(ps3).reason["assay"] == "newer"
    assert at(last, newer, older).ask(ps3).reason["assay"] == "last"


@pytest.mark.parametrize("decide", [ps3, bs3])
def test_well_established_assays_that_disagree_count_for_neither(decide: Decide) -> None:
    verdict = at(
        assay(DAMAGING, 400, name="loss", entry="a1"), assay(NORMAL, 0.3, name="none", entry="a2")
    ).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "functional.conflicting")
    named = {verdict.reason["assay"], verdict.reason["other"]}
    assert named == {"loss", "none"}
    assert verdict.reason["assay"] == ("loss" if decide is ps3 else "none")


@pytest.mark.parametrize(
    "against",
    [
        pytest.param(assay(NORMAL, 0.9, entry="a2"), id="its odds say nothing"),
        pytest.param(assay(NORMAL, 0.01, established=False, entry="a2"), id="not established"),
        pytest.param(assay(BETWEEN, None, 20, entry="a2"), id="an intermediate result"),
    ],
)
def test_only_an_assay_that_counts_can_contradict(against: Assay) -> None:
    assert at(assay(DAMAGING, 20.0), against).ask(ps3).strength is S


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        (Scope(TANGO2.hgnc, DISEASE, Inheritance.AUTOSOMAL_RECESSIVE), True),
        (Scope(TANGO2.hgnc), True),
        (Scope("HGNC:1"), False),
        (Scope(TANGO2.hgnc, "OMIM:1"), False),
        (Scope(None, None, Inheritance.AUTOSOMAL_DOMINANT), False),
    ],
)
@pytest.mark.parametrize(("decide", "effect"), [(ps3, DAMAGING), (bs3, NORMAL)])
def test_an_assay_counts_within_its_scope(
    decide: Decide, effect: Effect, scope: Scope, counts: bool
) -> None:
    verdict = at(assay(effect, scope=scope)).ask(decide)

    assert (verdict.outcome is MET) is counts
    if not counts:
        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "functional.no_assay")


@pytest.mark.parametrize("decide", [ps3, bs3])
def test_an_rna_study_is_no_functional_assay(decide: Decide) -> None:
    origin = Origin("r1", "A. Curator", "2026-01-15", None)
    studies = (
        RnaStudy(Scope(), origin, DAMAGING, 0.0, VS),
        RnaStudy(Scope(), origin, NORMAL, 1.0, None),
    )
    verdict = at(curated=Curations(rna=studies)).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "functional.no_assay")


@pytest.mark.parametrize("decide", [ps3, bs3])
def test_without_entries_the_criterion_is_not_assessed(decide: Decide) -> None:
    nobody = at(curated=None).ask(decide)
    nothing = at(curated=None, consulted=frozenset({CURATION.source})).ask(decide)

    assert (nobody.outcome, nobody.reason.key) == (NOT_ASSESSED, "curation.not_consulted")
    assert (nothing.outcome, nothing.reason.key) == (NOT_ASSESSED, "functional.no_assay")


def test_the_first_entry_ever_reaches_the_question() -> None:
    """Asked of a source that was not consulted, or has nothing, a read of it is left behind."""
    finding = next(f for f in at(curated=None).assess().findings if f.criterion == "PS3")

    assert {(read.source, read.key) for read in finding.reads if not read.digest} >= {
        (fact.source, WHOLE) for fact in CURATED
    }


def test_a_specification_states_its_own_odds() -> None:
    rules = {**RULES, "functional.ps3_strong": Rule(100.0), "functional.moderate_controls": Rule(5)}

    assert at(assay(DAMAGING, 30.0), rules=rules).ask(ps3).strength is M
    assert at(assay(DAMAGING, None, 5), rules=rules).ask(ps3).strength is M


@pytest.mark.parametrize("decide", [ps3, bs3])
def test_an_assay_says_nothing_where_no_disease_is_known(decide: Decide) -> None:
    # Brnich 2019: first the disease and its mechanism, then the assay.
    setting = at(assay(DAMAGING, 400.0), assay(NORMAL, 0.01, entry="a2"), inheritance=None)
    verdict = setting.ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")
