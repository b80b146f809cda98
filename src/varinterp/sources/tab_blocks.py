"""A tab-separated file too large to be held: some of its columns, a block of lines at a time.

NCBI's form: comment lines that start with ``#``, of which the last has the names of the columns.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.sources.lines import shown
from varinterp.sources.text_blocks import TextBlock, text_blocks

_BLOCK = 16 << 20


@dataclass(frozen=True, slots=True)
class TabBlock:
    """Some columns of whole lines, as text; `line` is the 1-based number of the first."""

    path: Path
    line: int
    frame: pl.DataFrame

    def refuse(self, row: int, problem: str) -> NoReturn:
        """Raise ReleaseError about a row, counted from 0."""
        raise ReleaseError(f"{self.path.name}:{self.line + row}: {problem}")

    def mapped(self, name: str, read: Callable[[str], Any], kind: Any) -> pl.Series:
        """Read each different text of a column once; refuse the first row that cannot be read."""
        column = self.frame[name]
        different = column.unique()
        values = []
        for text in different:
            try:
                values.append(read(text))
            except KeyError as error:
                row = int(column.eq(text).arg_true()[0])
                self.refuse(row, f"unknown word {shown(str(error.args[0]))} in {name}")
        return column.replace_strict(different, pl.Series(values, dtype=kind), return_dtype=kind)

    def number(self, name: str, column: pl.Series, kind: Any) -> pl.Series:
        """Read whole numbers; refuse the first row that has none."""
        number = column.cast(kind, strict=False)
        if number.null_count():
            row = int(number.is_null().arg_true()[0])
            self.refuse(row, f"{name} {shown(str(self.frame[name][row]))} is not a number")
        return number


def tab_blocks(
    path: Path, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[TabBlock]:
    """Yield columns of a file; those of `optional` are there if the file has them.

    The line of names is the first comment line with a tab. An empty cell is an empty text. Raises
    ReleaseError for a file without a needed column, and for a line with too few or too many.
    """
    names: list[str] | None = None
    for block in text_blocks(path, _BLOCK):
        data, line = block.data, block.line
        if names is None:
            names, data, line = _header(block, needed, path)
        if names is not None and data:
            wanted = [name for name in (*needed, *optional) if name in names]
            yield TabBlock(path, line, _frame(data, names, wanted, f"{path.name}, after {line}"))
    if names is None:
        raise ReleaseError(f"{path.name} has no line of names, starting with # and {needed[0]}")


def _header(
    block: TextBlock, needed: Sequence[str], path: Path
) -> tuple[list[str] | None, bytes, int]:
    """Return the names once their line was met, and what follows; the comments are skipped."""
    place, line = 0, block.line
    while block.data.startswith(b"#", place):
        end = block.data.index(b"\n", place)
        names = block.data[place:end].decode().rstrip("\r").lstrip("#").split("\t")
        place, line = end + 1, line + 1
        if len(names) > 1:
            missing = [name for name in needed if name not in names]
            if missing:
                raise ReleaseError(f"{path.name}:{line - 1}: no column {', '.join(missing)}")
            return names, block.data[place:], line
    if place < len(block.data):
        raise ReleaseError(f"{path.name}:{line}: no line of column names before it")
    return None, b"", line


def _frame(data: bytes, names: list[str], wanted: list[str], where: str) -> pl.DataFrame:
    tabs = data.count(b"\t")
    lines = data.count(b"\n")
    if tabs != lines * (len(names) - 1):
        raise ReleaseError(f"{where}: a line does not have {len(names)} columns")
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator="\t",
            quote_char=None,
            empty_string_is_null=False,
            schema=dict.fromkeys(names, pl.String),
            columns=[names.index(name) for name in wanted],
        )
    except pl.exceptions.PolarsError as error:
        raise ReleaseError(f"{where}: {str(error).splitlines()[0]}") from error
    if frame.height != lines:
        raise ReleaseError(f"{where}: {lines} lines gave {frame.height} rows")
    return frame.select(wanted)
