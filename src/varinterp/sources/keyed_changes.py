"""What differs between two packed releases: whole columns of keys and value digests, no decoding.

Only rows that came, went or have another digest need to be read to say what changed.
"""

from dataclasses import dataclass

import numpy as np

from varinterp.model.chromosome import Chromosome
from varinterp.sources.pack_file import PackFile, Rows, UInt
from varinterp.sources.pack_folder import PackFolder

DIGEST = "digest"
_ONE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """Row numbers for `Pack.take`, ascending.

    `added` are rows of the new pack, `removed` rows of the old one; `before` and `after` are the
    same alleles in the old and the new pack, pair by pair, with another digest.
    """

    added: Rows
    removed: Rows
    before: Rows
    after: Rows


def changed_rows(old: PackFolder, new: PackFolder) -> ChangedRows:
    """Compare two packs by key, and by REF and ALT where a key is a hash.

    Both have a column ``digest`` (`row_digest.row_digests` of what counts as the row's value).
    """
    found: list[ChangedRows] = []
    first = [0, 0]
    for chromosome in Chromosome:
        mine, theirs = old.files.get(chromosome), new.files.get(chromosome)
        if mine is None and theirs is None:
            continue
        part = _of_chromosome(mine, theirs)
        found.append(
            ChangedRows(
                part.added + first[1], part.removed + first[0],
                part.before + first[0], part.after + first[1],
            )
        )  # fmt: skip
        first[0] += mine.rows if mine else 0
        first[1] += theirs.rows if theirs else 0
    return ChangedRows(
        *(np.concatenate([getattr(part, name) for part in found] or [_none()])
          for name in ("added", "removed", "before", "after"))
    )  # fmt: skip


def _of_chromosome(old: PackFile | None, new: PackFile | None) -> ChangedRows:
    if old is None or new is None or not (old.rows and new.rows):
        added = np.arange(new.rows) if new else _none()
        removed = np.arange(old.rows) if old else _none()
        return ChangedRows(added, removed, _none(), _none())
    before, after = _pairs(old, new)
    removed, added = np.ones(old.rows, dtype=bool), np.ones(new.rows, dtype=bool)
    removed[before], added[after] = False, False
    differs = old.column(DIGEST)[before] != new.column(DIGEST)[after]
    return ChangedRows(
        np.flatnonzero(added), np.flatnonzero(removed), before[differs], after[differs]
    )


def _pairs(old: PackFile, new: PackFile) -> tuple[Rows, Rows]:
    """Return the rows of each allele that both files have, ascending."""
    if np.array_equal(old.keys, new.keys):
        before = after = np.arange(new.rows)
    else:
        places = np.minimum(np.searchsorted(old.keys, new.keys), old.rows - 1)
        after = np.flatnonzero(old.keys[places] == new.keys)
        before = places[after]
    unsure = _unsure(old, new, before, after)
    if not unsure.size:
        return before, after
    sure = ~np.isin(new.keys[after], unsure)
    told = _told_apart(old, new, unsure)
    before, after = np.concatenate([before[sure], told[0]]), np.concatenate([after[sure], told[1]])
    order = np.argsort(after)
    return before[order], after[order]


def _unsure(old: PackFile, new: PackFile, before: Rows, after: Rows) -> UInt:
    """Return hashed keys that stand for several alleles, in one of the files or between them."""
    repeated = [file.keys[1:][file.keys[1:] == file.keys[:-1]] for file in (old, new)]
    hashed = np.flatnonzero(new.keys[after] & _ONE)
    texts = zip(old.spelled(before[hashed]), new.spelled(after[hashed]), strict=True)
    other = np.array([mine != theirs for mine, theirs in texts], dtype=bool)
    return np.unique(np.concatenate([*repeated, new.keys[after[hashed[other]]]]))


def _told_apart(old: PackFile, new: PackFile, unsure: UInt) -> tuple[Rows, Rows]:
    """Return the pairs of rows of some hashed keys, by REF and ALT."""
    rows = [np.flatnonzero(np.isin(file.keys, unsure)) for file in (old, new)]
    named = [
        dict(zip(zip(file.keys[of], file.spelled(of), strict=True), of, strict=True))
        for file, of in zip((old, new), rows, strict=True)
    ]
    both = [allele for allele in named[0] if allele in named[1]]
    before, after = ([names[allele] for allele in both] for names in named)
    return np.array(before, dtype=np.int64), np.array(after, dtype=np.int64)


def _none() -> Rows:
    return np.zeros(0, dtype=np.int64)
