"""Where two releases of a predictor differ, a stretch of the genome at a time.

Memory is bounded by a stretch, whatever the size of the releases, and a stretch that is stored
alike in both is not decoded.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.model.chromosome import Chromosome
from varinterp.model.prediction import Scope
from varinterp.model.variant import Allele
from varinterp.sources.pack import Pack
from varinterp.sources.score_layout import ScoreLayout
from varinterp.sources.score_pack import in_full, pack_columns, parts, read_owners
from varinterp.sources.score_track import Ints, Track, missing, open_tracks, reference
from varinterp.sources.scores import BASES

Stored = dict[str, dict[str, NDArray[Any]]]
_STEP = 1_000_000
_ALLELE = ["key", "position", "ref", "alt"]
_PLACE = [*_ALLELE, "owner"]
_SIDE = {
    "key": pl.UInt64, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
    "owner": pl.String, "score": pl.Float64, "effect": pl.String,
}  # fmt: skip


def differences(
    old: Path, new: Path, before: ScoreLayout, after: ScoreLayout
) -> Iterator[pl.DataFrame]:
    """Yield the places that differ: chromosome, allele, owner, score and effect of both sides.

    ``before`` and ``after`` are scores, null where a release has none there.
    """
    sides = _Packs(old, before), _Packs(new, after)
    tracks = open_tracks(old), open_tracks(new)
    for chromosome in Chromosome:
        pieces = (
            *_of_packs(*sides, chromosome),
            *_of_tracks(
                tracks[0].get(chromosome), tracks[1].get(chromosome), before, after, chromosome
            ),
        )
        for piece in pieces:
            if piece.height:
                yield piece.with_columns(pl.lit(chromosome.value).alias("chromosome"))


class _Packs:
    """The packs of a release, read a stretch of keys at a time."""

    def __init__(self, folder: Path, layout: ScoreLayout) -> None:
        self.layout = layout
        self._packs = [Pack.open(part) for part in parts(folder)]
        self._columns = [column.name for column in pack_columns(layout)]
        self.owners = read_owners(folder)

    def borders(self, chromosome: Chromosome) -> list[int]:
        """Keys between which there are at most `_STEP` rows; none splits a position."""
        found = []
        for pack in self._packs:
            if chromosome in pack.files:
                found += [int(key) >> 31 << 31 for key in pack.files[chromosome].keys[::_STEP]]
        return found

    def rows(self, chromosome: Chromosome, start: int, end: int) -> pl.DataFrame:
        """Return the rows whose key is from `start` to before `end`, as they are stored."""
        found = []
        for pack in self._packs:
            first = sum(f.rows for c, f in pack.files.items() if c.code < chromosome.code)
            if chromosome not in pack.files:
                continue
            bounds = np.array([start, end], dtype=np.uint64)
            low, high = np.searchsorted(pack.files[chromosome].keys, bounds)
            found.append(pack.take(np.arange(first + low, first + high), self._columns))
        if not found:
            return pl.DataFrame(schema=_SIDE)
        return self.full(pl.concat(found))

    def stored(self, chromosome: Chromosome, start: int, end: int) -> Stored:
        """Return the numbers of a stretch as they are stored, by part and column."""
        found: Stored = {}
        for pack in self._packs:
            file = pack.files.get(chromosome)
            if file is None:
                continue
            low, high = np.searchsorted(file.keys, np.array([start, end], dtype=np.uint64))
            keys = file.keys[low:high]
            columns = {name: file.column(name)[low:high] for name in self._columns}
            hashed = np.flatnonzero(keys & np.uint64(1))
            found[pack.folder.name] = {"keys": keys, "hashed": hashed, **columns}
        return found

    def full(self, rows: pl.DataFrame) -> pl.DataFrame:
        """One row an owner, with the scores as upstream printed them."""
        return in_full(rows, self.layout, self.owners).select(*_PLACE, "score", "effect")


def _of_packs(old: _Packs, new: _Packs, chromosome: Chromosome) -> Iterator[pl.DataFrame]:
    end = chromosome.code + 1 << 59
    borders = sorted({*old.borders(chromosome), *new.borders(chromosome)})
    names = _renumbered(old.owners, new.owners)
    for start, stop in pairwise([*borders, end]) if borders else ():
        stored = (each.stored(chromosome, start, stop) for each in (old, new))
        if not (old.layout.alike(new.layout) and _same(*stored, owners=names)):
            yield _joined(old.rows(chromosome, start, stop), new.rows(chromosome, start, stop))


def _renumbered(old: pl.Series | None, new: pl.Series | None) -> NDArray[np.int64] | None:
    """Return the new number of each old list of owners, -1 where the new release lacks it."""
    if old is None or new is None:
        return None
    numbers = {tuple(names): number for number, names in enumerate(new.to_list())}
    return np.array([numbers.get(tuple(names), -1) for names in old.to_list()], dtype=np.int64)


def _same(old: Stored, new: Stored, *, owners: NDArray[np.int64] | None) -> bool:
    """Tell whether a stretch is stored alike in both: most are, and need no decoding."""
    if old.keys() != new.keys():
        return False
    for part, columns in old.items():
        if any((columns["hashed"].size, new[part]["hashed"].size)):
            return False
        for name, values in columns.items():
            mine = owners[values] if name == "owner" and owners is not None else values
            if not np.array_equal(mine, new[part][name]):
                return False
    return True


def _joined(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return the places whose score or effect differs, with both sides."""
    values = [*_PLACE, "score", "effect"]
    gone = old.join(new, on=values, how="anti", nulls_equal=True)
    come = new.join(old, on=values, how="anti", nulls_equal=True)
    both = gone.join(come, on=_PLACE, how="full", coalesce=True, nulls_equal=True)
    return both.rename(
        {
            "score": "before",
            "score_right": "after",
            "effect": "effect_before",
            "effect_right": "effect_after",
        }
    )


def _of_tracks(
    old: Track | None,
    new: Track | None,
    before: ScoreLayout,
    after: ScoreLayout,
    chromosome: Chromosome,
) -> Iterator[pl.DataFrame]:
    for start, end in _stretches(old, new):
        positions = np.arange(start, end)
        moved = positions[_moved(old, new, positions)] if before.alike(after) else positions
        if moved.size:
            yield _joined(
                _of_positions(old, before, moved, chromosome),
                _of_positions(new, after, moved, chromosome),
            )


def _moved(old: Track | None, new: Track | None, positions: Ints) -> NDArray[np.bool_]:
    """Tell which positions are stored otherwise in one than in the other."""
    if old is None or new is None or old.values.dtype != new.values.dtype:
        return np.ones(positions.size, dtype=bool)
    found: NDArray[np.bool_] = (old.at(positions) != new.at(positions)).any(axis=1)
    return found


def _stretches(*tracks: Track | None) -> Iterator[tuple[int, int]]:
    """Yield stretches of `_STEP` positions that hold every run of the tracks, and gaps between."""
    runs = sorted(
        run for track in tracks if track for run in zip(track.starts, track.ends, strict=True)
    )
    reached = 0
    for first, last in runs:
        for start in range(max(int(first), reached), int(last), _STEP):
            reached = start + _STEP
            yield start, reached


def _of_positions(
    track: Track | None, layout: ScoreLayout, positions: Ints, chromosome: Chromosome
) -> pl.DataFrame:
    if track is None:
        return pl.DataFrame(schema=_SIDE)
    values = track.at(positions)
    dtype = str(track.values.dtype)
    marks = values == reference(dtype)
    there = (values != missing(dtype)) & ~marks
    rows, places = np.nonzero(there)
    score = layout.values(pl.Series("score", values[rows, places]))
    found = pl.DataFrame({"position": positions[rows].astype(np.int32), "score": score})
    if layout.scope is Scope.POSITION:
        return _shaped(found)
    letters = pl.Series(list(BASES))
    return _shaped(
        found.with_columns(
            ref=letters.gather(marks.argmax(axis=1)[rows]), alt=letters.gather(places)
        ),
        chromosome,
    )


def _shaped(found: pl.DataFrame, chromosome: Chromosome | None = None) -> pl.DataFrame:
    """Complete a side's columns; substitutions have keys of eleven bits of their own."""
    if chromosome is not None:
        codes = {
            (ref, alt): Allele(chromosome, 1, ref, alt).key
            for ref in BASES
            for alt in BASES
            if ref != alt
        }
        table = pl.DataFrame(
            [(ref, alt, code) for (ref, alt), code in codes.items()],
            schema={"ref": pl.String, "alt": pl.String, "code": pl.UInt64},
            orient="row",
        )
        place = (pl.col("position").cast(pl.UInt64) - 1) * (1 << 31)
        found = found.join(table, on=["ref", "alt"], maintain_order="left").with_columns(
            key=pl.col("code") + place
        )
    return found.select(
        pl.col(name).cast(dtype) if name in found.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in _SIDE.items()
    )
