"""The types that a pack's columns have in a frame."""

from collections.abc import Mapping

import polars as pl

from varinterp.sources.pack_file import Column

_NUMBERS: Mapping[str, type[pl.DataType]] = {
    "int8": pl.Int8, "int16": pl.Int16, "int32": pl.Int32, "float32": pl.Float32,
    "float64": pl.Float64, "uint8": pl.UInt8, "uint64": pl.UInt64,
}  # fmt: skip


def number_type(column: Column) -> type[pl.DataType]:
    """Return the type of what is stored."""
    return _NUMBERS[column.dtype]


def frame_type(column: Column) -> type[pl.DataType]:
    """Return the type of the column itself: its words, where it has any."""
    return pl.String if column.words else number_type(column)
