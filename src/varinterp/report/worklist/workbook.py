"""The worklist as an Excel workbook: typed columns, filters, frozen headings, links to reports.

No cell is ever a formula, whatever its text begins with. The same view gives the same bytes: the
archive's times and the document's dates are those of the run.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from varinterp.report.catalogue import Language
from varinterp.report.wording import Wording, wording
from varinterp.report.worklist.rows import Cell, Sheet, sheets
from varinterp.report.worklist.view import WorklistView

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32767
_WIDEST, _NARROWEST = 60, 8
_HEADING = PatternFill("solid", fgColor="FFE8EDF1")
_LINK = Font(color="FF0B5563", underline="single")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def workbook(view: WorklistView, language: Language | str) -> bytes:
    """Return the bytes of a worklist's workbook in a language."""
    w = wording(Language(language))
    made = sheets(view, w)
    raw = BytesIO()
    with pd.ExcelWriter(raw, engine="openpyxl") as writer:
        for sheet in made:
            _frame(sheet, w).to_excel(writer, sheet_name=_title(sheet, w), index=False)
        book: Workbook = writer.book
        for sheet in made:
            _dress(book[_title(sheet, w)], sheet, w)
        book.properties.creator = "varinterp"
        book.properties.created = datetime.combine(view.run.on, time())
    return _fixed(raw.getvalue(), view.run.on)


def _frame(sheet: Sheet, w: Wording) -> pd.DataFrame:
    headings = [w.text(f"worklist.sheet.{name}") for name in sheet.columns]
    rows = [[_plain(cell) for cell in row] for row in sheet.rows]
    # Kept as objects: a column of whole numbers with a gap would become one of fractions.
    return pd.DataFrame(rows, columns=headings, dtype=object)


def _plain(cell: Cell) -> Cell:
    """Return a cell that a workbook can hold: no control characters, no more than fits."""
    if not isinstance(cell, str):
        return cell
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", cell)[:_LONGEST_CELL]


def _title(sheet: Sheet, w: Wording) -> str:
    return w.text(f"worklist.sheet_name.{sheet.name}")


def _dress(page: Worksheet, sheet: Sheet, w: Wording) -> None:
    page.freeze_panes = "A2" if sheet.name == "run" else "B2"
    page.auto_filter.ref = page.dimensions
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    for cell in page[1]:
        cell.fill = _HEADING
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for row in page.iter_rows(min_row=2):
        for cell in row:
            _guard(cell)
    _widths(page)
    _link(page, sheet.links)


def _guard(cell: Any) -> None:
    """Set a text's type, so that it is never a formula, and a date's format."""
    value = cell.value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    else:
        cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _widths(page: Worksheet) -> None:
    for number, column in enumerate(page.iter_cols(), start=1):
        longest = max(len(str(cell.value)) for cell in column if cell.value is not None)
        width = min(_WIDEST, max(_NARROWEST, longest + 2))
        page.column_dimensions[get_column_letter(number)].width = width


def _link(page: Worksheet, links: Sequence[str | None]) -> None:
    """Link the first cell of each row to the case's report beside the workbook."""
    for number, link in enumerate(links, start=2):
        if link is None:
            continue
        target, _, place = link.partition("#")
        cell = page.cell(number, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=target, location=place or None)
        cell.font = _LINK


def _fixed(raw: bytes, on: date) -> bytes:
    """Return the same archive with the run's day in place of every time of writing."""
    out = BytesIO()
    stamp = f"{on.isoformat()}T00:00:00Z".encode()
    with ZipFile(BytesIO(raw)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            info = ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", given.read(name))
            made.writestr(info, content)
    return out.getvalue()
