"""What a reader of the store sees: the segments of one generation, and the parts not in them yet.

A segment is sorted pairs (key, number of a part) of many parts' stored alleles, and the names of
these parts, sorted. A part that is newer than the generation is *loose*: it has a marker in
``new/`` and is read itself.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.cohort.blocks import Blocks
from varinterp.cohort.manifest import Manifest, open_segments
from varinterp.cohort.pairs import Pairs, UInt, pairs_of
from varinterp.cohort.parts import Part, stored_keys

PARTS, NEW, INDEX = "parts", "new", "index"
ALLELES, NAMES = "alleles", "names"
SUPERSEDED, ERASING = "superseded", "erasing"
"""State of a manifest: parts in its segments that no longer count; parts that are being removed."""

HITS = {"key": pl.UInt64, "case": pl.String}


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment, with which of its parts count."""

    blocks: Blocks
    counts: NDArray[np.bool_]

    @property
    def pairs(self) -> Pairs:
        """Keys of stored alleles and the number of the part of each."""
        return pairs_of(self.blocks, ALLELES)

    @property
    def names(self) -> NDArray[Any]:
        """The parts by number."""
        return self.blocks[NAMES]

    def last(self, case: str) -> Part | None:
        """Return the last part of a case that is in the segment, counting or not."""
        end = int(np.searchsorted(self.names, f"{case}/".encode()))
        found = Part.parse(self.names[end - 1].decode(errors="replace")) if end else None
        return found if found is not None and found.case == case else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A consistent view of the store."""

    root: Path
    manifest: Manifest
    segments: tuple[Segment, ...]
    loose: Mapping[str, Part]
    _keys: dict[Part, UInt] = field(default_factory=dict)

    def part(self, case: str) -> Part | None:
        """Return the part that counts of a case; None when the store lacks the case."""
        if case in self.loose:
            return self.loose[case]
        found = [last for segment in self.segments if (last := segment.last(case))]
        return max(found) if found and not self._erasing(max(found)) else None

    def parts(self) -> dict[str, Part]:
        """Return the part that counts of every case, by case."""
        named = (
            Part.parse(name.decode(errors="replace"))
            for segment in self.segments
            for name in segment.names[segment.counts]
        )
        indexed = {part.case: part for part in named if part is not None}
        return dict(sorted((indexed | dict(self.loose)).items()))

    def file(self, part: Part) -> Path:
        """Return where a part is."""
        return self.root / PARTS / part.file

    def carriers(self, keys: UInt) -> pl.DataFrame:
        """Return who stored one of some keys (ascending, distinct): ``key``, ``case``."""
        found = [self._named(segment, segment.pairs.probe(keys)[1]) for segment in self.segments]
        for part in self.loose.values():
            at, _ = Pairs(own := self._own(part), own).probe(keys)
            found.append(_hits(keys[at], pl.Series([part.case]), np.zeros(at.size, np.int64)))
        return _together(found)

    def carriers_between(self, low: UInt, high: UInt) -> pl.DataFrame:
        """Return who stored an allele whose key lies in one of the ranges [low, high)."""
        found = []
        for segment in self.segments:
            rows = segment.pairs.between(low, high)
            found.append(self._named(segment, rows))
        for part in self.loose.values():
            own = self._own(part)
            rows = Pairs(own, own).between(low, high)
            found.append(_hits(own[rows], pl.Series([part.case]), np.zeros(rows.size, np.int64)))
        return _together(found)

    def _own(self, part: Part) -> UInt:
        if part not in self._keys:
            self._keys[part] = stored_keys(self.file(part))
        return self._keys[part]

    def _named(self, segment: Segment, rows: NDArray[np.int64]) -> pl.DataFrame:
        """Return rows of a segment as keys and cases, without parts that do not count."""
        owners = segment.pairs.values[rows]
        counts = segment.counts[owners]
        rows, owners = rows[counts], owners[counts]
        different, number = np.unique(owners, return_inverse=True)
        return _hits(segment.pairs.keys[rows], cases_of(segment.names[different]), number)

    def _erasing(self, part: Part) -> bool:
        return str(part) in self.manifest.state.get(ERASING, ())


def take(root: Path) -> Snapshot:
    """Take a snapshot of a store.

    Markers are looked at before the generation: what a compaction takes in between is in both.
    """
    marked = list_parts(root / NEW)
    manifest, blocks = open_segments(root / INDEX)
    if manifest is None:
        # no index, or somebody deleted it: every part is loose
        manifest, marked = Manifest(), list_parts(root / PARTS)
    gone = {*manifest.state.get(SUPERSEDED, ()), *manifest.state.get(ERASING, ())}
    erasing = set(manifest.state.get(ERASING, ()))
    segments = tuple(_segment(each, gone) for each in blocks)
    loose: dict[str, Part] = {}
    for part in sorted(marked):
        indexed = [last for segment in segments if (last := segment.last(part.case))]
        newest = not indexed or part > max(indexed)
        if newest and str(part) not in erasing and (root / PARTS / part.file).exists():
            loose[part.case] = part
    return Snapshot(root, manifest, _without(segments, loose), loose)


def list_parts(folder: Path, start: str = "") -> list[Part]:
    """Return the parts that a folder names, in order; some, when the start of names is given."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    chosen = (name for name in names if name.startswith(start))
    return sorted(part for name in chosen if (part := Part.parse(name)))


def _segment(blocks: Blocks, gone: Iterable[str]) -> Segment:
    counts = np.ones(blocks[NAMES].size, bool)
    for name in gone:
        at = int(np.searchsorted(blocks[NAMES], name.encode()))
        if at < counts.size and blocks[NAMES][at] == name.encode():
            counts[at] = False
    return Segment(blocks, counts)


def _without(segments: tuple[Segment, ...], loose: Mapping[str, Part]) -> tuple[Segment, ...]:
    """Let parts not count whose case has a newer one that is loose."""
    for case in loose:
        for segment in segments:
            low, high = np.searchsorted(segment.names, [f"{case}.".encode(), f"{case}/".encode()])
            segment.counts[low:high] = False
    return segments


def cases_of(names: NDArray[Any]) -> pl.Series:
    """Return the cases of parts' names, all at once: each name as far as its first dot."""
    letters = np.ascontiguousarray(names).view(np.uint8).reshape(names.size, names.itemsize)
    lengths = (letters == ord(".")).argmax(axis=1)
    flat = letters[np.arange(letters.shape[1]) < lengths[:, None]].tobytes()
    text = flat.decode("latin-1")  # a letter a byte, also in a damaged file
    bounds = pairwise([0, *np.cumsum(lengths).tolist()])
    # a list of texts: polars' way from Arrow imports for 25 ms when it is first taken
    return pl.Series("case", [text[start:end] for start, end in bounds], pl.String)


def _hits(keys: UInt, cases: pl.Series, number: NDArray[np.int64]) -> pl.DataFrame:
    return pl.DataFrame({"key": keys, "case": cases.gather(number)}, schema=HITS)


def _together(found: list[pl.DataFrame]) -> pl.DataFrame:
    held = [each for each in found if each.height]
    if not held:
        return pl.DataFrame(schema=HITS)
    return pl.concat(held).sort("key", "case")
