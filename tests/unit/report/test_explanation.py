"""An explanation says all that the report says of a class, and what each criterion read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from core_builders import ROOT
from report_cases import compound_pair, nonsense, tango2_homozygous, uncertain
from varinterp.model.assessment import Category
from varinterp.model.canonical import to_json
from varinterp.model.case import CaseResult
from varinterp.model.evidence import Criterion, Direction, Outcome, Reason
from varinterp.model.facts import RULE, Rule
from varinterp.report.authority import AUTHORITIES
from varinterp.report.catalogue import Language
from varinterp.report.explanation import explanations, lines
from varinterp.report.html import render
from varinterp.report.view import build_view
from varinterp.report.wording import wording

ENGLISH, FRENCH = wording(Language.ENGLISH), wording(Language.FRENCH)
PAGE = (ROOT / "docs/explanation/criteria.md").read_text("utf-8")
RESULTS: dict[str, Callable[[], CaseResult]] = {
    "nonsense": nonsense,
    "pair": compound_pair,
    "homozygous": tango2_homozygous,
    "uncertain": uncertain,
}


def told(result: CaseResult, language: Language = Language.ENGLISH, place: int = 0) -> str:
    words = wording(language)
    allele = result.assessments[place].key.allele
    return "\n".join(
        line for each in explanations(result, allele, words) for line in lines(each, words)
    )


@pytest.mark.parametrize("name", RESULTS)
def test_every_criterion_of_every_hypothesis_is_explained(name: str) -> None:
    result = RESULTS[name]()
    for assessed in result.assessments:
        (each,) = [
            each
            for each in explanations(result, assessed.key.allele, ENGLISH)
            if each.key == assessed.key
        ]
        findings = {finding.criterion: finding for finding in assessed.findings}
        assert sorted(one.view.criterion for one in each.criteria) == sorted(Criterion)
        for one in each.criteria:
            finding = findings[one.view.criterion]
            assert [read for read, _ in one.reads] == list(finding.reads)
            assert one.sentence == ENGLISH.sentence(finding.verdict.reason)
            assert one.view.points == finding.points


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("language", Language)
def test_the_words_are_those_of_the_report(name: str, language: Language) -> None:
    result = RESULTS[name]()
    words = wording(language)
    shown = told(result, language)
    assessed = result.assessments[0]

    assert words.acmg_class(assessed.machine.points) in shown
    for finding in assessed.findings:
        assert words.sentence(finding.verdict.reason) in shown
    assert not re.search(r"[{}]|\b(None|not_met|not_assessed|reason\.)\b", shown)


def test_a_fact_stands_with_its_release() -> None:
    shown = told(nonsense())

    assert "gnomad 22-20055980-C-T [gnomad demo-constructed-1]" in shown
    assert "population.listed 22-20055980-C-T (absent)" in shown
    assert "rules population.ba1" in shown


def test_where_the_schemes_differ_all_three_and_the_reason_are_told() -> None:
    english, french = told(compound_pair()), told(compound_pair(), Language.FRENCH)

    assert "Class by points: likely pathogenic (class 4)" in english
    assert "Class by the 2015 table: uncertain significance" in english
    assert "Class by ACGS: likely pathogenic" in english
    assert "one of them has no row for 1 very strong (pathogenic) + 1 supporting (patho" in english
    assert "Les méthodes diffèrent." in french
    assert "1 très fort (pathogène) + 1 d’appui (pathogène)" in french
    assert "The schemes differ." not in told(uncertain())


def test_what_would_move_the_class_is_told() -> None:
    up, down = told(uncertain()).split("Points to ")[1].split("Points down to ")

    assert up.startswith("likely pathogenic (class 4): 4. Any one of these criteria would do:")
    assert "  PS3 strong\n" in up
    assert "  PM3 very strong (now supporting)\n" in up
    assert "PVS1" not in up, "its effect settles it"
    assert down.startswith("likely benign (class 2): 3.")
    assert "  BS3 strong" in down
    assert "BA1" not in down, "its frequency was measured"


def test_an_uncertain_class_says_where_in_it() -> None:
    assert "Within uncertain significance: mid" in told(uncertain())
    assert "Within uncertain significance" not in told(nonsense())


def marked() -> CaseResult:
    """An uncertain allele that is a risk allele of an imprinted gene, judged by a panel's rules."""
    result = uncertain()
    first = replace(
        result.assessments[0],
        key=replace(result.assessments[0].key, rules="GN999-TANGO2"),
        category=Category.RISK_ALLELE,
        flags=(Reason.of("flag.imprinted"),),
    )
    (place,) = result.ranking
    return replace(
        result,
        assessments=(first,),
        ranking=(replace(place, keys=(first.key,)),),
        facts={**result.facts, (RULE.source, "GN999-TANGO2/version"): Rule("2.1")},
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, ("Risk allele", "The gene is imprinted", "2.1", "Schmidt 2024")),
        (Language.FRENCH, ("Allèle de risque", "empreinte", "2.1", "Schmidt 2024")),
    ],
)
def test_the_kind_of_variant_its_flags_and_its_rules_are_on_the_page_and_in_the_explanation(
    language: Language, words: tuple[str, ...]
) -> None:
    page, shown = render(build_view(marked()), language), told(marked(), language)

    for word in (*words, "GN999-TANGO2"):
        assert word in page
        assert word.casefold() in shown.casefold()
    assert page.count(words[0]) >= 3, "beside every class that stands alone, and in its section"
    assert words[0] not in render(build_view(uncertain()), language)


def test_a_specification_whose_version_was_not_recorded_is_named_alone() -> None:
    result = replace(marked(), facts=uncertain().facts)

    assert "Gene specification GN999-TANGO2\n" in told(result)
    assert "version" not in told(result).partition("\n\n")[0]
    assert "General rules" in told(uncertain())


@pytest.mark.parametrize("language", Language)
def test_the_page_says_what_would_move_the_class(language: Language) -> None:
    page = render(build_view(uncertain()), language)
    words = wording(language)

    assert words.text("movers.title") in page
    assert f'<span class="code">PS3</span> {words.word("strength", "strong")}' in page


def test_an_allele_that_is_no_candidate_has_no_explanation() -> None:
    other = replace(uncertain().assessments[0].key.allele, position=1)

    assert explanations(uncertain(), other, ENGLISH) == ()


def test_an_explanation_is_plain_json() -> None:
    (each,) = explanations(uncertain(), uncertain().assessments[0].key.allele, FRENCH)
    document = to_json(each)

    assert isinstance(document, dict)
    assert document["classes"]["uncertainty"] == "mid"  # type: ignore[index,call-overload]
    assert len(document["criteria"]) == 28  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
def test_what_an_earlier_version_said_is_still_shown(language: Language) -> None:
    words = wording(language)
    gone = words.sentence(Reason.of("family.no_longer_said", exon=7))
    lacking = words.sentence(Reason.of("exclusive.counted_as"))

    assert "family.no_longer_said, exon: 7" in gone
    assert words.text("word.not_given") in lacking


# Authorities


def test_every_criterion_has_its_authority() -> None:
    assert set(AUTHORITIES) == set(Criterion)
    assert all(AUTHORITIES.values())
    for each in {one for named in AUTHORITIES.values() for one in named}:
        assert each.pmid is None or re.fullmatch(r"\d{8}", each.pmid)


@pytest.mark.parametrize("criterion", Criterion)
def test_the_page_of_the_criteria_names_the_same_papers(criterion: Criterion) -> None:
    for each in AUTHORITIES[criterion]:
        assert (each.pmid or each.name.partition(",")[0]) in PAGE, each.name


def test_only_met_criteria_tell_their_authority_on_the_page() -> None:
    page = render(build_view(uncertain()), Language.ENGLISH)
    (each,) = explanations(uncertain(), uncertain().assessments[0].key.allele, ENGLISH)
    met = sum(one.view.outcome is Outcome.MET for one in each.criteria)

    assert page.count("Guideline:") == met
    assert {step.direction for step in each.classes.steps} == set(Direction)
