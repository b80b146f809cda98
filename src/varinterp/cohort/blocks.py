"""A file of named arrays: written once, memory-mapped, its end says whether it is whole.

``VARBLOCK`` and a version, the arrays (little-endian, each at a multiple of 64 bytes), then a JSON
text that names them (type, place, count, CRC-32) and says what they belong to, then that text's
length and CRC-32. A file that lost its end, or whose text is damaged, is refused when it is opened;
damage inside an array is what `verify` looks for.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from varinterp.errors import StageError
from varinterp.files import atomic_write

MAGIC = b"VARBLOCK"
VERSION = 1
_ALIGNMENT = 64
_END = struct.Struct("<QI8s")
SUFFIX = ".blocks"


@dataclass(frozen=True, slots=True)
class Blocks:
    """An opened file; its arrays are views of the mapped bytes, good as long as it is held."""

    path: Path
    about: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    _sums: Mapping[str, int]

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    def damaged(self) -> tuple[str, ...]:
        """Return the names of the arrays whose bytes are not those that were written."""
        return tuple(
            name
            for name, array in self.arrays.items()
            if zlib.crc32(array.data) != self._sums[name]
        )


class BlockWriter:
    """Appends to the arrays of a file in any order, each to at most the rows announced for it."""

    def __init__(self, stream: IO[bytes], most: Mapping[str, tuple[str, int]]) -> None:
        self._stream = stream
        self._types = {name: np.dtype(kind) for name, (kind, _) in most.items()}
        self._most = {name: rows for name, (_, rows) in most.items()}
        self._counts = dict.fromkeys(most, 0)
        self._sums = dict.fromkeys(most, 0)
        self._offsets: dict[str, int] = {}
        place = _ALIGNMENT
        for name, rows in self._most.items():
            self._offsets[name] = place
            place += -(-rows * self._types[name].itemsize // _ALIGNMENT) * _ALIGNMENT
        self._size = place
        stream.write(MAGIC + bytes([VERSION]))

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add values to the end of an array."""
        data = np.ascontiguousarray(values, self._types[name])
        start = self._counts[name]
        if start + data.size > self._most[name]:
            raise ValueError(f"more than {self._most[name]} rows in {name}")
        self._stream.seek(self._offsets[name] + start * data.itemsize)
        self._stream.write(data.data)
        self._counts[name] = start + data.size
        self._sums[name] = zlib.crc32(data.data, self._sums[name])

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write the text that names the arrays."""
        arrays = [
            [name, kind.str, self._offsets[name], self._counts[name], self._sums[name]]
            for name, kind in self._types.items()
        ]
        text = json.dumps({"about": about, "arrays": arrays}, sort_keys=True).encode()
        self._stream.seek(self._size)
        self._stream.write(text + _END.pack(len(text), zlib.crc32(text), MAGIC))


@contextmanager
def write_blocks(path: Path, most: Mapping[str, tuple[str, int]]) -> Iterator[BlockWriter]:
    """Yield a writer of arrays (name to type and most rows); the file is there when it ends."""
    with (
        atomic_write(path, lambda written: _check(written)) as temporary,
        temporary.open("r+b") as stream,
    ):
        yield BlockWriter(stream, most)


def open_blocks(path: Path) -> Blocks:
    """Map a file; StageError naming it when it is damaged, FileNotFoundError when it is gone."""
    with path.open("rb") as stream:
        document = _document(path, stream)
        # mapped while it is open: a compaction may remove its name the next moment
        whole = np.memmap(stream, dtype=np.uint8, mode="r").view(np.ndarray)
    arrays = {
        name: whole[offset : offset + count * np.dtype(kind).itemsize].view(kind)
        for name, kind, offset, count, _ in document["arrays"]
    }
    sums = {name: total for name, _, _, _, total in document["arrays"]}
    return Blocks(path, document["about"], arrays, sums)


def _check(path: Path) -> None:
    with path.open("rb") as stream:
        _document(path, stream)


def _document(path: Path, stream: IO[bytes]) -> Any:
    """Read the text at the end of a file; StageError when it is not whole."""
    size = os.fstat(stream.fileno()).st_size
    if size >= _ALIGNMENT + _END.size:
        head = stream.read(len(MAGIC) + 1)
        stream.seek(size - _END.size)
        length, total, magic = _END.unpack(stream.read(_END.size))
        if head == MAGIC + bytes([VERSION]) and magic == MAGIC and length < size:
            stream.seek(size - _END.size - length)
            text = stream.read(length)
            if zlib.crc32(text) == total:
                return json.loads(text)
    raise StageError(
        f"{path} is damaged or of another version: delete its folder, it is derived and is made "
        "again from what it indexes"
    )
