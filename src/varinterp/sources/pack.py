"""Packed sources of alleles: memory-mapped sorted keys and columns of fixed width.

For sources of gnomAD's size. A look-up searches the sorted keys for the wanted ones and reads the
columns of the rows that it hits, so that it costs what the query costs and hardly what the source
weighs. `pack_file` has the layout, `pack_writer` writes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.errors import InternalError, ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.pack_alleles import alleles
from varinterp.sources.pack_alleles import pairs as pairs_of
from varinterp.sources.pack_file import Column, PackFile, Rows, UInt, block_name
from varinterp.sources.pack_folder import PackFolder
from varinterp.sources.pack_types import frame_type
from varinterp.sources.pack_writer import PackWriter

__all__ = ["FOUND", "Column", "Pack", "PackWriter"]

FOUND = "found"
_ONE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Pack(PackFolder):
    """The packed files of a source, by chromosome in genome order, with look-ups."""

    def lookup(self, wanted: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
        """Return, row for row, ``found`` and the columns of the alleles in `wanted`.

        `wanted` has ``key`` (UInt64, ascending; repeated is allowed), ``ref`` and ``alt``. Where
        the pack has no such allele the columns are null.
        """
        keys = wanted["key"].to_numpy()
        if (keys[1:] < keys[:-1]).any():
            raise InternalError("alleles to look up are not sorted by key")
        chosen = [self._column(name) for name in columns]
        found = np.zeros(keys.size, dtype=bool)
        values = [_missing(column, keys.size) for column in chosen]
        for chromosome, file in self.files.items():
            start, end = np.searchsorted(keys, _bounds(chromosome))
            if start == end or not file.rows:
                continue
            rows = _rows(file, keys[start:end], wanted[int(start) : int(end)])
            hits = np.flatnonzero(rows >= 0)
            found[start:end] = rows >= 0
            gathered = _gathered(file, chosen, rows[hits])
            for column, out in zip(chosen, values, strict=True):
                out[start + hits] = gathered[column.name]
        frame = {
            column.name: _series(column, out, found)
            for column, out in zip(chosen, values, strict=True)
        }
        return pl.DataFrame({FOUND: pl.Series(found), **frame})

    def frame(self, chromosome: Chromosome, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return a chromosome whole: ``key``, ``position``, ``ref``, ``alt`` and columns."""
        file = self.files.get(chromosome)
        rows = np.arange(file.rows if file else 0)
        return self._taken(file, rows, columns)

    def take(self, rows: Rows, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return rows by their ascending numbers, counted over the chromosomes in genome order.

        Has ``chromosome`` beside what `frame` has.
        """
        parts = []
        first = 0
        for chromosome, file in self.files.items():
            start, end = np.searchsorted(rows, (first, first + file.rows))
            part = self._taken(file, rows[start:end] - first, columns)
            parts.append(part.select(pl.lit(chromosome.value).alias("chromosome"), pl.all()))
            first += file.rows
        return pl.concat(parts)

    def _taken(
        self, file: PackFile | None, rows: Rows, columns: Sequence[str] | None
    ) -> pl.DataFrame:
        names = [column.name for column in self.columns] if columns is None else columns
        chosen = [self._column(name) for name in names]
        every = np.ones(rows.size, dtype=bool)
        named = alleles(file, rows)
        return named.with_columns(
            _series(column, file.column(column.name)[rows], every).alias(column.name)
            if file
            else pl.lit(None, frame_type(column)).alias(column.name)
            for column in chosen
        )

    def _column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise ReleaseError(f"{self.folder} has no column {name}; rebuild the release")


def _bounds(chromosome: Chromosome) -> UInt:
    return np.array([chromosome.code << 59, (chromosome.code + 1) << 59], dtype=np.uint64)


def _rows(file: PackFile, keys: UInt, wanted: pl.DataFrame) -> Rows:
    """Return the row of each key, -1 where the file lacks the allele."""
    places: Rows = np.searchsorted(file.keys, keys)
    near = np.minimum(places, file.rows - 1)
    rows = np.where(file.keys[near] == keys, near, -1)
    hashed = np.flatnonzero((rows >= 0) & ((keys & _ONE) != 0))
    if hashed.size:
        pair = wanted[hashed].select(pl.concat_str("ref", pl.lit(">"), "alt")).to_series()
        rows[hashed] = _confirmed(file, rows[hashed], keys[hashed], pair)
    return rows


def _gathered(file: PackFile, columns: Sequence[Column], rows: Rows) -> dict[str, NDArray[Any]]:
    """Return the numbers of some rows by column; a block of several columns is visited once."""
    blocks: dict[str, NDArray[Any]] = {}
    for column in columns:
        name = block_name(column)
        if name not in blocks:
            block = file.records(column)
            alone = len(block.dtype.names or ()) == 1
            blocks[name] = block[column.name][rows] if alone else block[rows]
    return {
        column.name: found if (found := blocks[block_name(column)]).dtype.names is None
        else found[column.name]
        for column in columns
    }  # fmt: skip


def _confirmed(file: PackFile, rows: Rows, keys: UInt, pairs: pl.Series) -> Rows:
    """Return the rows whose REF and ALT are those wanted; several rows may share a hashed key."""
    confirmed = np.full(rows.size, -1, dtype=np.int64)
    open_ = np.arange(rows.size)
    while open_.size:
        same = (pairs_of(file, rows[open_]) == pairs.gather(open_)).to_numpy()
        confirmed[open_[same]] = rows[open_[same]]
        open_ = open_[~same]
        rows[open_] += 1
        inside = rows[open_] < file.rows
        open_ = open_[inside]
        open_ = open_[file.keys[rows[open_]] == keys[open_]]
    return confirmed


def _missing(column: Column, size: int) -> NDArray[Any]:
    return np.full(size, 0 if column.null is None else column.null, dtype=column.numbers)


def _series(column: Column, numbers: NDArray[Any], found: NDArray[np.bool_]) -> pl.Series:
    """Return stored numbers as a column, null where they stand for it or nothing was found."""
    series = pl.Series(column.name, numbers)
    if column.words:
        return pl.Series(column.name, column.words, dtype=pl.String).gather(
            series.set(series == column.null, None)
        )
    if column.null is None:
        return series if found.all() else series.set(pl.Series(~found), None)
    if column.dtype.startswith("float"):
        return series.fill_nan(None)
    return series.set(series == column.null, None)
