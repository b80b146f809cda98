"""Parquet files of a release: written whole and reproducibly, read with the expected schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.errors import ReleaseError
from varinterp.files import atomic_write

KEYED_GROUP = 65_536
"""Rows of a row group in a table that is looked up by key: a look-up decodes whole groups, and the
default of a million rows made a chromosome's look-up decode its neighbours again and again."""


def write_table(table: pa.Table, path: Path, group: int | None = None) -> int:
    """Write a table atomically and return its rows; the same table gives the same bytes.

    `group` is the number of rows of a row group: `KEYED_GROUP` for a table looked up by key.
    """

    def verify(written: Path) -> None:
        metadata = pq.read_metadata(written)  # type: ignore[no-untyped-call]
        if metadata.num_rows != table.num_rows:
            raise OSError(f"{path.name} was not written whole: is the disk full?")

    with atomic_write(path, verify) as temporary:
        pq.write_table(  # type: ignore[no-untyped-call]
            table, temporary, compression="zstd", row_group_size=group
        )
    return int(table.num_rows)


def read_table(path: Path, schema: pa.Schema) -> pa.Table:
    """Read a table; raise ReleaseError when the file is missing, damaged or of another schema.

    The schema's metadata may differ: that is where a release writes its own date.
    """
    try:
        # Not pq.read_table: it imports pyarrow.dataset, and with it pandas, for half a second.
        table = pq.ParquetFile(path).read()  # type: ignore[no-untyped-call]
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(f"{path}: cannot be read ({error}); restore the release") from error
    _check(table.schema, schema, path)
    return table


@contextmanager
def opened_table(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetFile]:
    """Open a table to be read by row groups; raise ReleaseError as `read_table` does.

    What cannot be read is not told in full: it might tell which rows a patient's alleles are.
    """
    try:
        with pq.ParquetFile(path) as file:  # type: ignore[no-untyped-call]
            _check(file.schema_arrow, schema, path)
            yield file
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(f"{path} cannot be read; restore the release") from error


def read_frame(path: Path, schema: pa.Schema) -> pl.DataFrame:
    """Read a table as a frame; raise ReleaseError as `read_table` does."""
    return pl.DataFrame(pl.from_arrow(read_table(path, schema)))


def _check(found: pa.Schema, expected: pa.Schema, path: Path) -> None:
    if not found.equals(expected, check_metadata=False):
        raise ReleaseError(
            f"{path}: its columns are not those that this version reads; rebuild the release"
        )
