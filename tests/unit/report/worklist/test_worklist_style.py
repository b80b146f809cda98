"""The style of the new pages: readable contrast, and nothing fetched."""

import re
from importlib.resources import files

import pytest

from test_report_style import MINIMUM, contrast

STATIC = files("varinterp.report") / "static"
LIST = (STATIC / "worklist.css").read_text(encoding="utf-8")
INDICATORS = (STATIC / "indicators.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", [".result.alarm", ".tier-1 .tier-number", ".review-in_review"])
def test_what_is_urgent_stands_out_from_its_ground(rule: str) -> None:
    (body,) = re.findall(rf"^{re.escape(rule)} \{{(.*background.*)\}}$", LIST, re.MULTILINE)
    colour = re.search(r"(?<![-\w])color: (#\w{6})", body)
    ground = re.search(r"background: (#\w{6})", body)
    assert colour is not None
    assert ground is not None
    assert contrast(colour[1], ground[1]) >= MINIMUM


@pytest.mark.parametrize("css", [LIST, INDICATORS])
def test_the_new_styles_fetch_nothing(css: str) -> None:
    assert "url(" not in css
    assert "@import" not in css


def test_a_direction_is_never_told_by_colour_alone() -> None:
    assert not re.search(r"\.way-\w+ \{[^}]*color", LIST)
