"""Scores of positions: dense arrays in runs of neighbouring positions, one file a chromosome.

For scores that (nearly) every base of the genome has. A value a position (phyloP), or one for each
base that could stand there (CADD's substitutions: A, C, G, T, the reference base's place marked).
The file: a magic word, the values (little-endian, position after position), the runs (int64: first
position, first row of values), a JSON footer, its length and the magic word again. Values are read
by memory map; a chromosome is written as it comes, so that memory is bounded by a block.
"""

import json
import struct
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome

SUFFIX = ".track"
_MAGIC = b"VARTRACK"
_END = struct.Struct("<I8s")
_VERSION = 1

Ints = NDArray[np.int64]
Values = NDArray[Any]


def missing(dtype: str) -> int:
    """Return what stands for no score."""
    return int(np.iinfo(dtype).min)


def reference(dtype: str) -> int:
    """Return what marks the place of the reference base."""
    return int(np.iinfo(dtype).min) + 1


@dataclass(frozen=True, slots=True)
class Track:
    """A chromosome's values; `starts` and `firsts` are the runs, and an end of both."""

    values: Values
    starts: Ints
    firsts: Ints

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a file; ReleaseError when it is damaged or of another version."""
        try:
            size = path.stat().st_size
            with path.open("rb") as stream:
                stream.seek(size - _END.size)
                length, magic = _END.unpack(stream.read(_END.size))
                stream.seek(size - _END.size - length)
                footer = json.loads(stream.read(length))
                stream.seek(0)
                sound = stream.read(len(_MAGIC)) == magic == _MAGIC
            rows, width, runs = footer["rows"], footer["width"], footer["runs"]
            dtype = np.dtype(footer["dtype"]).newbyteorder("<")
            body = len(_MAGIC) + rows * width * dtype.itemsize
            if not sound or footer["version"] != _VERSION or body + runs * 16 + length > size:
                raise ValueError("another form")
            values = np.memmap(path, dtype, "r", len(_MAGIC), (rows, width))
            table = np.memmap(path, "<i8", "r", body, (runs, 2))
        except (OSError, ValueError, KeyError, struct.error) as error:
            raise ReleaseError(f"{path}: cannot be read ({error}); restore the release") from error
        firsts = np.append(table[:, 1], rows)
        return cls(values.view(np.ndarray), np.array(table[:, 0]), firsts)

    @property
    def ends(self) -> Ints:
        """The position after the last of each run."""
        found: Ints = self.starts + np.diff(self.firsts)
        return found

    def at(self, positions: Ints) -> Values:
        """Return the values of 1-based positions, a row each; missing where there are none."""
        none = missing(str(self.values.dtype))
        found = np.full((positions.size, self.values.shape[1]), none, self.values.dtype)
        run = np.searchsorted(self.starts, positions, side="right") - 1
        inside = (run >= 0) & (positions < self.ends[run])
        rows = self.firsts[run[inside]] + positions[inside] - self.starts[run[inside]]
        found[inside] = self.values[rows]
        return found


def open_tracks(folder: Path) -> dict[Chromosome, Track]:
    """Open every track of a release, in genome order."""
    found = {Chromosome(path.stem): path for path in folder.glob(f"[!.]*{SUFFIX}")}
    return {c: Track.open(found[c]) for c in sorted(found, key=lambda c: c.code)}


class TrackWriter:
    """Writes ``<folder>/<chromosome>.track``; a context, whole when it ends without error."""

    def __init__(self, folder: Path, dtype: str, width: int) -> None:
        self.folder = folder
        self._dtype = dtype
        self._width = width
        self._rows: dict[str, int] = {}
        self._stack = ExitStack()
        self._open: _Growing | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._stack.__exit__(kind, error, trace)

    def files(self) -> Mapping[str, int]:
        """Return the finished files with their positions."""
        return dict(self._rows)

    def write(self, chromosome: Chromosome, positions: Ints, values: Values) -> None:
        """Add values of ascending positions; ReleaseError when they are not after the last."""
        if not positions.size:
            return
        if self._open is None or self._open.chromosome is not chromosome:
            self._finish()
            name = f"{chromosome}{SUFFIX}"
            if name in self._rows:
                raise ReleaseError(f"chromosome {chromosome} comes back after another one")
            path = self._stack.enter_context(atomic_write(self.folder / name))
            stream = self._stack.enter_context(path.open("wb"))
            self._open = _Growing(chromosome, stream)
        self._open.add(positions, values.astype(np.dtype(self._dtype).newbyteorder("<")))

    def _finish(self) -> None:
        if self._open is not None:
            name = f"{self._open.chromosome}{SUFFIX}"
            self._rows[name] = self._open.finish(self._dtype, self._width)
            self._open = None
            self._stack.close()


class _Growing:
    """A chromosome's file while it is written."""

    def __init__(self, chromosome: Chromosome, stream: IO[bytes]) -> None:
        self.chromosome = chromosome
        self._stream = stream
        self._runs: list[Ints] = []
        self._rows = 0
        self._next = -1
        stream.write(_MAGIC)

    def add(self, positions: Ints, values: Values) -> None:
        steps = np.diff(positions, prepend=self._next - 1 if self._rows else positions[0] - 2)
        if (steps < 1).any():
            raise ReleaseError(
                f"chromosome {self.chromosome}: position {positions[np.argmax(steps < 1)]} comes "
                "after a later one, or twice"
            )
        begins = np.flatnonzero(steps > 1)
        self._runs.append(np.column_stack([positions[begins], begins + self._rows]))
        self._stream.write(np.ascontiguousarray(values).data)
        self._rows += positions.size
        self._next = int(positions[-1]) + 1

    def finish(self, dtype: str, width: int) -> int:
        runs = np.concatenate(self._runs).astype("<i8")
        footer = {"version": _VERSION, "dtype": dtype, "width": width, "rows": self._rows}
        text = json.dumps({**footer, "runs": len(runs)}, sort_keys=True).encode()
        self._stream.write(runs.tobytes() + text + _END.pack(len(text), _MAGIC))
        return self._rows
