"""Parquet written and read by row groups: a table that is never in memory as a whole."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from varinterp.files import atomic_write
from varinterp.sources.parquet import KEYED_GROUP

_SLICE = 1 << 19


def write_frame(
    frame: pl.DataFrame,
    schema: pa.Schema,
    path: Path,
    shape: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
) -> int:
    """Write a frame slice by slice, so that its text is never there twice; return its rows."""
    with TableWriter(path, schema) as table:
        for part in _slices(frame):
            table.write(part if shape is None else shape(part))
    return frame.height


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for start in range(0, frame.height, _SLICE):
        yield frame.slice(start, _SLICE)


class TableWriter:
    """Writes a Parquet file in row groups of `KEYED_GROUP`, atomically."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._rows = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        temporary = self._stack.enter_context(atomic_write(self._path, self._verify))
        self._writer = self._stack.enter_context(
            pq.ParquetWriter(  # type: ignore[no-untyped-call]
                temporary, self._schema, compression="zstd"
            )
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows with the schema's columns."""
        table = frame.select(self._schema.names).to_arrow().cast(self._schema)
        self._writer.write_table(table, row_group_size=KEYED_GROUP)
        self._rows += frame.height

    def _verify(self, written: Path) -> None:
        rows = pq.read_metadata(written).num_rows  # type: ignore[no-untyped-call]
        if rows != self._rows:
            raise OSError(f"{self._path.name} was not written whole: is the disk full?")


def read_rows(path: Path, rows: Sequence[int] | Any, columns: Sequence[str]) -> pl.DataFrame:
    """Return some rows of a Parquet file, by ascending number; only their row groups are read."""
    wanted = np.asarray(rows, dtype=np.int64)
    # Words in lists come as codes, so that those of rows that nobody wants are never spelled out.
    with pq.ParquetFile(path) as file:  # type: ignore[no-untyped-call]
        schema = pa.schema([file.schema_arrow.field(name) for name in columns])
    lists = [f"{field.name}.list.element" for field in schema if pa.types.is_list(field.type)]
    with pq.ParquetFile(path, read_dictionary=lists) as file:  # type: ignore[no-untyped-call]
        tables = list(_taken(file, wanted, schema))
    return pl.DataFrame(pa.concat_tables(tables) if tables else pl.Schema(schema).to_frame())


def _taken(file: Any, wanted: NDArray[np.int64], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the wanted rows of each row group that has any.

    They are taken before they become a frame: a frame would copy the whole group's text.
    """
    first = 0
    for group in range(file.num_row_groups):
        after = first + file.metadata.row_group(group).num_rows
        start, end = np.searchsorted(wanted, (first, after))
        if start < end:
            here = pl.Series(wanted[start:end] - first).to_arrow()
            table = file.read_row_group(group, columns=schema.names, use_threads=False)
            yield table.select(schema.names).take(here).cast(schema)
        first = after
