"""BP5: another finding explains the disease of people with the allele."""

from dataclasses import replace

import pytest

from core_builders import DISEASES, TANGO2, Setting
from varinterp.acmg.other_cause import bp5
from varinterp.model.curation import Curations, Origin, OtherCause, Scope
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.gene_disease import Inheritance

AD, XL, MT = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.X_LINKED, Inheritance.MITOCHONDRIAL


def entry(
    cause: str = "SCN1A c.2134C>T", count: int = 1, date: str = "2026-01-15", entry: str = "o1"
) -> OtherCause:
    return OtherCause(Scope(), Origin(entry, "A. Curator", date, "1"), count, cause)


def seen(*entries: OtherCause, inheritance: Inheritance | None = AD) -> Setting:
    return Setting(inheritance=inheritance, curated=Curations(other_causes=entries))


@pytest.mark.parametrize("inheritance", [AD, XL, MT])
def test_another_cause_is_supporting(inheritance: Inheritance) -> None:
    verdict = seen(entry(), inheritance=inheritance).ask(bp5)

    assert (verdict.strength, verdict.reason.key) == (Strength.SUPPORTING, "other_cause.found")
    assert verdict.reason.facts == (("cause", "SCN1A c.2134C>T"), ("people", 1))


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(
            seen(entry(), inheritance=Inheritance.AUTOSOMAL_RECESSIVE),
            Outcome.NOT_MET,
            "other_cause.recessive",
            id="a carrier of a recessive disease, or a second hit",
        ),
        pytest.param(
            seen(entry(), inheritance=None),
            Outcome.NOT_ASSESSED,
            "no_known_disease",
            id="no disease",
        ),
        pytest.param(
            Setting(inheritance=AD),
            Outcome.NOT_ASSESSED,
            "curation.not_consulted",
            id="nothing was consulted",
        ),
        pytest.param(
            seen(), Outcome.NOT_ASSESSED, "other_cause.none_entered", id="nothing was entered"
        ),
        pytest.param(
            seen(entry(count=0)),
            Outcome.NOT_ASSESSED,
            "other_cause.none_entered",
            id="an entry of nobody",
        ),
        pytest.param(
            seen(replace(entry(), scope=Scope(disease="OMIM:1"))),
            Outcome.NOT_ASSESSED,
            "other_cause.none_entered",
            id="entered for another disease",
        ),
    ],
)
def test_when_it_does_not_count(setting: Setting, outcome: Outcome, reason: str) -> None:
    verdict = setting.ask(bp5)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_what_was_entered_for_this_disease_counts() -> None:
    scope = Scope(TANGO2.hgnc, DISEASES[TANGO2.hgnc], AD)

    assert seen(replace(entry(), scope=scope)).ask(bp5).outcome is Outcome.MET


def test_people_are_added_up_and_the_latest_cause_is_named() -> None:
    newest = entry("KCNQ2 c.637C>T", 2, "2026-03-01", "o0")
    setting = replace(
        seen(newest, entry(date="2026-02-01")),
        own_cases=Curations(other_causes=(entry("own", 4, "2026-01-01", "o9"),)),
    )

    assert setting.ask(bp5).reason.facts == (("cause", "KCNQ2 c.637C>T"), ("people", 7))


def test_of_two_causes_of_a_day_the_later_entry_is_named() -> None:
    setting = seen(entry("first", entry="o2"), entry("second", entry="o1"))

    assert setting.ask(bp5).reason["cause"] == "first"
