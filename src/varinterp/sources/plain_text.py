"""Small text files that people write by hand or export from a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path

from varinterp.sources.fault_book import FaultBook, Rule

MAX_BYTES = 10 << 20
_AS_TEXT = "save it as tab-separated text in UTF-8"

RULES: Mapping[str, Rule] = {
    "text.missing": Rule("an existing regular file", "correct the path"),
    "text.size": Rule("at most 10 MB", "give another file"),
    "text.utf16": Rule("UTF-8 text", _AS_TEXT),
    "text.spreadsheet": Rule("text", _AS_TEXT),
    "text.not_utf8": Rule("UTF-8 text", _AS_TEXT),
    "text.control": Rule("printable characters", "delete the character"),
}


def read_lines(path: Path, book: FaultBook) -> list[str]:
    """Return a file's lines without their ends; a byte-order mark and CR LF are tolerated.

    Returns no lines, and records why, when the file is not UTF-8 text.
    """
    if not path.is_file():
        book.add("text.missing", "no file", 1)
        return []
    if path.stat().st_size > MAX_BYTES:
        book.add("text.size", f"{path.stat().st_size >> 20} MB", 1)
        return []
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        book.add("text.utf16", "UTF-16 text", 1)
        return []
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        book.add("text.spreadsheet", "a spreadsheet file", 1)
        return []
    return _decoded(data, book)


def _decoded(data: bytes, book: FaultBook) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        book.add("text.not_utf8", "other bytes", 1 + data.count(b"\n", 0, error.start))
        return []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if any(ord(character) < 32 and character != "\t" for character in line):
            book.add("text.control", "a control character", number)
    return lines if text else []
