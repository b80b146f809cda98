"""Rows of different lengths in one array: what a term lies under, which diseases have a term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Row `i` is ``values[starts[i]:starts[i + 1]]``; `starts` has one number more than rows."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Lay rows end to end."""
        held = list(rows)
        starts = np.zeros(len(held) + 1, np.int64)
        np.cumsum([len(row) for row in held], out=starts[1:])
        flat = (value for row in held for value in row)
        return cls(starts, np.fromiter(flat, np.int64, int(starts[-1])))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ints:
        return self.values[self.span(row)]

    def span(self, row: int) -> slice:
        """Return where a row lies in `values`, and in what runs beside it."""
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    @property
    def lengths(self) -> Ints:
        """How many values each row has."""
        return np.diff(self.starts)

    def gather(self, rows: Ints) -> tuple[Ints, Ints]:
        """Lay some rows end to end: places in `values`, and for each the place in `rows`."""
        lengths = self.lengths[rows]
        which = np.repeat(np.arange(len(rows)), lengths)
        before = np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.starts[rows][which] + np.arange(len(which)) - before, which


def grouped(keys: Ints, rows: int) -> Ints:
    """Return the starts of each of `rows` rows in an array of sorted row numbers."""
    return np.searchsorted(keys, np.arange(rows + 1)).astype(np.int64)


def over_rows(operation: np.ufunc, values: Floats, starts: Ints) -> Floats:
    """Reduce (``np.add``, ``np.maximum``) `values` row by row; an empty row gives 0."""
    filled = np.flatnonzero(np.diff(starts))
    answer = np.zeros(len(starts) - 1)
    if len(filled):
        answer[filled] = operation.reduceat(values, starts[filled])
    return answer
