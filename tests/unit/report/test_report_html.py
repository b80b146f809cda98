"""The page: complete, the same in both languages, accessible, and alone."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from page import Page, facts
from report_builders import analysed, calls, case, genotype
from report_cases import (
    compound_pair,
    de_novo_and_more,
    missense,
    nonsense,
    nothing_found,
    tango2_homozygous,
    uncertain,
    unexplained,
)
from report_knowledge import EXCLUDED
from varinterp.model.assessment import SignedClass
from varinterp.model.case import CaseResult, ReleaseLabel
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Criterion, Reason
from varinterp.report.catalogue import Language
from varinterp.report.html import POLICY, css_string, render
from varinterp.report.view import build_view

RESULTS: dict[str, Callable[[], CaseResult]] = {
    "homozygous": tango2_homozygous,
    "nonsense": nonsense,
    "pair": compound_pair,
    "de novo": de_novo_and_more,
    "unexplained": unexplained,
    "nothing": nothing_found,
    "uncertain": uncertain,
}

every_page = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in RESULTS for language in Language]
)


def html(
    result: CaseResult, language: Language = Language.ENGLISH, label: str | None = None
) -> str:
    return render(build_view(result, label), language)


@pytest.mark.parametrize("name", RESULTS)
def test_both_languages_carry_the_same_facts(name: str) -> None:
    view = build_view(RESULTS[name]())
    english, french = (facts(Page(render(view, language))) for language in Language)
    assert english == french
    assert sum(english[0].values()) > 5


@every_page
def test_no_program_s_word_is_left_in_the_text(name: str, language: Language) -> None:
    text = Page(html(RESULTS[name](), language)).text
    assert not re.search(r"[{}]|\b(None|nan|True|False|Undefined|word\.|reason\.)\b", text)
    assert not re.search(r"\b(stop_gained|missense_variant|not_met|autosomal_recessive)\b", text)


@every_page
def test_nothing_is_loaded_and_every_link_stays_on_the_page(name: str, language: Language) -> None:
    page = Page(html(RESULTS[name](), language))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for tag in ("script", "img", "iframe", "object", "embed", "form", "base"):
        assert not page.all(tag)
    assert not page.values("src")
    for target in page.values("href"):
        assert target == "data:," or target.removeprefix("#") in ids
    assert "url(" not in html(RESULTS[name](), language)
    assert "@import" not in html(RESULTS[name](), language)
    policies = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    assert policies == [POLICY]


@every_page
def test_the_page_is_well_formed_and_accessible(name: str, language: Language) -> None:
    page = Page(html(RESULTS[name](), language))
    assert page.mistakes == []
    assert page.open == []
    (root,) = page.all("html")
    assert root.attributes["lang"] == language.value
    for once in ("h1", "main", "header", "footer", "title"):
        assert len(page.all(once)) >= 1
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(element.attributes.get("scope") for element in page.all("th"))
    ids = set(page.values("id"))
    assert all(name in ids for value in page.values("aria-labelledby") for name in value.split())
    assert all(element.attributes.get("title") for element in page.all("abbr"))


@every_page
def test_headings_go_down_one_level_at_a_time(name: str, language: Language) -> None:
    page = Page(html(RESULTS[name](), language))
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("result", "english", "french"),
    [
        (
            nonsense(),
            "One candidate is proposed as an explanation of the patient’s phenotype.",
            "Un candidat est proposé comme explication du phénotype du cas index.",
        ),
        (
            unexplained(),
            "No candidate explains the patient’s phenotype.",
            "Aucun candidat n’explique le phénotype du cas index.",
        ),
        (
            uncertain(),
            "on its own, it is no diagnosis.",
            "à lui seul, il ne fait pas un diagnostic.",
        ),
    ],
)
def test_the_answer_is_a_sentence_of_its_own(result: CaseResult, english: str, french: str) -> None:
    assert english in Page(html(result)).text
    assert french in Page(html(result, Language.FRENCH)).text


def test_the_answer_comes_before_everything_else() -> None:
    text = Page(html(nonsense())).text
    answer = text.index("One candidate is proposed")
    card = text[answer : text.index("Patient and family")]
    for shown in ("TANGO2", "c.418C>T", "p.(Arg140Ter)", "Homozygous", "NM_152906.7"):
        assert shown in card
    for shown in ("Pathogenic (class 5)", "OMIM:616878", "Autosomal recessive"):
        assert shown in card
    assert "Variants looked at: 1,806. Kept as candidates: 1." in card


def test_a_pair_is_one_block_with_both_alleles_and_the_evidence_of_phase() -> None:
    text = Page(html(compound_pair())).text
    assert "one on each copy of the gene (shown by the VCF’s phase set)" in text
    assert "copy 1 (phase set 20036801)" in text
    assert "copy 2 (phase set 20036801)" in text
    assert "Compound heterozygous" in text
    assert "22-20036801-GTG-GG" in text


def test_every_criterion_is_on_the_page_with_its_sentence() -> None:
    text = Page(html(nonsense())).text
    for criterion in Criterion:
        assert re.search(rf"\b{criterion.value}\b", text)
    assert "Criteria met (4)" in text
    assert "premature stop at codon 140 (exon 6 of 9)" in text
    assert "Sources consulted: Gene–disease links 2020-06-30 (30 June 2020)" in text


def test_clinvar_is_shown_with_stars_in_words_and_as_not_counted() -> None:
    text = Page(html(nonsense(), Language.FRENCH)).text
    assert "Niveau de revue absent de cette version" in text
    assert "jamais compté dans la classe" in text
    starred = missense(calls(genotype(2), genotype(1), genotype(1)))
    assertion = Assertion((Significance.PATHOGENIC,), ("A disease",), stars=2)
    result = analysed(case(), [replace(starred, assertion=assertion)])
    assert "2 of 4 stars" in Page(html(result)).text


def test_what_clinvar_says_is_on_the_first_page_and_beside_what_was_not_retained() -> None:
    text = Page(html(compound_pair())).text
    card = text[: text.index("Patient and family")]
    assert "ClinVar (c.4del): not in this release" in card
    assert "ClinVar (c.460G>A): pathogenic (review status not in this release)" in card
    carried = Page(html(de_novo_and_more())).text
    table = carried[carried.index("Hypotheses not retained") :]
    assert "pathogenic (review status not in this release)" in table


def test_the_state_is_a_draft_and_the_limits_say_what_that_means() -> None:
    text = Page(html(nonsense())).text
    assert "Draft Proposed by software; not reviewed, not signed." in text
    assert "Secondary findings were not looked for." in text
    assert "repeat expansions are not interpreted" in text


def test_constructed_data_are_marked_where_they_count() -> None:
    text = Page(html(nonsense())).text
    assert "Demonstration." in text
    assert re.search(r"that this criterion allows\.\s+constructed", text)
    assert "rests on constructed data" in text


def test_terms_looked_for_and_absent_are_listed() -> None:
    text = Page(html(nonsense(), Language.FRENCH)).text
    assert all(term in text for term in EXCLUDED)
    assert "Recherchés et absents" in text


def test_what_was_filtered_is_counted_in_words() -> None:
    text = Page(html(nonsense(), Language.FRENCH)).text
    assert "portés par personne dans la famille\N{NO-BREAK SPACE}: 34" in text
    assert "enregistrements réunis" not in text


def test_releases_and_versions_are_all_there() -> None:
    result = nonsense()
    text = Page(html(result)).text
    for label in result.releases:
        assert label.release in text
        assert label.licence in text
    for name, version in result.versions.items():
        assert f"{name} {version}" in text


def test_a_signed_class_is_shown_beside_the_machine_s() -> None:
    result = nonsense()
    value = result.assessments[0].machine.points
    signed = SignedClass(value, "reader one", "reader two", "2026-02-03")
    assessments = (replace(result.assessments[0], signed=signed),)
    text = Page(html(replace(result, assessments=assessments), Language.FRENCH)).text
    assert "Classe signée" in text
    assert "reader one, reader two, 3 février 2026" in text


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}</style><b>"


def hostile() -> CaseResult:
    """Every text that others write holds markup."""
    found = missense(calls(genotype(2), genotype(1), genotype(1)))
    found = replace(
        found,
        filter=HOSTILE,
        original=HOSTILE,
        consequence=replace(found.consequence, hgvs_p=f"ENSP1.1:{HOSTILE}"),
        assertion=Assertion((Significance.PATHOGENIC,), (HOSTILE,), None, rsid=HOSTILE),
    )
    result = analysed(case(indication=HOSTILE, id=f"C-{HOSTILE}"), [found])
    return replace(
        result,
        ranking=tuple(replace(place, disease_name=HOSTILE) for place in result.ranking),
        releases=(ReleaseLabel("clinvar", HOSTILE, HOSTILE, HOSTILE, HOSTILE, False, HOSTILE),),
        versions={HOSTILE: HOSTILE},
        warnings=(Reason.of("warning.intake", rule=HOSTILE, source="sheet", line=1),),
    )


@pytest.mark.parametrize("language", Language)
def test_what_others_wrote_is_shown_as_text_and_never_run(language: Language) -> None:
    written = html(hostile(), language, label=HOSTILE)
    page = Page(written)
    assert not page.all("script")
    assert not page.all("img")
    assert not page.all("b")
    assert len(page.all("style")) == 1
    assert page.mistakes == []
    assert not re.search(r"<script|<img|</style>.*</style>", written, re.DOTALL)
    assert page.text.count("{{ 7 * 7 }}") > 8


def test_a_css_string_holds_no_mark_of_its_own() -> None:
    assert css_string('a"\\</style>\n1') == '"a\\000022\\00005c\\00003c\\00002fstyle\\00003e1"'


def test_the_case_is_on_the_foot_of_every_printed_page() -> None:
    written = html(nonsense(), label="LAB-7")
    assert "@bottom-left" in written
    assert css_string("LAB-7 – Case C-0b7e94d2, analysis 1 – Draft") in written


@pytest.mark.parametrize("language", Language)
def test_the_same_result_gives_the_same_bytes(language: Language) -> None:
    assert html(compound_pair(), language) == html(compound_pair(), language)


def test_the_same_result_gives_the_same_bytes_in_another_process() -> None:
    here = Path(__file__).parent
    program = (
        f"import sys; sys.path[:0] = {[str(here), str(here.parents[1])]!r}\n"
        "from report_cases import compound_pair\n"
        "from varinterp.report.html import render\n"
        "from varinterp.report.view import build_view\n"
        "sys.stdout.buffer.write(render(build_view(compound_pair()), 'fr').encode())\n"
    )
    source = here.parents[2] / "src"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(source), "LC_ALL": "C"},
        check=True,
        capture_output=True,
    )
    assert run.stdout.decode() == html(compound_pair(), Language.FRENCH)
