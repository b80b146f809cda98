"""Writing packed files, a chromosome at a time and each in as many pieces as it comes in.

Every block of a chromosome grows in a file of its own beside the result, so that memory is bounded
by a piece; they are joined when the chromosome is complete. The same rows give the same bytes,
however they are cut into pieces.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome
from varinterp.sources.lines import shown
from varinterp.sources.pack_file import (
    ENDS,
    HASHED,
    KEYS,
    SUFFIX,
    TEXT,
    Column,
    Rows,
    UInt,
    block_name,
    block_sizes,
    header_bytes,
    placed,
    read_pack_file,
    records,
)
from varinterp.sources.pack_types import number_type

_REVERSIBLE_BASES = 11
_COPY = 1 << 22


class PackWriter:
    """Writes ``<folder>/<chromosome>.pack``; a context, whole when it ends without error.

    A chromosome's pieces come one after the other; one that has no rows has no file. A source
    without any row is a file of chromosome 1 that has none, so that its columns are known.
    """

    def __init__(self, folder: Path, columns: Sequence[Column]) -> None:
        self.folder = folder
        self.columns = tuple(columns)
        self._rows: dict[str, int] = {}
        self._open: _Chromosome | None = None
        if len({column.name for column in columns}) < len(self.columns):
            raise ValueError("a column is there twice")

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open is None and not self._rows and kind is None:
            self._start(Chromosome.C1)
        if self._open is not None:
            self._close(finish=kind is None)

    def write(self, chromosome: Chromosome, frame: pl.DataFrame) -> None:
        """Add rows: ``key``, ``ref``, ``alt`` and the columns, sorted by key, REF and ALT.

        Raises ReleaseError for an allele that is there twice or out of order, for a word that its
        column does not list, and for a value that stands for a missing one.
        """
        if self._open is not None and self._open.chromosome is not chromosome:
            self._close(finish=True)
        if not frame.height:
            return
        (self._open or self._start(chromosome)).add(frame)

    def files(self) -> dict[str, int]:
        """Return the finished files, by name, with their rows."""
        return dict(self._rows)

    def _start(self, chromosome: Chromosome) -> "_Chromosome":
        name = f"{chromosome.value}{SUFFIX}"
        if name in self._rows:
            raise ReleaseError(f"chromosome {chromosome} comes back after another one")
        self._open = _Chromosome(chromosome, self.folder / name, self.columns)
        return self._open

    def _close(self, *, finish: bool) -> None:
        assert self._open is not None  # noqa: S101 - asked by the callers
        chromosome, self._open = self._open, None
        try:
            if finish:
                self._rows[chromosome.path.name] = chromosome.finish()
        finally:
            chromosome.close()


class _Chromosome:
    """The blocks of one chromosome while they grow."""

    def __init__(self, chromosome: Chromosome, path: Path, columns: tuple[Column, ...]) -> None:
        self.chromosome = chromosome
        self.path = path
        self.columns = columns
        self._work = TemporaryDirectory(prefix=".pack-", dir=path.parent)
        self._names = tuple(block_sizes(0, columns, 0, 0))
        self._streams: list[IO[bytes]] = [
            (Path(self._work.name) / str(number)).open("wb") for number in range(len(self._names))
        ]
        self._rows = self._hashed = self._text = 0
        self._last: tuple[int, str] = (-1, "")

    def add(self, frame: pl.DataFrame) -> None:
        """Append a piece to every block."""
        keys = frame["key"].to_numpy()
        hashed = np.flatnonzero(keys & np.uint64(1))
        pairs = frame[hashed].select(pl.concat_str("ref", pl.lit(">"), "alt")).to_series()
        self._check_keys(frame, keys)
        self._check_order(keys, hashed, pairs)
        text = (pairs.str.join("").item() if hashed.size else "").encode()
        ends = pairs.str.len_bytes().cast(pl.Int64).cum_sum().to_numpy() + self._text
        blocks = {
            KEYS: keys.astype("<u8", copy=False),
            HASHED: (hashed + self._rows).astype("<i8"),
            ENDS: ends.astype("<i8"),
            TEXT: np.frombuffer(text, dtype=np.uint8),
            **self._records(frame),
        }
        for name, stream in zip(self._names, self._streams, strict=True):
            stream.write(np.ascontiguousarray(blocks[name]).view(np.uint8).data)
        self._rows += keys.size
        self._hashed += hashed.size
        self._text += len(text)

    def finish(self) -> int:
        """Join the blocks into the file and return its rows."""
        counts = self._rows, self.columns, self._hashed, self._text
        start = header_bytes(*counts)
        with atomic_write(self.path, self._verify) as temporary, temporary.open("wb") as out:
            out.write(start)
            blocks = placed(block_sizes(*counts), len(start))
            for block, stream in zip(blocks.values(), self._streams, strict=True):
                stream.close()
                out.write(b"\0" * (block.offset - out.tell()))
                with Path(stream.name).open("rb") as written:
                    shutil.copyfileobj(written, out, _COPY)
        return self._rows

    def close(self) -> None:
        """Remove what the blocks grew in."""
        for stream in self._streams:
            stream.close()
        self._work.cleanup()

    def _verify(self, written: Path) -> None:
        if read_pack_file(written, self.chromosome).rows != self._rows:
            raise OSError(f"{self.path.name} was not written whole: is the disk full?")

    def _records(self, frame: pl.DataFrame) -> dict[str, NDArray[np.void]]:
        """Return each block of columns as records."""
        blocks = {
            name: np.empty(frame.height, dtype=dtype)
            for name, dtype in records(self.columns).items()
        }
        for column in self.columns:
            blocks[block_name(column)][column.name] = stored(frame[column.name], column)
        return blocks

    def _check_keys(self, frame: pl.DataFrame, keys: UInt) -> None:
        if ((keys >> np.uint64(59)) != self.chromosome.code).any():
            raise ReleaseError(f"a key is not of chromosome {self.chromosome}")
        lengths = (frame["ref"].str.len_bytes() + frame["alt"].str.len_bytes()).to_numpy()
        if ((lengths > _REVERSIBLE_BASES) != (keys & np.uint64(1)).astype(bool)).any():
            raise ReleaseError(f"chromosome {self.chromosome}: a key is not that of its alleles")

    def _check_order(self, keys: UInt, hashed: Rows, pairs: pl.Series) -> None:
        """Refuse what is not strictly ascending by key, and by REF and ALT in a hashed key."""
        last_is_hashed = hashed.size and hashed[-1] == keys.size - 1
        first_is_hashed = hashed.size and hashed[0] == 0
        before, first = self._last, (int(keys[0]), pairs[0] if first_is_hashed else "")
        self._last = int(keys[-1]), pairs[-1] if last_is_hashed else ""
        same = np.flatnonzero(keys[1:] == keys[:-1])
        place = np.searchsorted(hashed, same)
        ordered = before < first and not (keys[1:] < keys[:-1]).any()
        if ordered and same.size:
            both_hashed = bool((keys[same] & np.uint64(1)).all())
            ordered = both_hashed and bool((pairs.gather(place) < pairs.gather(place + 1)).all())
        if not ordered:
            raise ReleaseError(
                f"chromosome {self.chromosome}: an allele is there twice, or is not in order of "
                "key, REF and ALT"
            )


def stored(values: pl.Series, column: Column) -> NDArray[np.generic]:
    """Return a column as the numbers that are stored; ReleaseError for what cannot be."""
    whole = not column.dtype.startswith("float")
    if whole and values.dtype.is_float():
        raise ReleaseError(f"{column.name}: fractions where whole numbers are stored")
    given = _codes(values, column) if column.words else values
    numbers = given.cast(number_type(column), strict=False)
    if numbers.null_count() > values.null_count():
        raise ReleaseError(f"{column.name}: a value does not fit {column.dtype}")
    if column.null is None:
        if values.null_count():
            raise ReleaseError(f"{column.name}: a value is missing where none may be")
    elif not column.words:
        reserved = numbers == column.null if whole else numbers.is_nan()
        if reserved.any():
            raise ReleaseError(f"{column.name}: {column.null} stands for a missing value")
    filled = numbers if column.null is None else numbers.fill_null(column.null)
    return filled.to_numpy().astype(column.numbers, copy=False)


def _codes(values: pl.Series, column: Column) -> pl.Series:
    codes = values.replace_strict(
        list(column.words), list(range(len(column.words))), default=None, return_dtype=pl.UInt8
    )
    if codes.null_count() > values.null_count():
        word = values.filter(codes.is_null() & values.is_not_null())[0]
        raise ReleaseError(f"{column.name}: unknown word {shown(word)}")
    return codes
