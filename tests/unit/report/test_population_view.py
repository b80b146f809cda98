"""What the page says of populations: groups, founder lists, the laboratory's counts, ancestry."""

import re
from dataclasses import replace
from typing import Any

import pytest

from founder_listings import listing
from page import Page, facts
from report_builders import analysed, calls, case, genotype
from report_cases import compound_pair, missense, nothing_found, tango2_homozygous
from varinterp.model.case import CaseResult, Gate, ReleaseLabel
from varinterp.model.population import (
    GroupFrequency,
    ListedAllele,
    LocalFrequency,
    RateMeasure,
)
from varinterp.report.catalogue import Language
from varinterp.report.html import render
from varinterp.report.view import build_view

GROUPS = (
    GroupFrequency("afr", 1, 75_000, 0.0000007),
    GroupFrequency("ami", 0, 912),
    GroupFrequency("fin", 2, 64_000),
    GroupFrequency("nfe", 16, 1_180_000, 0.0000085),
    GroupFrequency("sas", 1, 91_000, 0.0000006),
)
FOUNDER = listing(
    "BA1", "PM2", measure=RateMeasure.ALLELE_FREQUENCY, rate="0.023", expires="2027-01-15"
)
COUNTS = LocalFrequency(
    ac=24, an=1000, homozygotes=6, affected=9, unaffected=None, hidden=("unaffected",), smallest=5
)
OWN = (
    ReleaseLabel("listed_alleles", "2026-06", "2026-06-01", "", "the laboratory's own", True),
    ReleaseLabel("local_frequency", "2026-05", "2026-05-02", "", "the laboratory's own", False),
)


def told(*releases: ReleaseLabel, **more: Any) -> CaseResult:
    """The homozygous girl, with what populations say of her allele."""
    found = missense(calls(genotype(2), genotype(1), genotype(1)))
    assert found.frequency is not None
    seen = replace(found.frequency, groups=GROUPS)
    result = analysed(case(), [replace(found, frequency=seen, **more)])
    return replace(result, releases=(*result.releases, *releases))


def page(result: CaseResult, language: Language = Language.ENGLISH) -> str:
    return Page(render(build_view(result), language)).text


WHOLE = told(*OWN, listed=ListedAllele((FOUNDER,)), local=COUNTS, gates=(Gate.LISTED,))


def test_both_languages_carry_the_same_facts_of_populations() -> None:
    english, french = (facts(Page(render(build_view(WHOLE), language))) for language in Language)
    assert english == french


def test_the_highest_groups_stand_first_and_all_of_them_below() -> None:
    text = page(told())
    assert "Highest groups Finnish 0.00003125 non-Finnish European 0.00001356" in text
    table = text.partition("By group (5)")[2].partition("gnomAD")[0]
    names = ("Finnish", "Non-Finnish European", "African or African American", "Amish")
    places = [table.index(name) for name in names]
    assert places == sorted(places)
    assert "0 / 912 0" in table


def test_a_release_without_groups_shows_its_own_maximum_and_no_empty_table() -> None:
    text = page(tango2_homozygous())
    assert "Highest group’s frequency" in text
    assert "Highest groups" not in text
    assert "Frequency in each group" not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.ENGLISH, "Nothing is stated about the patient’s ancestry"),
        (Language.FRENCH, "Rien n’est indiqué sur l’ascendance du patient"),
    ],
)
def test_what_absence_in_a_resource_does_not_show_is_said_once(
    language: Language, sentence: str
) -> None:
    assert page(compound_pair(), language).count(sentence) == 1
    assert page(nothing_found(), language).count(sentence) == 0


def test_a_listed_allele_is_shown_with_who_answers_for_it() -> None:
    text = page(WHOLE)
    assert "Constructed founder list, Constructed region: allele frequency 0.023." in text
    assert "For OMIM:616878 (autosomal recessive), it overrides BA1, PM2." in text
    assert "Curator: A. Curator, 15 January 2026. To be reviewed by 15 January 2027." in text
    assert "listed founder or regional variant" in text
    assert re.search(r"listed as a founder or regional variant for this disease", text)


def test_the_laboratory_s_own_counts_are_shown_as_no_controls_and_small_ones_hidden() -> None:
    text = page(WHOLE)
    assert "AC / AN 24 / 1,000 Homozygotes 6 Affected carriers 9" in text
    assert "Unaffected carriers fewer than 5" in text
    assert "these are no controls" in text


def test_an_allele_that_the_laboratory_never_counted_is_said_to_be_absent_there() -> None:
    assert "Not among the laboratory’s own counts." in page(told(*OWN))


def test_a_laboratory_without_lists_of_its_own_reads_nothing_of_them() -> None:
    for text in (page(told()), page(tango2_homozygous())):
        assert "Laboratory’s own counts" not in text
        assert "Curator" not in text
        assert "Listed founder" not in text


def test_french_reads_as_french() -> None:
    text = page(WHOLE, Language.FRENCH)
    assert "Groupes les plus élevés finlandais 0,00003125" in text
    assert "fréquence allélique 0,023." in text
    assert "Porteurs non atteints moins de 5" in text
    assert "Responsable\N{NO-BREAK SPACE}: A. Curator, 15 janvier 2026." in text
