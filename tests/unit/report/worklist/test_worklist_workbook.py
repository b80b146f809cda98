"""The workbook: typed, linked, the same bytes, and never a formula."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from varinterp.report.catalogue import Language
from varinterp.report.worklist.facts import Worklist
from varinterp.report.worklist.view import build_worklist
from varinterp.report.worklist.workbook import workbook
from varinterp.report.worklist.write import write_worklist
from worklist_cases import FIRST, LABELS, downgrade, listed, run_summary, silent, worklist


def book(given: Worklist, language: Language = Language.ENGLISH) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(build_worklist(given, LABELS), language)))


def test_there_is_a_row_an_event_a_criterion_and_a_record() -> None:
    made = book(worklist())
    assert made.sheetnames == ["Events", "Criteria", "Sources", "Recontacts", "Run"]
    rows = {page.title: page.max_row - 1 for page in made}
    assert rows["Events"] == 5
    assert rows["Criteria"] == 4
    assert rows["Sources"] == 7
    assert rows["Recontacts"] == 2


def test_numbers_are_numbers_dates_are_dates_and_gaps_are_empty() -> None:
    page = book(worklist())["Events"]
    cells = {page.cell(1, n).value: page.cell(2, n) for n in range(1, page.max_column + 1)}
    assert cells["Event"].value == 11
    assert cells["Points before"].value == 10
    assert cells["Points now"].value == 1
    assert cells["Evidence last changed"].value == datetime(2017, 4, 3)
    assert cells["Evidence last changed"].number_format == "yyyy-mm-dd"
    assert cells["Class before"].value == "pathogenic (class 5)"
    dropped = {page.cell(1, n).value: page.cell(6, n).value for n in range(1, page.max_column + 1)}
    assert dropped["Class now"] is None
    assert dropped["Phenotype first matched"] is None


def test_headings_stay_in_sight_and_every_sheet_can_be_filtered() -> None:
    for page in book(worklist()):
        assert page.freeze_panes is not None
        assert page.auto_filter.ref == page.dimensions


def test_an_event_links_to_its_report_beside_the_workbook() -> None:
    link = book(worklist())["Events"].cell(2, 1).hyperlink
    assert link.target == f"cases/{FIRST}/report.en.html"
    assert link.location == "hypothesis-1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "=cmd|' /C calc'!A0;"])
def test_no_text_of_the_data_is_ever_a_formula(start: str) -> None:
    bad = f'{start}HYPERLINK("a.b","c")'
    event = replace(downgrade(), symbol=bad)
    given = Worklist(run_summary(), (replace(listed(1, event), physician=bad, coding=bad),))
    raw = workbook(build_worklist(given, {FIRST: bad}), "en")
    with ZipFile(BytesIO(raw)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    page = openpyxl.load_workbook(BytesIO(raw))["Events"]
    texts = [cell for cell in page[2] if cell.value == bad]
    assert len(texts) == 4
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in texts)


def test_control_characters_do_not_break_the_workbook() -> None:
    event = replace(downgrade(), symbol="TAN\x00GO\x1b2")
    page = book(Worklist(run_summary(), (listed(1, event),)))["Events"]
    assert "TAN\N{REPLACEMENT CHARACTER}GO\N{REPLACEMENT CHARACTER}2" in [c.value for c in page[2]]


def test_the_same_list_gives_the_same_workbook_whenever_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = build_worklist(worklist(), LABELS)
    first = workbook(view, "fr")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert workbook(view, "fr") == first
    with ZipFile(BytesIO(first)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(2017, 4, 3)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"(\d{4}-\d\d-\d\dT[\d:]+Z)", core) == ["2017-04-03T00:00:00Z"] * 2


def test_a_silent_run_s_workbook_opens_and_has_its_headings() -> None:
    made = book(silent(), Language.FRENCH)
    assert made.sheetnames[0] == "Événements"
    assert made["Événements"].max_row == 1
    assert made["Passage"]["B2"].value == "2017-04-03"


def test_pandas_reads_what_pandas_wrote(tmp_path: Path) -> None:
    paths = write_worklist(worklist(), tmp_path, ["fr", "en"])
    read = pd.read_excel(tmp_path / "worklist.xlsx", sheet_name="Sources")
    assert list(read["Source"][:2]) == ["gnomAD", "ClinVar"]
    assert sorted(path.name for path in paths) == sorted(path.name for path in tmp_path.iterdir())
    assert {path.name for path in paths} == {
        *("worklist.en.html", "worklist.fr.html", "worklist.xlsx"),
        *("digest.en.txt", "digest.fr.txt", "digest.json"),
    }
