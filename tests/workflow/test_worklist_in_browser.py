"""The worklist as people use it: on a desk and on a telephone, filtered, opened, offline."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import CHROMIUM, Browser
from varinterp.report.catalogue import Language
from varinterp.report.worklist.page import worklist_page
from varinterp.report.worklist.view import build_worklist
from worklist_cases import silent, worklist

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Debian's chromium, which is not installed"
)

SHOWN = "document.querySelectorAll('details.event:not([hidden])').length"
SET = """
(() => {{
  const field = document.querySelector('[data-filter="{name}"]');
  field.value = "{value}";
  field.dispatchEvent(new Event("input", {{ bubbles: true }}));
}})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened


def page(folder: Path, language: Language, *, quiet: bool = False) -> Path:
    path = folder / "worklist.html"
    view = build_worklist(silent() if quiet else worklist())
    path.write_text(worklist_page(view, language), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", list(Language))
def test_the_list_fits_the_screen_folded_and_unfolded_and_asks_nobody(
    browser: Browser, language: Language, tmp_path: Path
) -> None:
    path = page(tmp_path, language)
    browser.requests.clear()
    for width in (1280, 390):
        session = browser.open(path, width)
        assert browser.value(session, "document.documentElement.scrollWidth") == width
        browser.value(session, "document.getElementById('unfold').click()")
        assert browser.value(session, "document.querySelectorAll('details[open]').length") == 5
        assert browser.value(session, "document.documentElement.scrollWidth") == width
        assert browser.value(session, "document.documentElement.lang") == language.value
    # The browser draws the icons of its own date fields.
    asked = {url for url in browser.requests if not url.startswith("data:")}
    assert asked == {path.resolve().as_uri()}


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("tier", "1", 1),
        ("gene", "DGCR8", 1),
        ("physician", "P-PRESCRIBER2", 4),
        ("direction", "up", 3),
        ("state", "in_review", 1),
        ("from", "2017-01-01", 4),
        ("until", "2017-01-01", 1),
    ],
)
def test_the_list_is_filtered_and_shown_again(
    browser: Browser, name: str, value: str, left: int, tmp_path: Path
) -> None:
    session = browser.open(page(tmp_path, Language.ENGLISH), 1280)
    assert browser.value(session, SHOWN) == 5
    browser.value(session, SET.format(name=name, value=value))
    assert browser.value(session, SHOWN) == left
    told = browser.value(session, "document.getElementById('shown').textContent")
    assert told == f"Shown: {left} of 5"
    empty = "[...document.querySelectorAll('.tier-section:not([hidden])')]"
    kept = f"{empty}.every(tier => tier.querySelector('details.event:not([hidden])'))"
    assert browser.value(session, kept) is True
    browser.value(session, "document.getElementById('reset').click()")
    assert browser.value(session, SHOWN) == 5


def test_a_link_to_the_other_side_of_a_pair_opens_it(browser: Browser, tmp_path: Path) -> None:
    session = browser.open(page(tmp_path, Language.ENGLISH), 1280)
    browser.value(session, "document.querySelector('a[href=\"#event-13\"]').click()")
    for _ in range(50):
        if browser.value(session, "document.getElementById('event-13').open"):
            break
    assert browser.value(session, "document.getElementById('event-13').open") is True


def test_an_event_is_opened_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    session = browser.open(page(tmp_path, Language.ENGLISH), 1280)
    browser.value(session, "document.querySelector('#event-11 > summary').focus()")
    for kind in ("keyDown", "keyUp"):
        browser._call(
            "Input.dispatchKeyEvent", session, type=kind, key="Enter", code="Enter", text="\r",
            windowsVirtualKeyCode=13,
        )  # fmt: skip
    assert browser.value(session, "document.getElementById('event-11').open") is True


def test_a_silent_run_s_page_needs_no_script(browser: Browser, tmp_path: Path) -> None:
    path = page(tmp_path, Language.FRENCH, quiet=True)
    browser.requests.clear()
    session = browser.open(path, 390)
    assert browser.value(session, "document.scripts.length") == 0
    assert browser.value(session, "document.documentElement.scrollWidth") == 390
    assert set(browser.requests) == {path.resolve().as_uri()}
