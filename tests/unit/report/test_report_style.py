"""The style: readable contrast, and nothing fetched."""

import re
from importlib.resources import files

import pytest

CSS = (files("varinterp.report") / "static" / "report.css").read_text(encoding="utf-8")
VARIABLES = dict(re.findall(r"--(\w+): (#\w{6});", CSS))
MINIMUM = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["ink", "quiet", "accent"])
def test_text_stands_out_from_the_page(name: str) -> None:
    assert contrast(VARIABLES[name], VARIABLES["ground"]) >= MINIMUM


@pytest.mark.parametrize(
    "rule", ["class-1", "class-2", "class-3", "class-4", "class-5", "mark", "state"]
)
def test_a_badge_stands_out_from_its_own_ground(rule: str) -> None:
    (body,) = re.findall(rf"^\.{rule} \{{(.*)\}}$", CSS, re.MULTILINE)
    colour = re.search(r"(?<!-)\bcolor: (#\w{6})", body)
    ground = re.search(r"background: (#\w{6})", body)
    assert colour is not None
    assert ground is not None
    assert contrast(colour[1], ground[1]) >= MINIMUM


def test_the_style_fetches_nothing_and_shows_focus() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert ":focus-visible" in CSS
    assert "@media print" in CSS
