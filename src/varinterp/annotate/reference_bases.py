"""Bases of an indexed FASTA at many places at once, without loading a chromosome.

A plain FASTA is mapped into memory; of a BGZF-compressed one the blocks that are touched are
inflated. Reads samtools' ``.fai``, and ``.gzi`` for a compressed file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

from varinterp.model.chromosome import Chromosome

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
_UPPER = np.uint8(0xDF)
_FIXED = 12
_FOOTER = 8


@dataclass(frozen=True, slots=True)
class _Contig:
    """A line of the ``.fai``: sizes in bases and bytes, offset in the decompressed file."""

    length: int
    offset: int
    line_bases: int
    line_bytes: int


class ReferenceBases:
    """The bases of the primary chromosomes that a FASTA has."""

    def __init__(self, fasta: Path) -> None:
        """Open `fasta`; raise OSError or ValueError when an index is missing or does not fit."""
        self._contigs = _contigs(fasta.with_name(fasta.name + ".fai"))
        with fasta.open("rb") as stream:
            compressed = stream.read(2) == b"\x1f\x8b"
        self._source: _Blocks | Bytes = (
            _Blocks(fasta) if compressed else np.memmap(fasta, np.uint8, "r")
        )

    def close(self) -> None:
        """Close the file."""
        if isinstance(self._source, _Blocks):
            self._source.close()

    def length(self, chromosome: Chromosome) -> int:
        """Return a chromosome's length, 0 when the FASTA lacks it."""
        contig = self._contigs.get(chromosome)
        return contig.length if contig else 0

    def at(self, chromosome: Chromosome, places: Ints) -> Bytes:
        """Return the upper-case bases at 0-based places, all of them inside the chromosome."""
        contig = self._contigs[chromosome]
        lines = places // contig.line_bases
        offsets = places + lines * (contig.line_bytes - contig.line_bases) + contig.offset
        found = self._source[offsets]
        return found & _UPPER


def _contigs(index: Path) -> Mapping[Chromosome, _Contig]:
    contigs: dict[Chromosome, _Contig] = {}
    for line in index.read_text().splitlines():
        name, *numbers = line.split("\t")
        chromosome = Chromosome.parse(name)
        if chromosome is not None:
            contigs.setdefault(chromosome, _Contig(*map(int, numbers[:4])))
    return contigs


class _Blocks:
    """The decompressed bytes of a BGZF file: each block touched is inflated once a call."""

    def __init__(self, path: Path) -> None:
        pairs = np.fromfile(path.with_name(path.name + ".gzi"), "<u8", offset=8)
        table = pairs.astype(np.int64).reshape(-1, 2)
        self._compressed: Ints = np.concatenate(([0], table[:, 0]))
        self._starts: Ints = np.concatenate(([0], table[:, 1]))
        self._stream: BinaryIO = path.open("rb")

    def __getitem__(self, offsets: Ints) -> Bytes:
        order = np.argsort(offsets, kind="stable")
        ordered = offsets[order]
        blocks = np.searchsorted(self._starts, ordered, side="right") - 1
        firsts = np.flatnonzero(np.diff(blocks, prepend=-1))
        found = np.empty(offsets.size, np.uint8)
        for first, last in zip(firsts, [*firsts[1:], offsets.size], strict=True):
            block = int(blocks[first])
            text = self._inflated(block)
            found[order[first:last]] = text[ordered[first:last] - self._starts[block]]
        return found

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _inflated(self, block: int) -> Bytes:
        self._stream.seek(int(self._compressed[block]))
        fixed = self._stream.read(_FIXED)
        extra = self._stream.read(int.from_bytes(fixed[10:12], "little"))
        at = extra.index(b"BC\x02\x00") + 4
        size = int.from_bytes(extra[at : at + 2], "little") + 1
        body = self._stream.read(size - _FIXED - len(extra) - _FOOTER)
        return np.frombuffer(isal_zlib.decompress(body, wbits=-15), np.uint8)
