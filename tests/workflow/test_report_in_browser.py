"""The demo's reports as people see them: in a browser, on a desk and on a telephone."""

from pathlib import Path

import pytest

from browser import CHROMIUM, Browser
from demo_runs import Stages, demo_config
from varinterp.report.catalogue import Language
from varinterp.report.write import write_report

pytestmark = [
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium, which is not installed"),
]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("family", ["DEMO-T4", "DEMO-N1"])
def test_report_fits_the_screen_and_asks_nobody(
    family: str, language: Language, tmp_path: Path
) -> None:
    result = Stages(demo_config(tmp_path)).case(family)
    page = tmp_path / "report.html"
    write_report(result, page, language, family)
    with Browser() as browser:
        for width in (1280, 400):
            session = browser.open(page, width)
            assert browser.value(session, "document.documentElement.scrollWidth") == width
            assert browser.value(session, "document.documentElement.lang") == language.value
            assert browser.value(session, "document.querySelectorAll('h1').length") == 1
        assert set(browser.requests) <= {page.resolve().as_uri()}
