"""Paths in the sample sheet: they start at its folder and name files of this machine."""

import re
from pathlib import Path

from varinterp.sources.fault_book import FaultBook

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def sheet_file(sheet: Path, text: str, line: int, column: str, book: FaultBook) -> Path | None:
    """Return the resolved path of an existing regular file, or None after recording a fault."""
    if _URL.match(text):
        book.add("sheet.url", "a URL", line, column)
        return None
    path = (sheet.parent / text).resolve()
    if not path.is_file():
        book.add("sheet.path", "no such file", line, column)
        return None
    return path
