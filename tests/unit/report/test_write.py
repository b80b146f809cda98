"""A report on disk."""

from pathlib import Path

import pytest

from report_cases import nonsense
from varinterp.report.html import render
from varinterp.report.view import build_view
from varinterp.report.write import write_report


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report_is_written_whole_with_the_laboratory_s_label(
    tmp_path: Path, language: str
) -> None:
    path = tmp_path / "family" / f"report.{language}.html"
    write_report(nonsense(), path, language, label="LAB-7")
    assert path.read_text(encoding="utf-8") == render(build_view(nonsense(), "LAB-7"), language)
    assert "LAB-7" in path.read_text(encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


def test_a_language_that_has_no_texts_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    with pytest.raises(ValueError, match="de"):
        write_report(nonsense(), tmp_path / "report.html", "de")
    assert list(tmp_path.iterdir()) == []
