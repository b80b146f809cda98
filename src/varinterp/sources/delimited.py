"""A large delimited table of a source, streamed as blocks of text columns with their lines.

For files whose column names stand on the first line, or after a preamble of comments, behind a
``#`` or not. Plain, gzip, BGZF, or the one text in a zip archive.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.lines import shown
from varinterp.sources.text_blocks import BLOCK, MAX_LINE, TextBlock, text_blocks

LINE = "line"
OTHER_CONTIG = "other_contig"
_ZIP = b"PK\x03\x04"


def read_delimited(
    path: Path, columns: Sequence[str], separator: str = "\t", *, quote: str | None = None
) -> Iterator[pl.DataFrame]:
    """Yield the named columns as text, null where a cell is empty, with ``line`` (1-based).

    Raises ReleaseError for a file that is damaged, lacks one of the columns or has a row of more
    cells than its header.
    """
    names: list[str] = []
    for block in _blocks(path):
        data, line = block.data, block.line
        if not names:
            start, skipped, names = _header(data, separator)
            data, line = data[start:], line + skipped
            if names:
                _require(columns, names, path)
        if names and data.strip():
            yield _frame(data, line, names, columns, separator, quote, path)
    if not names:
        raise ReleaseError(f"{path.name} has no line of column names")


def number(frame: pl.DataFrame, name: str, path: Path, dtype: type[pl.DataType]) -> pl.Series:
    """Return a text column as numbers, null where it is empty; ReleaseError for another word."""
    found = frame[name].cast(dtype, strict=False)
    sound = found.is_finite() if dtype in (pl.Float32, pl.Float64) else found.is_not_null()
    refuse(frame, name, sound.fill_null(False) | frame[name].is_null(), path, "a number")
    return found


def refuse(
    frame: pl.DataFrame, name: str, good: pl.Series | pl.Expr, path: Path, wanted: str
) -> None:
    """Raise ReleaseError with line and word for the first row that is not `good`."""
    bad = frame.filter(~good).select(LINE, name).head(1)
    for line, word in bad.iter_rows():
        found = "nothing" if word is None else shown(str(word))
        raise ReleaseError(f"{path.name}:{line}: {name} holds {found}, expected {wanted}")


def placed(frame: pl.DataFrame, contig: str) -> pl.DataFrame:
    """Add ``chromosome`` by its name in the model; null on a contig that is not primary."""
    names = {name: Chromosome.parse(name or "") for name in frame[contig].unique()}
    found = {name: None if value is None else value.value for name, value in names.items()}
    return frame.with_columns(
        pl.col(contig).replace_strict(found, return_dtype=pl.String).alias("chromosome")
    )


def _blocks(path: Path) -> Iterator[TextBlock]:
    with path.open("rb") as stream:
        zipped = stream.read(len(_ZIP)) == _ZIP
    return _zip_blocks(path) if zipped else text_blocks(path)


def _zip_blocks(path: Path) -> Iterator[TextBlock]:
    line = 1
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) != 1:
                raise ReleaseError(f"{path.name} holds {len(members)} files, expected one")
            with archive.open(members[0]) as stream:
                rest = b""
                while piece := stream.read(BLOCK):
                    whole, _, rest = (rest + piece).rpartition(b"\n")
                    if len(rest) > MAX_LINE:
                        raise ReleaseError(f"{path.name} has a line above {MAX_LINE >> 20} MiB")
                    if whole:
                        yield TextBlock(whole + b"\n", line)
                        line += whole.count(b"\n") + 1
                if rest:
                    yield TextBlock(rest + b"\n", line)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise ReleaseError(f"{path.name}, after line {line}: cannot be read: {error}") from error


def _header(data: bytes, separator: str) -> tuple[int, int, list[str]]:
    """Return the bytes and lines before the first row, and the names, empty where none are."""
    place = lines = 0
    names: list[str] = []
    while not names or data.startswith(b"#", place):
        end = data.find(b"\n", place) + 1
        if not end:
            break
        text = data[place:end].decode(errors="replace").strip("\r\n\ufeff")
        if separator in text:
            names = text.lstrip("#").strip().split(separator)
        elif not text.startswith("#"):
            break
        place, lines = end, lines + 1
    return place, lines, [name.strip().strip('"') for name in names]


def _require(columns: Sequence[str], names: Sequence[str], path: Path) -> None:
    missing = [name for name in columns if name not in names]
    if missing:
        raise ReleaseError(
            f"{path.name} has no column {', '.join(missing)}; it has {', '.join(names)[:400]}"
        )
    twice = sorted({name for name in columns if names.count(name) > 1})
    if twice:
        raise ReleaseError(f"{path.name} has the column {', '.join(twice)} twice")


def _frame(
    data: bytes,
    line: int,
    names: Sequence[str],
    columns: Sequence[str],
    separator: str,
    quote: str | None,
    path: Path,
) -> pl.DataFrame:
    schema = {f"{place}": pl.String for place in range(len(names))}
    last = line + data.count(b"\n") - 1
    try:
        frame = pl.read_csv(
            io.BytesIO(data.replace(b"\r\n", b"\n")),
            has_header=False,
            separator=separator,
            quote_char=quote,
            schema=schema,
        )
    except pl.exceptions.PolarsError as error:
        raise ReleaseError(
            f"{path.name}, lines {line} to {last}: not a table of {len(names)} columns"
        ) from error
    if frame.height != last - line + 1:
        raise ReleaseError(f"{path.name}, lines {line} to {last}: an empty line, or a cell of two")
    return frame.select(
        pl.int_range(line, last + 1, dtype=pl.Int64).alias(LINE),
        *(pl.col(str(names.index(name))).alias(name) for name in columns),
    )
