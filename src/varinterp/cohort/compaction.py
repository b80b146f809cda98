"""Bringing loose parts into segments, merging segments, and removing parts for good.

Each step leaves a store that a reader sees whole: new segments are written beside the old, the
manifest is replaced in one rename, and only then is anything removed. What an interrupted writer
left behind is removed by the next one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import time

import numpy as np
from numpy.typing import NDArray

from varinterp.cohort.blocks import SUFFIX, open_blocks, write_blocks
from varinterp.cohort.manifest import clear, tail_to_merge, write_manifest
from varinterp.cohort.pairs import Pairs, announced, in_order, write_merged
from varinterp.cohort.parts import SUFFIX as PART_SUFFIX
from varinterp.cohort.parts import Part, stored_keys
from varinterp.cohort.snapshot import (
    ALLELES,
    ERASING,
    INDEX,
    NAMES,
    NEW,
    PARTS,
    SUPERSEDED,
    Segment,
    Snapshot,
    list_parts,
    take,
)  # fmt: skip
from varinterp.fault_points import point
from varinterp.files import sync

LOOSE = 256_000_000
"""Bytes of loose parts whose keys are held while their segment is made."""
NAME_WIDTH = 96
"""Bytes that a segment has for the name of a part."""
ABANDONED = 7 * 86_400
"""Seconds after which an unfinished file is one that a killed job left."""


def compact(root: Path) -> None:
    """Bring every loose part into a segment; call it under the index's lock."""
    finish_erasure(root)
    seen = take(root)
    made = [
        _segment(
            root,
            f"{seen.manifest.generation + 1:08}-{number}",
            np.array([str(part).encode() for part in parts], f"S{NAME_WIDTH}"),
            _read(seen, parts),
        )
        for number, parts in enumerate(_batches(seen))
    ]
    point("cohort.compact.segments_written")
    if made or seen.segments:
        _commit(root, seen, [*seen.segments, *made], forced=bool(made))
    _sweep(root)


def finish_erasure(root: Path) -> None:
    """Complete an erasure that was begun: files, then index. Under the index's lock."""
    seen = take(root)
    names = set(seen.manifest.state.get(ERASING, ()))
    if not names:
        return
    for name in sorted(names):
        (root / PARTS / f"{name}{PART_SUFFIX}").unlink(missing_ok=True)
        (root / NEW / name).unlink(missing_ok=True)
    point("cohort.erase.files_removed")
    kept = []
    for number, segment in enumerate(seen.segments):
        if names & {name.decode() for name in segment.names}:
            label = f"{seen.manifest.generation + 1:08}-e{number}"
            kept += _merge(root, label, [segment])
        else:
            kept.append(segment)
    point("cohort.erase.before_rename")
    # nothing of the generation before may stay: it holds what is being erased
    manifest = replace(seen.manifest.next(_names(kept), _state(kept)), before=())
    write_manifest(root / INDEX, manifest)
    clear(root / INDEX, manifest)


def begin_erasure(root: Path, parts: Iterable[Part]) -> None:
    """State that parts are being removed: from here on no reader sees them. Under the lock.

    Reads no part: a damaged one does not keep another from being forgotten.
    """
    finish_erasure(root)
    seen = take(root)
    if seen.manifest.generation == 0:
        # without an index every part counts; with one, only those that it has or that are marked
        for part in seen.loose.values():
            (root / NEW / str(part)).touch()
        sync(root / NEW)
    state = dict(seen.manifest.state) | {ERASING: sorted(str(part) for part in parts)}
    write_manifest(root / INDEX, seen.manifest.next(seen.manifest.segments, state))
    point("cohort.erase.begun")


def _batches(seen: Snapshot) -> Iterator[list[Part]]:
    """Group loose parts by what they weigh on the disk."""
    held: list[Part] = []
    size = 0
    for part in sorted(seen.loose.values(), key=str):
        held.append(part)
        size += seen.file(part).stat().st_size
        if size > LOOSE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _read(seen: Snapshot, parts: Sequence[Part]) -> list[Pairs]:
    """Read the stored keys of parts, each with its number in the order of names."""
    keys = [stored_keys(seen.file(part)) for part in parts]
    owners = [np.full(each.size, at, np.uint32) for at, each in enumerate(keys)]
    return [in_order(np.concatenate(keys), np.concatenate(owners))]


def _merge(root: Path, label: str, segments: Sequence[Segment]) -> list[Segment]:
    """Write segments as one, without parts that do not count; none when nothing is left."""
    held = [segment.names[segment.counts] for segment in segments]
    names = np.sort(np.concatenate([each.astype(f"S{NAME_WIDTH}") for each in held]))
    if not names.size:
        return []
    inputs = []
    for segment in segments:
        numbers = np.searchsorted(names, segment.names.astype(names.dtype)).astype(np.uint32)
        inputs.append(_renumbered(segment, numbers))
    return [_segment(root, label, names, inputs)]


def _renumbered(segment: Segment, numbers: NDArray[np.uint32]) -> Pairs:
    """Return a segment's pairs under new numbers of its parts, without those that do not count."""
    pairs = segment.pairs
    if segment.counts.all():
        return Pairs(pairs.keys, numbers[pairs.values])
    kept = segment.counts[pairs.values]
    return Pairs(pairs.keys[kept], numbers[pairs.values[kept]])


def _segment(root: Path, label: str, names: NDArray[np.bytes_], inputs: Sequence[Pairs]) -> Segment:
    rows = sum(len(one) for one in inputs)
    path = root / INDEX / f"{label}{SUFFIX}"
    most = announced(ALLELES, rows, "<u4") | {NAMES: (names.dtype.str, names.size)}
    with write_blocks(path, most) as target:
        target.append(NAMES, names)
        write_merged(target, ALLELES, inputs)
        target.finish({})
    return _opened(path)


def _opened(path: Path) -> Segment:
    blocks = open_blocks(path)
    return Segment(blocks, np.ones(blocks[NAMES].size, bool))


def _commit(root: Path, seen: Snapshot, segments: list[Segment], forced: bool) -> None:
    """Merge what a merge pays for, and make the result the current generation."""
    start = tail_to_merge([len(segment.pairs) for segment in segments])
    if start < len(segments) - 1:
        label = f"{seen.manifest.generation + 1:08}-m"
        segments = [*segments[:start], *_merge(root, label, segments[start:])]
    elif not forced:
        return
    point("cohort.compact.before_rename")
    manifest = seen.manifest.next(_names(segments), _state(segments))
    write_manifest(root / INDEX, manifest)
    point("cohort.compact.after_rename")
    clear(root / INDEX, manifest)
    point("cohort.compact.cleared")


def _sweep(root: Path) -> None:
    """Remove markers of indexed parts, and parts that a newer one of their case replaces."""
    seen = take(root)
    current = seen.parts()
    for part in list_parts(root / NEW):
        counts = current.get(part.case)
        indexed = part == counts and part.case not in seen.loose
        if counts is not None and (part < counts or indexed):
            (root / NEW / str(part)).unlink(missing_ok=True)
    point("cohort.compact.markers_removed")
    for part in list_parts(root / PARTS):
        counts = current.get(part.case)
        if counts is not None and part < counts:
            (root / PARTS / part.file).unlink(missing_ok=True)
    _sweep_unfinished(root / PARTS)
    _sweep_unfinished(root / NEW)


def _sweep_unfinished(folder: Path) -> None:
    """Remove unfinished files that are too old for a job to be writing them still."""
    for path in folder.glob(".partial-*"):
        with suppress(FileNotFoundError):  # a job finished it just now
            if path.stat().st_mtime < time() - ABANDONED:
                path.unlink()


def _names(segments: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(segment.blocks.name for segment in segments)


def _state(segments: Sequence[Segment]) -> dict[str, list[str]]:
    gone = [
        name.decode() for segment in segments for name in segment.names[~segment.counts].tolist()
    ]
    return {SUPERSEDED: sorted(gone)}
