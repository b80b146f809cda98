"""REF and ALT of packed rows: decoded from reversible keys, read from the side block for others."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from varinterp.sources.pack_file import PackFile, Rows, UInt

_MOST = 11
_BASES = np.frombuffer(b"ACGT", dtype=np.uint8)
_SHIFTS = np.array([2 * (_MOST - 1 - place) + 1 for place in range(_MOST)], dtype=np.uint64)
_SCHEMA = {"key": pl.UInt64, "position": pl.Int32, "ref": pl.String, "alt": pl.String}


def alleles(file: PackFile | None, rows: Rows) -> pl.DataFrame:
    """Return ``key``, ``position`` (1-based), ``ref`` and ``alt`` of rows of a file."""
    if file is None or not rows.size:
        return pl.DataFrame(schema=_SCHEMA)
    keys = file.keys[rows]
    position = ((keys >> np.uint64(31) & np.uint64(0xFFFFFFF)) + np.uint64(1)).astype(np.int32)
    ref, alt = _decoded(keys)
    hashed = (keys & np.uint64(1)) != 0
    frame = pl.DataFrame({"key": keys, "position": position, "ref": ref, "alt": alt})
    if not hashed.any():
        return frame
    long = pl.DataFrame({"row": np.flatnonzero(hashed), "pair": pairs(file, rows[hashed])}).select(
        pl.col("row").cast(pl.UInt32),
        pl.col("pair").str.split_exact(">", 1).struct.rename_fields(["ref", "alt"]),
    ).unnest("pair")  # fmt: skip
    return frame.with_row_index("row").update(long, on="row", how="left").drop("row")


def pairs(file: PackFile, rows: Rows) -> pl.Series:
    """Return ``REF>ALT`` of rows whose key is a hash."""
    text, starts, stops = file.spans(rows)
    lengths = stops - starts
    ends = np.cumsum(lengths)
    return _texts(text[np.arange(lengths.sum()) + np.repeat(stops - ends, lengths)], lengths)


def _decoded(keys: UInt) -> tuple[pl.Series, pl.Series]:
    """Return REF and ALT of reversible keys, empty texts for hashed ones."""
    short = (keys & np.uint64(1)) == 0
    ref = np.where(short, keys >> np.uint64(27) & np.uint64(15), 0).astype(np.int64)
    alt = np.where(short, keys >> np.uint64(23) & np.uint64(15), 0).astype(np.int64)
    bases = _BASES[(keys[:, None] >> _SHIFTS & np.uint64(3)).astype(np.uint8)]
    place = np.arange(_MOST)
    in_ref = place < ref[:, None]
    in_alt = ~in_ref & (place < (ref + alt)[:, None])
    return _texts(bases[in_ref], ref), _texts(bases[in_alt], alt)


def _texts(flat: NDArray[np.uint8], lengths: NDArray[Any]) -> pl.Series:
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    array = pa.LargeStringArray.from_buffers(
        lengths.size, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(flat))
    )
    return pl.Series(array)
