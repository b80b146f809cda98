"""Classes given elsewhere stand beside ClinVar, in both languages, and are said not to count."""

import re
from dataclasses import replace

import pytest

from page import Page
from report_cases import tango2_homozygous
from varinterp.documents.case import dump_case, load_case
from varinterp.model.case import CaseResult, ReleaseLabel
from varinterp.model.clinvar import Significance
from varinterp.model.external import (
    MITOMAP,
    LaboratoryAssertion,
    LaboratoryEntry,
    MitomapAllele,
    MitomapStatus,
    laboratory_fact,
)
from varinterp.report.catalogue import Language
from varinterp.report.html import render
from varinterp.report.view import build_view

VKGL = LaboratoryAssertion(
    (
        LaboratoryEntry((Significance.LIKELY_PATHOGENIC, Significance.PATHOGENIC), ac=3, an=400),
        LaboratoryEntry((), text="<b>seen</b> twice", date="2025-06-01", curator="AB"),
    ),
    constructed=True,
)
KNOWN = MitomapAllele(
    MitomapStatus.CONFIRMED, Significance.LIKELY_PATHOGENIC, "MELAS", "Cfrm-[LP], alt locus",
    polymorphism=True, count=12, frequency=0.0002,
)  # fmt: skip
LABEL = ReleaseLabel("vkgl", "2025-07", "2025-07-01", "https://example.org", "ask", False)


def result() -> CaseResult:
    plain = tango2_homozygous()
    allele = str(plain.candidates[0].allele)
    facts = {
        (laboratory_fact("vkgl").source, allele): VKGL,
        (MITOMAP.source, allele): KNOWN,
    }
    return replace(plain, facts={**plain.facts, **facts}, releases=(*plain.releases, LABEL))


def text(language: Language, case: CaseResult) -> str:
    page: str = Page(render(build_view(case), language)).text
    return re.sub(r"\s+", " ", page.replace("\u202f", " ").replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            Language.ENGLISH,
            [
                "Classified elsewhere: vkgl",
                "Likely pathogenic or pathogenic · 3/400",
                "No class given – <b>seen</b> twice 2025-06-01",
                "Shown for the reader; no criterion counts it.",
                "Confirmed: pathogenicity published by two or more laboratories – MELAS",
                "In MITOMAP’s table of polymorphisms (12)",
            ],
        ),
        (
            Language.FRENCH,
            [
                "Classé ailleurs : vkgl",
                "robablement pathogène ou pathogène",
                "Montré au lecteur ; aucun critère n’en tient compte.",
                "Confirmé : pathogénicité publiée par au moins deux laboratoires – MELAS",
            ],
        ),
    ],
)
def test_what_others_say_is_on_the_page(language: Language, sentences: list[str]) -> None:
    page = text(language, result())

    assert [sentence for sentence in sentences if sentence not in page] == []


@pytest.mark.parametrize("language", Language)
def test_a_source_that_does_not_know_the_allele_is_not_named(language: Language) -> None:
    page = text(language, tango2_homozygous())

    assert "vkgl" not in page
    assert "MITOMAP" not in page


def test_what_others_say_is_kept_in_the_document() -> None:
    case = result()

    assert load_case(dump_case(case)) == case
