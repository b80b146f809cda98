"""Whether a store is whole: every byte of its files, and the index against what it indexes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from varinterp.cohort.pairs import UInt
from varinterp.cohort.parts import Part, digest_of, read_part, stored_keys
from varinterp.cohort.snapshot import INDEX, Segment, Snapshot, take
from varinterp.errors import StageError

_INDEX_ADVICE = "delete the folder {}: it is derived, and `compact` makes it again"


def faults(root: Path) -> tuple[str, ...]:
    """Return what is wrong with a store, each naming its file and what to do."""
    try:
        seen = take(root)
    except StageError as error:
        return (str(error),)
    return tuple(_faults(root, seen))


def _faults(root: Path, seen: Snapshot) -> Iterator[str]:
    advice = _INDEX_ADVICE.format(root / INDEX)
    sums: dict[Part, tuple[int, int]] = {}
    for segment in seen.segments:
        damaged = segment.blocks.damaged()
        if damaged:
            yield f"{segment.blocks.path} is damaged ({', '.join(damaged)}): {advice}"
            continue
        if not _ascending(segment.pairs.keys):
            yield f"{segment.blocks.path} is not in order: {advice}"
        sums |= _said(segment)
    for part in seen.parts().values():
        try:
            yield from _part_faults(seen, part, sums.get(part), advice)
        except FileNotFoundError:
            yield f"{seen.file(part)} is missing: run the workflow again for its family"
        except StageError as error:
            yield str(error)


def _part_faults(
    seen: Snapshot, part: Part, said: tuple[int, int] | None, advice: str
) -> Iterator[str]:
    path = seen.file(part)
    if digest_of(path.read_bytes()) != part.digest:
        yield f"{path} is damaged: run the workflow again for its family (--forcerun store)"
        return
    read_part(path)
    keys = stored_keys(path)
    if said is not None and said != (keys.size, int(keys.sum(dtype=np.uint64))):
        yield f"{path} holds other alleles than its index says: {advice}"


def _said(segment: Segment) -> dict[Part, tuple[int, int]]:
    """Return the number and sum (modulo 2^64) of the keys of each part that counts."""
    names = segment.names
    owners = segment.pairs.values
    numbers = np.bincount(owners, minlength=names.size)
    totals = np.zeros(names.size, np.uint64)
    np.add.at(totals, owners, segment.pairs.keys)
    found = {}
    for at in np.flatnonzero(segment.counts).tolist():
        part = Part.parse(names[at].decode(errors="replace"))
        if part is not None:
            found[part] = (int(numbers[at]), int(totals[at]))
    return found


def _ascending(keys: UInt) -> bool:
    return bool((keys[1:] >= keys[:-1]).all())
