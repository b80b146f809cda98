"""Lines of text cut into fields, and numbers read from them, a column at a time.

A field is a pair of arrays: where it starts and where it ends in a block's bytes. Everything here
answers for a whole column; what it cannot read it says so of, and leaves to others.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

MISSING = -1
"""Stands for a dot among numbers, which are never negative."""
_TAB, _LINE_FEED, _RETURN, _COMMA, _DOT, _ZERO, _COLON = 9, 10, 13, 44, 46, 48, 58
_EXACT_DIGITS = 6
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a block's colons and commas are, each with one beyond the end."""

    colons: Ints
    commas: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """A block's lines. `starts` and `ends` (of the line feed) are of all of them.

    `whole` are the numbers of the lines with the right columns, and `separators` a row of each
    such line: where its tabs and its line feed are.
    """

    text: Bytes
    starts: Ints
    ends: Ints
    whole: Ints
    separators: Ints
    marks: Marks

    def field(self, column: int) -> tuple[Ints, Ints]:
        """Return where a column of the whole lines starts and ends."""
        end = self.separators[:, column]
        start = self.starts[self.whole] if column == 0 else self.separators[:, column - 1] + 1
        return np.ascontiguousarray(start), np.ascontiguousarray(end)


def cut(block: bytes, columns: int) -> Lines:
    """Cut a block into lines, and those with `columns` fields and no control character further."""
    text = np.frombuffer(block if block.endswith(b"\n") else block + b"\n", np.uint8)
    control = text <= _LINE_FEED
    if b"\r" in block:
        control |= text == _RETURN
    found = np.flatnonzero(control)
    values = text[found]
    last = np.flatnonzero(values == _LINE_FEED)
    first = np.concatenate(([0], last[:-1] + 1))
    ends = found[last]
    starts = np.concatenate(([0], ends[:-1] + 1))
    good = last - first == columns - 1
    odd = np.flatnonzero((values != _TAB) & (values != _LINE_FEED))
    good[np.searchsorted(last, odd)] = False
    whole = np.flatnonzero(good)
    rows = first[whole][:, None] + np.arange(columns)
    separators = found.reshape(-1, columns) if good.all() else found[rows]
    colons, commas = (
        np.append(np.flatnonzero(text == mark), text.size) for mark in (_COLON, _COMMA)
    )
    return Lines(text, starts, ends, whole, separators, Marks(colons, commas))


def texts(text: Bytes, starts: Ints, ends: Ints, most: int) -> tuple[NDArray[np.int8], list[bytes]]:
    """Return the number of each field's text among the different ones, and those.

    Only the first `most` different texts are numbered; fields with others have -1.
    """
    numbers = np.full(starts.size, -1, np.int8)
    seen: list[bytes] = []
    left = np.arange(starts.size)
    while left.size and len(seen) < most:
        value = text[starts[left[0]] : ends[left[0]]]
        begin = starts if left.size == starts.size else starts[left]
        same = (ends if left.size == ends.size else ends[left]) - begin == value.size
        for offset, letter in enumerate(value.tolist()):
            same &= text.take(begin + offset, mode="wrap") == letter
        numbers[left[same]] = len(seen)
        seen.append(value.tobytes())
        left = left[~same]
    return numbers, seen


def whole_numbers(text: Bytes, starts: Ints, ends: Ints, digits: int) -> tuple[Numbers, Mask]:
    """Read fields of up to `digits` (nine at most) digits, or a dot; tell which could be read."""
    lengths = ends - starts
    missing = (lengths == 1) & (text.take(starts, mode="wrap") == _DOT)
    good = (lengths >= 1) & (lengths <= digits)
    values = np.zeros(starts.size, np.int32)
    places = ends - 1
    for offset in range(min(int(lengths.max(initial=0)), digits)):
        digit = text.take(places, mode="wrap") - np.uint8(_ZERO)
        inside = lengths > offset
        good &= (digit <= 9) | ~inside
        values += (digit * inside).astype(np.int32) * np.int32(10**offset)
        places -= 1
    values[missing] = MISSING
    return values, good | missing


def decimals(text: Bytes, starts: Ints, ends: Ints) -> tuple[Floats, Mask]:
    """Read fields such as ``930.27`` of up to nine digits, or a dot (NaN); tell which it could.

    The answer is what htslib prints of such a number, read again: it holds 32 bits of it and
    prints six digits.
    """
    lengths = ends - starts
    missing = (lengths == 1) & (text.take(starts, mode="wrap") == _DOT)
    good = (lengths >= 1) & (lengths <= _DIGITS + 1)
    values = np.zeros(starts.size, np.float64)
    digits = np.zeros(starts.size, np.int8)
    point = np.full(starts.size, -1, np.int8)
    for offset in range(min(int(lengths.max(initial=0)), _DIGITS + 1)):
        letter = text.take(starts + offset, mode="wrap")
        inside = lengths > offset
        digit = letter - np.uint8(_ZERO)
        number = inside & (digit <= 9)
        dot = inside & (letter == _DOT)
        good &= number | ~inside | (dot & (point < 0) & (digits > 0))
        values = np.where(number, values * 10 + digit, values)
        point = np.where(dot, digits, point)
        digits += number
    good &= (digits > 0) & (digits <= _DIGITS) & (digits != point)
    fraction = np.where(point < 0, 0, digits - point)
    found = (values / 10.0 ** np.arange(_DIGITS + 2)[fraction]).astype(np.float32)
    long = np.flatnonzero(good & (digits > _EXACT_DIGITS))
    if long.size:
        found[long] = _six_digits(found[long])
        good[long] &= found[long] >= 1
    found[missing] = np.nan
    return found, good | missing


def _six_digits(values: Floats) -> Floats:
    """Round numbers from 1 up to six significant digits, half to even."""
    wide = values.astype(np.float64)
    decades = np.searchsorted(10.0 ** np.arange(1, _DIGITS + 1), wide, side="right")
    scale = 10.0 ** np.abs(_EXACT_DIGITS - 1 - decades)
    small = np.rint(wide * scale) / scale
    large = np.rint(wide / scale) * scale
    rounded: Floats = np.where(decades < _EXACT_DIGITS, small, large).astype(np.float32)
    return rounded


def ragged(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Return all places of some stretches, and the number of the stretch of each."""
    ends = np.cumsum(lengths)
    owner = np.repeat(np.arange(starts.size), lengths)
    return np.arange(int(ends[-1])) + (starts - ends + lengths)[owner], owner


def strings(text: Bytes, starts: Ints, lengths: Ints) -> pl.Series:
    """Return stretches of ASCII text as a column."""
    offsets = np.zeros(starts.size + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    places, _ = ragged(starts, lengths)
    array = pa.StringArray.from_buffers(
        starts.size, pa.py_buffer(offsets), pa.py_buffer(text.take(places))
    )
    return pl.Series(array)
