"""Reading a tab-separated table for a bulk import: every fault at once, by line and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from varinterp.sources import plain_text
from varinterp.sources.fault_book import MAX_FAULTS, FaultBook, Rule, shown

RULES: Mapping[str, Rule] = {
    **plain_text.RULES,
    "table.empty": Rule("a header line and a row for each statement", "add the header line"),
    "table.header": Rule("the columns of this table, each once", "correct the header line"),
    "table.cells": Rule("as many cells as the header has", "add or delete tabs"),
    "table.family": Rule("a registered family, by name or pseudonym", "analyse it first"),
    "table.erased": Rule("a case that was not erased", "delete the row"),
    "table.person": Rule("proband, father, mother, or a member's name", "correct it"),
    "table.date": Rule("a date such as 2026-11-22", "correct it"),
    "table.future": Rule("a day that is not in the future", "correct it"),
    "table.scope": Rule(
        "primary, secondary_findings, recontact, reanalysis or research", "type one of them"
    ),
    "table.answer": Rule("yes or no", "type one of them"),
    "table.document": Rule("a reference of at most 64 characters, or nothing", "shorten it"),
    "table.erasure": Rule(
        "no withdrawal of a proband's primary consent in bulk",
        "type: varinterp registry consent FAMILY proband primary no --erase",
    ),
    "table.hpo": Rule("HP:0001250;!HP:0001251, current terms", "correct the term"),
    "table.onset": Rule("a term such as HP:0003577, or an age such as P3Y6M", "correct it"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line, and its cells by column, empty where the table lacks the column."""

    line: int
    cells: Mapping[str, str]


def table_book(path: Path) -> FaultBook:
    """Return a book for the faults of a table."""
    return FaultBook(str(path), RULES, kept=MAX_FAULTS)


def read_rows(
    path: Path, columns: Sequence[str], required: Sequence[str], book: FaultBook
) -> tuple[Row, ...]:
    """Read the rows of a table, recording what is wrong with its header and its cells."""
    lines = [
        (number, line)
        for number, line in enumerate(plain_text.read_lines(path, book), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        if not book.rejects:
            book.add("table.empty", "nothing", 1)
        return ()
    (line, text), *rest = lines
    header = [name.strip() for name in text.split("\t")]
    wrong = [name for name in header if name not in columns or header.count(name) > 1]
    missing = [name for name in required if name not in header]
    if wrong or missing:
        found = f"unknown or twice: {shown(wrong[0])}" if wrong else f"no column {missing[0]}"
        book.add("table.header", found, line)
        return ()
    return tuple(row for each in rest if (row := _row(header, columns, each, book)) is not None)


def cell_day(row: Row, column: str, book: FaultBook) -> date | None:
    """Read a cell's date; None after recording that it is none."""
    try:
        return date.fromisoformat(row.cells[column])
    except ValueError:
        book.add("table.date", shown(row.cells[column]), row.line, column)
        return None


def _row(
    header: Sequence[str], columns: Sequence[str], numbered: tuple[int, str], book: FaultBook
) -> Row | None:
    line, text = numbered
    cells = [cell.strip() for cell in text.split("\t")]
    if len(cells) != len(header):
        book.add("table.cells", str(len(cells)), line)
        return None
    found = dict.fromkeys(columns, "")
    found.update(zip(header, cells, strict=True))
    return Row(line, found)
