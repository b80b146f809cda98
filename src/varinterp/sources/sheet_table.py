"""The cells of a sample sheet, and what spreadsheets do to them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.plain_text import read_lines
from varinterp.sources.sheet_rules import COLUMNS, REQUIRED

_ERROR_VALUE = re.compile(r"#(?:NAME\?|REF!|N/A|VALUE!|DIV/0!|NUM!|NULL!|NOM\?)")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-][0-9]+")
_DATE = re.compile(r"[0-9]{1,2}-[A-Za-z]{3,4}\.?|[A-Za-z]{3,4}\.?-[0-9]{2}")
_NAMES = frozenset({"family", "person", "sample", "father", "mother"})


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of one row by column, trimmed; columns that the sheet lacks are empty."""

    line: int
    cells: Mapping[str, str]


def read_table(path: Path, book: FaultBook) -> tuple[SheetCells, ...]:
    """Read a sample sheet's cells, recording what is wrong with header and cells."""
    numbered = [
        (number, line)
        for number, line in enumerate(read_lines(path, book), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        if not book.rejects:
            book.add("sheet.empty", "nothing", 1)
        return ()
    (line, text), *rest = numbered
    header = [name.strip() for name in text.split("\t")]
    if not _check_header(header, line, book):
        return ()
    if not rest:
        book.add("sheet.empty", "a header line alone", line)
    return tuple(_row(header, number, text, book) for number, text in rest)


def _check_header(header: Sequence[str], line: int, book: FaultBook) -> bool:
    if len(header) == 1 and re.search("[;,]", header[0]):
        book.add("sheet.separator", "semicolons or commas", line)
        return False
    for name in sorted(set(header) - COLUMNS.keys()):
        nearest = get_close_matches(name.casefold(), COLUMNS, n=1)
        hint = f", perhaps {nearest[0]}" if nearest else ""
        book.add("sheet.column_unknown", f"{shown(name)}{hint}", line)
    for name in sorted(set(header) & COLUMNS.keys()):
        if header.count(name) > 1:
            book.add("sheet.column_twice", f"{name} twice", line)
    for name in REQUIRED:
        if name not in header:
            book.add("sheet.column_missing", f"no column {name}", line)
    return set(REQUIRED) <= set(header)


def _row(header: Sequence[str], line: int, text: str, book: FaultBook) -> SheetCells:
    raw = text.split("\t")
    if any(cell.strip() for cell in raw[len(header) :]):
        book.add("sheet.cells", f"{len(raw)}", line)
    found = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(header, raw, strict=False):
        if cell != cell.strip():
            book.add("sheet.spaces", "spaces", line, name)
        found[name] = cell.strip()
        _damage(name, found[name], line, book)
    return SheetCells(line, {name: found[name] for name in COLUMNS})


def _damage(name: str, cell: str, line: int, book: FaultBook) -> None:
    if cell.startswith('"') or cell.endswith('"'):
        book.add("sheet.quotes", "quotes", line, name)
    is_rewritten = name in _NAMES and (_SCIENTIFIC.fullmatch(cell) or _DATE.fullmatch(cell))
    if _ERROR_VALUE.search(cell) or is_rewritten:
        book.add("sheet.excel", f"{shown(cell)}, a spreadsheet's doing", line, name)
