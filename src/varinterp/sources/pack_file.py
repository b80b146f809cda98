"""The packed file of one chromosome: its layout, reading its header, mapping its blocks.

A file is a fixed start (magic, version, length of the header), a header (JSON in UTF-8) and blocks
of little-endian numbers, each at a multiple of `ALIGNMENT` and padded with zeros:

``keys``      uint64, one a row, ascending
columns       one number a row (`Column.dtype`), or a record a row of the columns of one block
``hashed``    int64, the rows whose key is a hash (lowest bit 1), ascending
``ends``      int64, where the text of each hashed row ends
``text``      REF and ALT of each hashed row as ``REF>ALT``, one after the other

The header states the rows, the columns, how many keys are hashes and how long the text is. From
these follow the place of every block and the size of the file, which is checked before anything is
mapped. A value that is missing is stored as `Column.null`: NaN, the
lowest integer of a signed type, 255 in a uint8 (as a code of `words`, or as a number). A uint64
column has no missing values.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome

MAGIC = b"VARPACK\n"
VERSION = 1
START = struct.Struct("<8sII")
ALIGNMENT = 64
SUFFIX = ".pack"
KEYS, HASHED, ENDS, TEXT = "keys", "hashed", "ends", "text"
MOST_WORDS = 255

UInt = NDArray[np.uint64]
Rows = NDArray[np.int64]

DTYPES = ("int8", "int16", "int32", "float32", "float64", "uint8", "uint64")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a pack: numbers, or (`words`, uint8 only) codes of a closed list of words.

    Columns of one `block` lie side by side, row by row: what is read together is then in one
    place. A column without one is a block of its own, which is best for reading it whole.
    """

    name: str
    dtype: str
    words: tuple[str, ...] = ()
    block: str = ""

    def __post_init__(self) -> None:
        if self.dtype not in DTYPES or self.name in ("key", "ref", "alt", "found"):
            raise ValueError(f"no column of a pack can be {self.name} of {self.dtype}")
        if self.words and (self.dtype != "uint8" or len(self.words) > MOST_WORDS):
            raise ValueError(f"{self.name}: words are at most {MOST_WORDS} codes of uint8")
        if len(set(self.words)) < len(self.words):
            raise ValueError(f"{self.name}: a word is there twice")

    @property
    def numbers(self) -> np.dtype[Any]:
        """The stored type."""
        return np.dtype(self.dtype).newbyteorder("<")

    @property
    def null(self) -> float | int | None:
        """What stands for a missing value; None where none can be missing."""
        if self.dtype == "uint64":
            return None
        if self.dtype.startswith("float"):
            return float("nan")
        return 255 if self.dtype == "uint8" else int(np.iinfo(self.dtype).min)


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block lies in its file, in bytes."""

    offset: int
    size: int


@dataclass(frozen=True)
class PackFile:
    """A checked packed file; its blocks are mapped when they are first asked for."""

    path: Path
    chromosome: Chromosome
    rows: int
    columns: tuple[Column, ...]
    blocks: Mapping[str, Block]

    @cached_property
    def _bytes(self) -> NDArray[np.uint8]:
        return np.memmap(self.path, dtype=np.uint8, mode="r").view(np.ndarray)

    def _block(self, name: str, dtype: Any) -> NDArray[Any]:
        block = self.blocks[name]
        return self._bytes[block.offset : block.offset + block.size].view(dtype)

    @cached_property
    def keys(self) -> UInt:
        """The keys, ascending."""
        return self._block(KEYS, "<u8")

    @cached_property
    def hashed(self) -> Rows:
        """The rows whose key is a hash."""
        return self._block(HASHED, "<i8")

    def column(self, name: str) -> NDArray[Any]:
        """Return a column's numbers as they are stored."""
        column = next(column for column in self.columns if column.name == name)
        return self.records(column)[name]

    def records(self, column: Column) -> NDArray[Any]:
        """Return the block that a column is in, as records with a field for each column."""
        name = block_name(column)
        return self._block(name, records(self.columns)[name])

    def spelled(self, rows: Rows) -> list[bytes]:
        """Return ``REF>ALT`` of rows whose key is a hash, reading no others."""
        text, starts, stops = self.spans(rows)
        whole = text.data
        return [
            bytes(whole[start:stop])
            for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        ]

    def spans(self, rows: Rows) -> tuple[NDArray[np.uint8], Rows, Rows]:
        """Return the text of hashed rows, and where that of each of some begins and ends."""
        places = np.searchsorted(self.hashed, rows)
        ends = self._block(ENDS, "<i8")
        starts = np.where(places > 0, ends[places - 1], 0)
        return self._block(TEXT, np.uint8), starts, ends[places]


def read_pack_file(path: Path, chromosome: Chromosome) -> PackFile:
    """Read and check the start of a packed file; ReleaseError when the file is not sound."""
    try:
        with path.open("rb") as stream:
            header, end = _header(stream, path)
            size = stream.seek(0, 2)
        columns = tuple(
            Column(name, kind, tuple(words), *block)
            for name, kind, words, *block in header["columns"]
        )
        sizes = block_sizes(header["rows"], columns, header["hashed"], header["text"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path}: not a packed file ({error}); restore the release") from error
    blocks = placed(sizes, end)
    expected = max(block.offset + block.size for block in blocks.values())
    if size != expected:
        raise ReleaseError(
            f"{path} has {size} bytes and its header states {expected}: it is truncated or "
            "damaged; restore the release"
        )
    return PackFile(path, chromosome, header["rows"], columns, blocks)


def header_bytes(rows: int, columns: tuple[Column, ...], hashed: int, text: int) -> bytes:
    """Return the start of a file; its blocks follow, each aligned."""
    header = {
        "columns": [
            [
                column.name,
                column.dtype,
                list(column.words),
                *([column.block] if column.block else []),
            ]
            for column in columns
        ],
        "hashed": hashed,
        "rows": rows,
        "text": text,
    }
    written = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    return START.pack(MAGIC, VERSION, len(written)) + written


def block_sizes(rows: int, columns: tuple[Column, ...], hashed: int, text: int) -> dict[str, int]:
    """Return the bytes of each block, in the order of the file."""
    if min(rows, hashed, text) < 0:
        raise ValueError("a count is negative")
    named = {name: rows * dtype.itemsize for name, dtype in records(columns).items()}
    return {KEYS: rows * 8, **named, HASHED: hashed * 8, ENDS: hashed * 8, TEXT: text}


def placed(sizes: Mapping[str, int], end: int) -> dict[str, Block]:
    """Return where blocks go that follow a start of `end` bytes."""
    blocks: dict[str, Block] = {}
    for name, size in sizes.items():
        offset = -(-end // ALIGNMENT) * ALIGNMENT
        blocks[name] = Block(offset, size)
        end = offset + size
    return blocks


def block_name(column: Column) -> str:
    """Return the name of the block that a column is in."""
    return f"block {column.block}" if column.block else f"column {column.name}"


def records(columns: tuple[Column, ...]) -> dict[str, np.dtype[Any]]:
    """Return the record of each block of columns, in the order of the file, without gaps."""
    fields: dict[str, list[tuple[str, np.dtype[Any]]]] = {}
    for column in columns:
        fields.setdefault(block_name(column), []).append((column.name, column.numbers))
    return {name: np.dtype(named) for name, named in fields.items()}


def _header(stream: IO[bytes], path: Path) -> tuple[dict[str, Any], int]:
    """Return a file's header and where it ends."""
    start = stream.read(START.size)
    if len(start) < START.size:
        raise ReleaseError(f"{path} is truncated; restore the release")
    magic, version, length = START.unpack(start)
    if magic != MAGIC:
        raise ReleaseError(f"{path} is not a packed file; rebuild the release")
    if version != VERSION:
        raise ReleaseError(
            f"{path} has version {version} of the packed form, and this varinterp reads "
            f"{VERSION}; rebuild the release"
        )
    text = stream.read(length)
    if len(text) < length:
        raise ReleaseError(f"{path} is truncated; restore the release")
    return json.loads(text), START.size + length
