"""PS4: case-control studies, and unrelated affected people of curators and of our own cases."""

from dataclasses import replace

import pytest

from core_builders import (
    DISEASES,
    RULES,
    TANGO2,
    Setting,
    frequency,
    missense,
)
from varinterp.acmg.case_count import ps4
from varinterp.model.curation import (
    CURATED,
    CURATION,
    CaseControl,
    Curations,
    Origin,
    Probands,
    Scope,
)
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import FREQUENCY, Coverage, Rule
from varinterp.model.gene_disease import Inheritance

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, M, S, VS = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
DISEASE = DISEASES[TANGO2.hgnc]
ANYTHING = Scope()


def probands(*counts: int, scope: Scope = ANYTHING) -> Curations:
    return Curations(
        probands=tuple(
            Probands(scope, Origin(f"p{at}", "A. Curator", "2026-01-15", "1"), count)
            for at, count in enumerate(counts)
        )
    )


def study(
    odds: float = 8.0,
    lower: float = 2.0,
    upper: float = 30.0,
    *,
    entry: str = "s1",
    date: str = "2026-01-15",
    scope: Scope = ANYTHING,
) -> CaseControl:
    return CaseControl(scope, Origin(entry, "A. Curator", date, "1234567"), odds, lower, upper)


def at(curated: Curations | None = None, **rest: object) -> Setting:
    """A dominant disease, and an allele that was looked for and not found."""
    setting = Setting(
        inheritance=AD, consequence=missense(), coverage=Coverage(True), curated=curated
    )
    return replace(setting, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("odds", "lower", "strength"),
    [
        pytest.param(5.1, 1.1, S, id="note 1: above 5.0, interval without 1.0"),
        pytest.param(5.0, 1.1, None, id="5.0 is not above 5.0"),
        pytest.param(5.1, 1.0, None, id="the interval includes 1.0"),
        pytest.param(50.0, 0.9, None, id="the interval crosses 1.0"),
        pytest.param(4.9, 4.0, None, id="below 5.0"),
    ],
)
def test_a_case_control_study_is_strong(
    odds: float, lower: float, strength: Strength | None
) -> None:
    verdict = at(Curations(case_control=(study(odds, lower),))).ask(ps4)

    assert verdict.strength is strength
    facts = dict(verdict.reason.facts)
    if strength is None:
        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "case_count.not_enriched")
        assert facts.pop("limit") == 5
    else:
        assert verdict.reason.key == "case_count.enriched"
    assert facts == {
        "odds_ratio": odds,
        "lower": lower,
        "upper": 30.0,
        "pmid": "1234567",
        "author": "A. Curator",
        "entered_on": "2026-01-15",
    }


def test_a_study_needs_no_rarity_and_holds_for_recessive_disease() -> None:
    common = at(Curations(case_control=(study(),)), frequency=frequency(9000), inheritance=AR)

    assert common.ask(ps4).strength is S


def test_the_highest_odds_of_the_studies_that_count_are_named() -> None:
    studies = (study(8.0), study(9.0, entry="s2"), study(60.0, 0.5, entry="s3"))
    for order in (studies, studies[::-1]):
        assert at(Curations(case_control=order)).ask(ps4).reason["odds_ratio"] == 9.0


def test_of_studies_that_do_not_count_the_latest_is_named() -> None:
    studies = (
        study(3.0, date="2020-01-01", entry="z"),
        study(2.0, date="2025-01-01", entry="a"),
        study(2.5, date="2025-01-01", entry="b"),
    )
    for order in (studies, studies[::-1]):
        assert at(Curations(case_control=order)).ask(ps4).reason["odds_ratio"] == 2.5


@pytest.mark.parametrize(
    ("count", "strength", "needed"),
    [
        pytest.param(1, None, 2, id="one"),
        pytest.param(2, P, 2, id="two: hearing loss panel, supporting"),
        pytest.param(5, P, 2, id="five"),
        pytest.param(6, M, 6, id="six: Kelly 2018, moderate"),
        pytest.param(14, M, 6, id="fourteen"),
        pytest.param(15, S, 15, id="fifteen: Kelly 2018, strong"),
        pytest.param(200, S, 15, id="never very strong by the core rules"),
    ],
)
def test_unrelated_affected_people_are_counted(
    count: int, strength: Strength | None, needed: int
) -> None:
    verdict = at(probands(count)).ask(ps4)

    assert verdict.strength is strength
    key = "case_count.too_few" if strength is None else "case_count.probands"
    assert (verdict.outcome, verdict.reason.key) == (MET if strength else NOT_MET, key)
    assert dict(verdict.reason.facts) == {
        "count": count,
        "entered": count,
        "own": 0,
        "needed": needed,
    }


def test_what_was_published_and_our_own_cases_are_added_and_told_apart() -> None:
    verdict = at(probands(1, 2), own_cases=probands(4)).ask(ps4)

    assert (verdict.strength, verdict.reason.key) == (M, "case_count.probands")
    facts = dict(verdict.reason.facts)
    assert (facts["count"], facts["entered"], facts["own"]) == (7, 3, 4)


def test_our_own_cases_alone_are_counted() -> None:
    verdict = at(None, own_cases=probands(2)).ask(ps4)

    assert (verdict.strength, verdict.reason["own"], verdict.reason["entered"]) == (P, 2, 0)


def test_a_study_that_shows_too_little_leaves_the_count() -> None:
    curated = replace(probands(6), case_control=(study(3.0),))

    assert at(curated).ask(ps4).strength is M


def test_a_study_that_shows_enough_stands_before_the_count() -> None:
    curated = replace(probands(2), case_control=(study(),))
    verdict = at(curated).ask(ps4)

    assert (verdict.strength, verdict.reason.key) == (S, "case_count.enriched")


def test_a_count_of_an_allele_that_is_not_rare_says_nothing() -> None:
    verdict = at(probands(20), frequency=frequency(40)).ask(ps4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "case_count.not_rare")
    assert dict(verdict.reason.facts) == {"count": 20, "entered": 20, "own": 0}


@pytest.mark.parametrize(
    "unknown",
    [
        pytest.param({"coverage": Coverage(False)}, id="not covered"),
        pytest.param(
            {"coverage": None, "consulted": frozenset({CURATION.source})}, id="no resource"
        ),
    ],
)
def test_where_nobody_knows_whether_it_is_rare_a_count_is_not_assessed(
    unknown: dict[str, object],
) -> None:
    verdict = at(probands(20), **unknown).ask(ps4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "case_count.rarity_unknown")
    assert dict(verdict.reason.facts) == {"count": 20, "entered": 20, "own": 0}


def test_too_few_people_are_too_few_whatever_the_frequency() -> None:
    assert at(probands(1), coverage=None).ask(ps4).reason.key == "case_count.too_few"


def test_people_with_a_recessive_disease_are_counted_by_pm3() -> None:
    verdict = at(probands(20), inheritance=AR).ask(ps4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "case_count.counted_by_partner")
    assert dict(verdict.reason.facts) == {"count": 20, "entered": 20, "own": 0}


def test_a_count_for_no_disease_is_not_assessed() -> None:
    verdict = at(probands(20), inheritance=None).ask(ps4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


def test_without_entries_it_is_not_assessed() -> None:
    nobody = at(None).ask(ps4)
    nothing = at(None, consulted=frozenset({CURATION.source, FREQUENCY.source})).ask(ps4)

    assert (nobody.outcome, nobody.reason.key) == (NOT_ASSESSED, "curation.not_consulted")
    assert (nothing.outcome, nothing.reason.key) == (NOT_ASSESSED, "case_count.no_cases")


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        (Scope(TANGO2.hgnc, DISEASE, AD), True),
        (Scope(None, DISEASE), True),
        (Scope("HGNC:1"), False),
        (Scope(None, "OMIM:1"), False),
        (Scope(None, None, AR), False),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_people_and_studies_count_within_their_scope(scope: Scope, counts: bool, own: bool) -> None:
    people = probands(6, scope=scope)
    found = at(None, own_cases=people) if own else at(people)
    compared = at(Curations(case_control=(study(scope=scope),)))

    for verdict in (found.ask(ps4), compared.ask(ps4)):
        assert (verdict.outcome is MET) is counts
        assert counts or verdict.reason.key == "case_count.no_cases"


def test_without_thresholds_a_count_is_not_assessed() -> None:
    rules = {name: rule for name, rule in RULES.items() if not name.startswith("ps4.probands_")}
    verdict = at(probands(20), rules=rules).ask(ps4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "case_count.no_threshold")
    assert dict(verdict.reason.facts) == {"count": 20, "entered": 20, "own": 0}


def test_rules_of_a_panel_hold_in_place_of_ours() -> None:
    rules = {
        **{name: rule for name, rule in RULES.items() if name != "ps4.not_counted_in"},
        "ps4.probands_very_strong": Rule(16.0),
        "ps4.probands_strong": Rule(5.0),
        "ps4.probands_moderate": Rule(3.0),
        "ps4.odds_ratio": Rule(10.0),
    }

    assert at(probands(16), rules=rules).ask(ps4).strength is VS
    assert at(probands(15), rules=rules, inheritance=AR).ask(ps4).strength is S
    assert at(probands(4), rules=rules).ask(ps4).strength is M
    studied = Curations(case_control=(study(8.0),))
    assert at(studied, rules=rules).ask(ps4).reason["limit"] == 10


LOWER = {
    **RULES,
    "a_panel/ps4.lower_strong": Rule(20.0),
    "a_panel/ps4.lower_moderate": Rule(10.0),
    "a_panel/ps4.lower_supporting": Rule(5.0),
}
"""The lower ends that the MYH7 panel asks for (GN002, version 2.0.0)."""


@pytest.mark.parametrize(
    ("lower", "strength"),
    [(20.0, S), (19.9, M), (10.0, M), (9.9, P), (5.0, P), (4.9, None)],
)
def test_a_panel_may_ask_for_the_lower_end_of_the_interval(
    lower: float, strength: Strength | None
) -> None:
    studies = (study(40.0, lower, 80.0), study(90.0, 1.5, 200.0, entry="s2"))
    for order in (studies, studies[::-1]):
        setting = at(Curations(case_control=order), specification="a_panel", rules=LOWER)
        verdict = setting.ask(ps4)
        assert verdict.strength is strength
        if strength is not None:
            assert (verdict.reason.key, verdict.reason["lower"]) == ("case_count.enriched", lower)


def test_without_a_study_such_a_panel_counts_people() -> None:
    setting = at(probands(6), specification="a_panel", rules=LOWER)

    assert setting.ask(ps4).strength is M


def test_the_lower_ends_of_another_panel_are_not_asked() -> None:
    setting = at(Curations(case_control=(study(8.0, 1.5),)), rules=LOWER)

    assert setting.ask(ps4).strength is S


def test_both_sources_are_asked_for_the_allele() -> None:
    setting = at(probands(2))
    finding = next(f for f in setting.assess().findings if f.criterion == "PS4")
    asked = {(read.source, read.key) for read in finding.reads}

    assert asked >= {(fact.source, str(setting.allele)) for fact in CURATED}
