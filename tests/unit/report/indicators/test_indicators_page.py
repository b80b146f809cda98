"""The indicators' page: plots without a network or a clock, definitions beside the figures."""

import re
from base64 import b64decode
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from page import Page
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.report.catalogue import Language
from varinterp.report.html import POLICY
from varinterp.report.indicators.board import indicators
from varinterp.report.indicators.facts import (
    CaseFacts,
    IndicatorInput,
    OpenEvent,
    Reclassification,
)
from varinterp.report.indicators.page import indicators_page

END = date(2026, 12, 31)
each_language = pytest.mark.parametrize("language", list(Language))


def activity(indication: str = "Intellectual disability", number: int = 40) -> IndicatorInput:
    cases = tuple(
        CaseFacts(
            f"C-{each}",
            indication if each % 2 else "Cardiomyopathy",
            "pangenomic" if each % 3 else "array",
            END - timedelta(days=900 + 90 * each),
            END - timedelta(days=100 + each),
            END - timedelta(days=each),
            list(DiagnosticLevel)[each % 4],
            (END,) if each % 2 else (),
        )
        for each in range(number)
    )
    moved = tuple(
        Reclassification(END, ("clinvar", "interaction", None)[each % 3], ("up", "down")[each % 2])
        for each in range(60)
    )
    waiting = tuple(OpenEvent(END - timedelta(days=5 * each), 1 + each % 4) for each in range(40))
    return IndicatorInput(date(2026, 1, 1), END, cases, moved, waiting, constructed=True)


def html(given: IndicatorInput, language: Language = Language.ENGLISH) -> str:
    return indicators_page(given, indicators(given), language)


def plots(page: str) -> list[str]:
    codes = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [b64decode(code).decode() for code in codes]


def written(drawn: ElementTree.Element) -> list[str]:
    """The texts of a plot, but for those of its axes."""
    if drawn.attrib.get("id", "").startswith("matplotlib.axis"):
        return []
    own = [drawn.text] if drawn.text and drawn.text.strip() else []
    return [*own, *(text for part in drawn for text in written(part))]


@each_language
def test_every_indicator_has_its_definition_denominator_plot_and_figures(
    language: Language,
) -> None:
    page = Page(html(activity(), language))
    assert len(page.all("h2")) == len(page.all("table")) == len(page.all("img")) == 8
    assert all(image.attributes["alt"] for image in page.all("img"))
    said = page.text
    words = {
        Language.ENGLISH: ("Share of cases with a confirmed diagnosis among", "Counted (denom"),
        Language.FRENCH: ("Part des dossiers au diagnostic confirmé parmi", "Effectif compté"),
    }
    assert words[language][0] in said
    assert said.count(words[language][1]) == 8


def test_a_plot_is_well_formed_fetches_nothing_and_names_no_time() -> None:
    for plot in plots(html(activity())):
        root = ElementTree.fromstring(plot)  # noqa: S314
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert not re.search(r"<script|<image|href=\"http|url\(http|<dc:date|Matplotlib", plot)
        assert "DejaVu" not in plot


def test_the_same_activity_gives_the_same_page() -> None:
    assert html(activity()) == html(activity())


@each_language
def test_the_page_of_indicators_is_well_formed_and_alone(language: Language) -> None:
    page = Page(html(activity(), language))
    assert page.mistakes == []
    assert page.open == []
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert all(element.attributes.get("scope") for element in page.all("th"))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert all(link == "data:," or link.removeprefix("#") in ids for link in page.values("href"))
    assert not page.all("script")
    policies = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    assert policies == [POLICY]
    assert not re.search(r"[{}]|\b(None|nan|True|False|word\.|indicators\.)", page.text)


def test_what_is_masked_is_in_no_plot_either() -> None:
    given = activity(number=6)
    page = html(given)
    assert "fewer than 5" in Page(page).text
    for plot in plots(page):
        assert not {"1", "2", "3", "4"} & set(written(ElementTree.fromstring(plot)))  # noqa: S314


def test_an_empty_period_says_so_in_place_of_a_plot() -> None:
    page = html(IndicatorInput(END, END, ()))
    assert Page(page).text.count("Nothing to count in this period.") == 8
    assert plots(page) == []


def test_an_indication_that_holds_markup_stays_a_text() -> None:
    page = html(activity("<script>alert(1)</script> $x^2$ {{ 7 * 7 }}"))
    assert "<script>" not in page
    assert all("<script>" not in plot and "$x^2$" in plot for plot in plots(page)[:1])


def test_a_demonstration_says_so() -> None:
    assert "Demonstration." in Page(html(activity())).text
