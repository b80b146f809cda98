"""Tab-separated tables: read with their columns checked, written with one line end everywhere."""

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.files import write_text


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Read a table, plain or gzipped, without its ``#`` lines.

    Raise ReleaseError for a row of another width than the header's.
    """
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = (line for line in data.decode().splitlines() if not line.startswith("#"))
    header, *rows = (line.split("\t") for line in lines)
    for row in rows:
        if len(row) != len(header):
            raise ReleaseError(
                f"{path.name}: the row of {row[0]} has {len(row)} columns, not {len(header)}"
            )
    return [dict(zip(header, row, strict=True)) for row in rows]


def write_tsv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table; None becomes an empty cell."""
    cells = (["" if cell is None else str(cell) for cell in row] for row in rows)
    write_text(path, "".join("\t".join(row) + "\n" for row in [header, *cells]))
