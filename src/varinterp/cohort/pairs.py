"""Sorted pairs of a 64-bit key and a number: looking many keys up, and merging without doubles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from varinterp.cohort.blocks import Blocks, BlockWriter

UInt = NDArray[np.uint64]
Rows = NDArray[np.int64]
T = TypeVar("T", np.uint64, np.int64)

LARGEST = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
STEP = 64
"""Every so many-th key is a fence: what is searched before the keys themselves."""
CHUNK = 4_000_000
"""Pairs of the largest input that a merge holds at a time."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys in ascending order, and what belongs to each; a key may be there many times.

    `fences` are the keys at 0, `STEP`, 2 `STEP`, …; without them every look-up walks all keys.
    """

    keys: UInt
    values: NDArray[Any]
    fences: UInt | None = None

    def __len__(self) -> int:
        return int(self.keys.size)

    def probe(self, wanted: UInt) -> tuple[Rows, Rows]:
        """Return, for ascending distinct keys, each hit as (place in `wanted`, row here).

        Costs what `wanted` weighs and hardly what is searched.
        """
        if not self.keys.size or not wanted.size:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        first = self._search(wanted)
        near = np.minimum(first, self.keys.size - 1)
        hit = np.flatnonzero(self.keys[near] == wanted)
        first, found = first[hit], wanted[hit]
        if found.size and found[-1] == LARGEST:
            counts = np.searchsorted(self.keys, found, side="right") - first
        else:
            counts = self._search(found + np.uint64(1)) - first
        return np.repeat(hit, counts), runs(first, counts)

    def _search(self, wanted: UInt) -> Rows:
        """Return the first row of each key or of what follows it, as numpy's `searchsorted`.

        Between two fences all keys are halved at the same time, so that the processor waits for
        the memory once a step and not once a key and step.
        """
        if self.fences is None or wanted.size < STEP:
            return np.searchsorted(self.keys, wanted)
        row: Rows = np.maximum(np.searchsorted(self.fences, wanted) - 1, 0) * STEP
        last = self.keys.size - 1
        half = STEP // 2
        while half:
            row += (self.keys[np.minimum(row + half - 1, last)] < wanted) * np.int64(half)
            half //= 2
        row += self.keys[np.minimum(row, last)] < wanted
        return np.minimum(row, self.keys.size)

    def between(self, low: UInt, high: UInt) -> Rows:
        """Return the rows whose key lies in one of the ranges [low, high)."""
        first = np.searchsorted(self.keys, low)
        counts = np.maximum(np.searchsorted(self.keys, high) - first, 0)
        return distinct(runs(first, counts))


def distinct(values: NDArray[T]) -> NDArray[T]:
    """Return values ascending, each once; numpy's own hashes them, which is ten times dearer."""
    ordered = values if (values[1:] >= values[:-1]).all() else np.sort(values)
    if ordered.size < 2:
        return ordered
    found: NDArray[T] = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return found


def runs(first: Rows, counts: Rows) -> Rows:
    """Return the numbers first, first + 1, … of each run, one run after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    found: Rows = np.arange(total, dtype=np.int64) + np.repeat(first - (ends - counts), counts)
    return found


def in_order(keys: UInt, values: NDArray[Any]) -> Pairs:
    """Return pairs sorted by key, then value, without doubles."""
    if keys.size < 2 or (keys[1:] > keys[:-1]).all():
        return Pairs(keys, values)
    # stable sorts of numpy merge runs that are sorted already, which inputs mostly are
    order = np.argsort(values, kind="stable")
    order = order[np.argsort(keys[order], kind="stable")]
    keys, values = keys[order], values[order]
    other = np.empty(keys.size, bool)
    other[0] = True
    other[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    return Pairs(keys[other], values[other])


def merged(inputs: Sequence[Pairs], size: int = CHUNK) -> Iterator[Pairs]:
    """Yield the pairs of sorted inputs in order, without doubles, about `size` at a time."""
    held = [one for one in inputs if len(one)]
    if not held:
        return
    largest = max(held, key=len)
    bounds = distinct(largest.keys[size::size])
    before = [0] * len(held)
    for bound in [*bounds, None]:
        ends = [
            len(one) if bound is None else int(np.searchsorted(one.keys, bound)) for one in held
        ]
        parts = [
            (one.keys[start:end], one.values[start:end])
            for one, start, end in zip(held, before, ends, strict=True)
        ]
        before = ends
        keys, values = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
        if keys.size:
            yield in_order(keys, values)


def announced(name: str, rows: int, values: str) -> dict[str, tuple[str, int]]:
    """Return the arrays of a table of pairs for `blocks.write_blocks`; `values` is their type."""
    return {
        f"{name}.keys": ("<u8", rows),
        f"{name}.values": (values, rows),
        f"{name}.fences": ("<u8", -(-rows // STEP)),
    }


def write_merged(target: BlockWriter, name: str, inputs: Sequence[Pairs]) -> None:
    """Write sorted inputs as one table of pairs."""
    written = 0
    for chunk in merged(inputs):
        target.append(f"{name}.keys", chunk.keys)
        target.append(f"{name}.values", chunk.values)
        target.append(f"{name}.fences", chunk.keys[-written % STEP :: STEP])
        written += len(chunk)


def pairs_of(blocks: Blocks, name: str) -> Pairs:
    """Return a table of pairs of a file."""
    return Pairs(blocks[f"{name}.keys"], blocks[f"{name}.values"], blocks[f"{name}.fences"])
