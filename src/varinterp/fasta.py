"""Bases of the reference FASTA at many positions at once, without loading a chromosome.

Reads the ``.fai`` index of samtools; a BGZF-compressed FASTA needs its ``.gzi`` as well.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from varinterp.bgzf import block_size
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome

Bytes = NDArray[np.uint8]
Integers = NDArray[np.int64]
_UPPER = 0xDF


@dataclass(frozen=True, slots=True)
class _Contig:
    """A line of the ``.fai``: sizes in bases and bytes, offsets in the decompressed file."""

    length: int
    offset: int
    line_bases: int
    line_bytes: int


class Reference:
    """A FASTA of GRCh38, indexed; contigs are found whether or not they are named ``chr``."""

    def __init__(self, path: Path) -> None:
        index = path.with_name(path.name + ".fai")
        if not path.is_file() or not index.is_file():
            raise ReleaseError(f"the reference needs {path} and {index}: samtools faidx {path}")
        self.names: frozenset[str]
        self.names, self._contigs = _read_index(index)
        with path.open("rb") as stream:
            compressed = stream.read(2) == b"\x1f\x8b"
        self._source: _Blocks | _Plain = _Blocks(path) if compressed else _Plain(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._source.close()

    def length(self, chromosome: Chromosome) -> int | None:
        """Return a chromosome's length here, or None when the FASTA lacks it."""
        contig = self._contigs.get(chromosome)
        return None if contig is None else contig.length

    def bases(self, chromosome: Chromosome, positions: Integers) -> Bytes:
        """Return the upper-case bases (ASCII) at 0-based positions, all within the contig."""
        contig = self._contigs[chromosome]
        lines, within = np.divmod(positions, contig.line_bases)
        found = self._source.at(contig.offset + lines * contig.line_bytes + within)
        return found & np.uint8(_UPPER)


def _read_index(path: Path) -> tuple[frozenset[str], dict[Chromosome, _Contig]]:
    names: set[str] = set()
    contigs: dict[Chromosome, _Contig] = {}
    for line in path.read_text().splitlines():
        name, *numbers = line.split("\t")
        names.add(name)
        chromosome = Chromosome.parse(name)
        if chromosome is not None:
            contigs.setdefault(chromosome, _Contig(*map(int, numbers[:4])))
    return frozenset(names), contigs


class _Plain:
    def __init__(self, path: Path) -> None:
        self._bytes: Bytes = np.memmap(path, np.uint8, "r")

    def at(self, offsets: Integers) -> Bytes:
        return np.asarray(self._bytes[offsets])

    def close(self) -> None:
        """The map goes with the array."""


class _Blocks:
    """A BGZF file: offsets are grouped by block, and each block is inflated once a call."""

    def __init__(self, path: Path) -> None:
        index = path.with_name(path.name + ".gzi")
        if not index.is_file():
            raise ReleaseError(f"the compressed reference needs {index}: samtools faidx {path}")
        pairs = np.fromfile(index, "<u8", offset=8).astype(np.int64).reshape(-1, 2)
        self._compressed: Integers = np.concatenate(([0], pairs[:, 0]))
        self._starts: Integers = np.concatenate(([0], pairs[:, 1]))
        self._stream: BinaryIO = path.open("rb")

    def at(self, offsets: Integers) -> Bytes:
        order = np.argsort(offsets, kind="stable")
        ordered = offsets[order]
        blocks = np.searchsorted(self._starts, ordered, side="right") - 1
        firsts = np.flatnonzero(np.diff(blocks, prepend=-1))
        found = np.empty(len(offsets), np.uint8)
        for first, last in zip(firsts, [*firsts[1:], len(ordered)], strict=True):
            block = int(blocks[first])
            text = self._inflate(block)
            found[order[first:last]] = text[ordered[first:last] - self._starts[block]]
        return found

    def close(self) -> None:
        self._stream.close()

    def _inflate(self, block: int) -> Bytes:
        self._stream.seek(int(self._compressed[block]))
        fixed = self._stream.read(12)
        extra = self._stream.read(int.from_bytes(fixed[10:12], "little"))
        size = block_size(extra)
        if size is None:
            raise ReleaseError(f"{self._stream.name} and its .gzi disagree: index it again")
        body = self._stream.read(size - 12 - len(extra))
        return np.frombuffer(isal_zlib.decompress(body[:-8], wbits=-15), np.uint8)
