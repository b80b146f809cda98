"""Quoted CSV and TSV tables of upstream sources: rows by column name, each with its line."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.sources.lines import numbered_lines, shown

Record = tuple[int, list[str]]
"""The 1-based line where a record starts, and its cells; a quoted cell may hold line breaks."""

Row = Mapping[str, str]


def read_records(path: Path, delimiter: str) -> Iterator[Record]:
    """Yield the records of a plain or gzipped file; raise ReleaseError for broken quoting."""
    text = (f"{line.removeprefix(chr(0xFEFF))}\n" for _, line in numbered_lines(path))
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReleaseError(f"{path.name}:{line}: {error}") from error
        yield line, cells


def rows_under(
    path: Path, header: Record, records: Iterable[Record], needed: Sequence[str]
) -> Iterator[tuple[int, Row]]:
    """Yield (line, row by column name), its cells stripped; columns beside `needed` are kept.

    Raise ReleaseError for a missing or repeated column, and for a row of another length.
    """
    line, names = header
    missing = [name for name in needed if name not in names]
    if missing or len(set(names)) != len(names):
        raise ReleaseError(
            f"{path.name}:{line}: expected the columns {', '.join(needed)}, each once; "
            f"missing: {', '.join(missing) or 'none'}"
        )
    for number, cells in records:
        if len(cells) != len(names):
            raise ReleaseError(f"{path.name}:{number}: {len(cells)} columns, expected {len(names)}")
        yield number, dict(zip(names, map(str.strip, cells), strict=True))


def read_rows(path: Path, delimiter: str, needed: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table whose first record is its header."""
    records = read_records(path, delimiter)
    return rows_under(path, next(records, (1, [])), records, needed)


def unknown_word(path: Path, line: int, column: str, word: str) -> ReleaseError:
    """Return the error for a word that a closed vocabulary lacks."""
    return ReleaseError(f"{path.name}:{line}: unknown word {shown(word)} in column {column}")
