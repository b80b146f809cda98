"""Which assessments read a fact: an index of the registry's read sets, derived and replaceable.

Two levels, as the registry interns read sets: fact → part of a read set → assessments. The part
with the rules, which every assessment shares, is there once and not once an assessment. Facts are
64-bit hashes (`model.reads.fact_hash`); those at positions are kept by position too, because their
sources change by stretches. What an assessment read never changes, so the index only grows; which
assessments are current is the registry's to say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.cohort.blocks import SUFFIX, Blocks, write_blocks
from varinterp.cohort.manifest import (
    Manifest,
    clear,
    open_segments,
    read_manifest,
    tail_to_merge,
    write_manifest,
    writing,
)  # fmt: skip
from varinterp.cohort.pairs import (
    Pairs,
    UInt,
    announced,
    distinct,
    in_order,
    pairs_of,
    write_merged,
)
from varinterp.fault_points import point
from varinterp.model.archive import ReadBatch
from varinterp.model.chromosome import Chromosome

Ints = NDArray[np.int64]

FACTS, MEMBERS, PLACES = "facts", "members", "places."
MARK, ARCHIVE = "mark", "archive"
"""State of the manifest: the last assessment that is in the index, and of which registry."""
HELD = 6_000_000
"""Pairs that are collected before they are written."""
_CODES = {chromosome.value: chromosome.code for chromosome in Chromosome}


@dataclass(slots=True)
class ReadsIndex:
    """The index as it was when it was opened, or last caught up."""

    root: Path
    _manifest: Manifest
    _segments: tuple[Blocks, ...]

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the index of a folder, which need not be there yet."""
        manifest, segments = open_segments(root)
        return cls(root, manifest or Manifest(), segments)

    @property
    def mark(self) -> int:
        """The largest assessment that the index knows; 0 when it knows none."""
        return int(self._manifest.state.get(MARK, 0))

    def catch_up(
        self, reads_after: Callable[[int], Iterable[ReadBatch]], archive: str = ""
    ) -> None:
        """Take in what was assessed since. An interrupted run is continued by the next.

        `archive` tells one registry from another: the index of another one is built anew.
        """
        with writing(self.root):
            manifest, segments = open_segments(self.root)
            current = manifest or Manifest()
            if current.state.get(ARCHIVE, archive) != archive:
                current, segments = Manifest(current.generation), ()
            for mark, held in _gathered(reads_after(int(current.state.get(MARK, 0)))):
                point("reads.catch_up.gathered")
                current, segments = self._extended(current, segments, held, mark, archive)
        manifest, self._segments = open_segments(self.root)
        self._manifest = manifest or Manifest()

    def reset(self) -> None:
        """Drop everything, for good: the next `catch_up` reads the registry anew.

        For the day a case is erased: what it read says what it carries.
        """
        with writing(self.root):
            before = read_manifest(self.root) or Manifest()
            self._manifest = Manifest(before.generation + 1)
            self._segments = ()
            write_manifest(self.root, self._manifest)
            point("reads.reset.after_rename")
            clear(self.root, self._manifest)

    def readers(self, hashes: UInt) -> Ints:
        """Return the assessments that read one of some facts, ascending; absent reads too."""
        return self._members(self._values(FACTS, distinct(hashes)))

    def at_spans(self, source: str, spans: pl.DataFrame) -> Ints:
        """Return the assessments that read a source at a position in one of some stretches.

        `spans` has ``chromosome``, ``start`` and ``end``, 1-based and inclusive.
        """
        codes = spans["chromosome"].replace_strict(_CODES, return_dtype=pl.UInt64).to_numpy()
        low, high = (
            codes << np.uint64(32) | spans[name].cast(pl.UInt64).to_numpy()
            for name in ("start", "end")
        )
        parts = [
            pairs.values[pairs.between(low, high + np.uint64(1))]
            for pairs in self._tables(PLACES + source)
        ]
        return self._members(_distinct(parts))

    def damaged(self) -> tuple[str, ...]:
        """Return each damaged file with what to do; none when every byte is as it was written."""
        return tuple(
            f"{segment.path} is damaged ({', '.join(names)}): delete the folder {self.root}, it "
            "is derived and is made again from the registry"
            for segment in self._segments
            if (names := segment.damaged())
        )

    def _values(self, table: str, keys: UInt) -> Ints:
        """Return the distinct values of keys (ascending, distinct) in a table of all segments."""
        return _distinct([pairs.values[pairs.probe(keys)[1]] for pairs in self._tables(table)])

    def _members(self, parts: Ints) -> Ints:
        return self._values(MEMBERS, parts.view(np.uint64))

    def _tables(self, name: str) -> Iterator[Pairs]:
        for segment in self._segments:
            if f"{name}.keys" in segment.arrays:
                yield pairs_of(segment, name)

    def _extended(
        self,
        before: Manifest,
        segments: tuple[Blocks, ...],
        held: Mapping[str, Pairs],
        mark: int,
        archive: str,
    ) -> tuple[Manifest, tuple[Blocks, ...]]:
        """Write what was gathered, merged with segments that are small beside it."""
        sizes = [_size(segment) for segment in segments]
        start = tail_to_merge([*sizes, sum(len(pairs) for pairs in held.values())])
        tables = [*(_tables_of(segment) for segment in segments[start:]), held]
        name = f"{before.generation + 1:08}{SUFFIX}"
        _write(self.root / name, tables)
        point("reads.catch_up.segment_written")
        manifest = before.next(
            (*(segment.name for segment in segments[:start]), name),
            {MARK: mark, ARCHIVE: archive},
        )
        write_manifest(self.root, manifest)
        point("reads.catch_up.after_rename")
        clear(self.root, manifest)
        _, opened = open_segments(self.root)
        return manifest, opened


@dataclass(slots=True)
class _Held:
    """Pairs of several batches by table, not yet in order."""

    keys: dict[str, list[UInt]] = field(default_factory=dict)
    values: dict[str, list[Ints]] = field(default_factory=dict)
    size: int = 0

    def add(self, table: str, keys: UInt, values: Ints) -> None:
        self.keys.setdefault(table, []).append(keys)
        self.values.setdefault(table, []).append(values)
        self.size += keys.size

    def ordered(self) -> dict[str, Pairs]:
        return {
            table: in_order(np.concatenate(keys), np.concatenate(self.values[table]))
            for table, keys in sorted(self.keys.items())
        }


def _gathered(batches: Iterable[ReadBatch]) -> Iterator[tuple[int, dict[str, Pairs]]]:
    """Yield the last assessment and the tables of as many batches as are written at a time."""
    held, mark = _Held(), 0
    for batch in batches:
        held.add(FACTS, batch.fact_hash, batch.read_part)
        held.add(MEMBERS, batch.part_id.view(np.uint64), batch.assessment_id)
        for source, reads in batch.positions.items():
            places = reads.chromosome.astype(np.uint64) << np.uint64(32) | reads.position
            held.add(PLACES + source, places, reads.part_id)
        mark = batch.last
        if held.size >= HELD:
            yield mark, held.ordered()
            held, mark = _Held(), 0
    if mark:
        yield mark, held.ordered()


def _tables_of(segment: Blocks) -> dict[str, Pairs]:
    names = [name.removesuffix(".keys") for name in segment.arrays if name.endswith(".keys")]
    return {name: pairs_of(segment, name) for name in names}


def _size(segment: Blocks) -> int:
    return sum(len(pairs) for pairs in _tables_of(segment).values())


def _write(path: Path, inputs: list[Mapping[str, Pairs]]) -> None:
    names = sorted({name for tables in inputs for name in tables})
    rows = {name: sum(len(one[name]) for one in inputs if name in one) for name in names}
    most = {
        array: size for name in names for array, size in announced(name, rows[name], "<i8").items()
    }
    with write_blocks(path, most) as target:
        for name in names:
            write_merged(target, name, [tables[name] for tables in inputs if name in tables])
        target.finish({})


def _distinct(parts: list[Ints]) -> Ints:
    if not parts:
        return np.empty(0, np.int64)
    return distinct(np.concatenate(parts))
