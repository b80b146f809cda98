"""A 64-bit digest of the values of each row, the same whatever library or machine computes it.

Rows of two releases whose digests differ hold different values; equal digests mean equal values up
to an accident of 2^-64. Every cell becomes a 64-bit number, is mixed with the BLAKE2b of its
column's name by SplitMix64 (Steele, Lea, Flood 2014, doi 10.1145/2714064.2660195), and the mixed
numbers of a row are added. It depends neither on the order of columns nor on the width of numbers:

a whole number or truth    its two's complement
a fraction                 the bits of its IEEE 754 double; -0 as 0, NaN as missing
a text                     its length, then eight bytes of UTF-8 at a time, little-endian
a list of texts            the text of its parts, each before a unit separator, and how many
missing                    a number of its own
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import polars as pl
from numpy.typing import NDArray

UInt = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_MISSING = np.uint64(0x6D697373696E6721)
_WORD = 8
_PART_END = "\x1f"
_NO_PART = "\x1e"


def row_digests(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return the digest of each row over some columns, as ``digest`` (UInt64)."""
    total = np.zeros(frame.height, dtype=np.uint64)
    for name in columns:
        column = frame[name]
        salt = np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))
        missing = column.is_null()
        if column.dtype.is_float():
            missing |= column.is_nan().fill_null(False)
        numbers = np.where(missing.to_numpy(), _MISSING, _numbers(column))
        total += _mixed(_mixed(numbers) ^ salt)
    return pl.Series("digest", total)


def _numbers(column: pl.Series) -> UInt:
    """Return each cell as a number; what a missing one becomes does not matter."""
    if isinstance(column.dtype, pl.List):
        parts = column.list.eval(pl.element().fill_null(_NO_PART) + _PART_END).list.join("")
        counts = column.list.len().cast(pl.UInt64).fill_null(0).to_numpy()
        numbers: UInt = _mixed(_texts(parts)) + counts
        return numbers
    if column.dtype == pl.String or column.dtype in (pl.Categorical, pl.Enum):
        return _texts(column.cast(pl.String))
    if column.dtype.is_float():
        doubles = column.cast(pl.Float64).fill_null(0).to_numpy() + 0.0
        return doubles.view(np.uint64)
    if column.dtype == pl.UInt64:
        return column.fill_null(0).to_numpy()
    return column.cast(pl.Int64).fill_null(0).to_numpy().view(np.uint64)


def _texts(column: pl.Series) -> UInt:
    """Return the hash of each text, all of them a word of eight bytes at a time."""
    texts = column.fill_null("")
    data = texts.str.join("").item() if len(texts) else ""
    padded = np.frombuffer(data.encode() + bytes(_WORD), dtype=np.uint8)
    words: UInt = np.ndarray((padded.size - _WORD + 1,), "<u8", padded.data, strides=(1,))
    lengths = texts.str.len_bytes().cast(pl.Int64).to_numpy()
    starts = np.cumsum(lengths) - lengths
    hashes = _mixed(lengths.view(np.uint64))
    rows = np.flatnonzero(lengths > 0)
    place = 0
    while rows.size:
        left = np.minimum(lengths[rows] - place, _WORD).astype(np.uint64)
        kept = ~np.uint64(0) >> (np.uint64(64) - left * np.uint64(8))
        hashes[rows] = _mixed(hashes[rows] ^ (words[starts[rows] + place] & kept))
        place += _WORD
        rows = rows[lengths[rows] > place]
    return hashes


def _mixed(numbers: UInt) -> UInt:
    """Return SplitMix64's output for each number."""
    mixed = numbers + _GOLDEN
    mixed = (mixed ^ mixed >> np.uint64(30)) * _FIRST
    mixed = (mixed ^ mixed >> np.uint64(27)) * _SECOND
    return mixed ^ mixed >> np.uint64(31)
