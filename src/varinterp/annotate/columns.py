"""Reading tab-separated output of bcftools into frames, block by block, so that memory is bounded.

Frames of a chromosome wait in `Shards` until every file of the family was read.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import polars as pl

from varinterp.model.chromosome import Chromosome

BLOCK = 8 << 20
_IN_MEMORY = 200_000
"""Rows that are held; those of a genome go to the disk."""
Schema = Mapping[str, type[pl.DataType]]


def frames(
    stream: IO[bytes], schema: Schema, columns: Sequence[str] | None = None
) -> Iterator[pl.DataFrame]:
    """Yield the rows of a stream of tab-separated lines, 8 MiB at a time; ``.`` is null."""
    rest = b""
    while block := stream.read(BLOCK):
        cut = block.rfind(b"\n") + 1
        if cut:
            yield _frame(rest + block[:cut], schema, columns)
            rest = block[cut:]
        else:
            rest += block
    if rest:
        yield _frame(rest, schema, columns)


def _frame(text: bytes, schema: Schema, columns: Sequence[str] | None) -> pl.DataFrame:
    indexes = None if columns is None else [list(schema).index(name) for name in columns]
    return pl.read_csv(
        text,
        has_header=False,
        separator="\t",
        quote_char=None,
        null_values=".",
        schema=dict(schema),
        columns=indexes,
    )


class Shards:
    """Frames kept by chromosome, in the order in which they came: on disk when there are many.

    What is on disk is mapped into memory when it is read: the folder must last as long.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._parts: dict[Chromosome, list[pl.DataFrame | Path]] = {}
        self._rows: dict[Chromosome, int] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Keep a frame with a ``chromosome`` column."""
        for (name,), part in frame.partition_by(
            "chromosome", as_dict=True, maintain_order=True
        ).items():
            self.put(Chromosome(str(name)), part.drop("chromosome"))

    def put(self, chromosome: Chromosome, frame: pl.DataFrame) -> None:
        """Keep a frame of one chromosome."""
        parts = self._parts.setdefault(chromosome, [])
        self._rows[chromosome] = self.rows(chromosome) + frame.height
        if sum(self._rows.values()) <= _IN_MEMORY:
            parts.append(frame)
            return
        path = self._folder / f"{chromosome}.{len(parts)}.arrow"
        frame.write_ipc(path, compression="uncompressed")
        parts.append(path)

    def rows(self, chromosome: Chromosome) -> int:
        """Return the number of a chromosome's rows."""
        return self._rows.get(chromosome, 0)

    def read(self, *chromosomes: Chromosome) -> pl.DataFrame | None:
        """Return the rows of chromosomes, one after the other, or None when they have none."""
        parts = [part for chromosome in chromosomes for part in self._parts.get(chromosome, [])]
        frames = [
            pl.read_ipc(part, memory_map=True) if isinstance(part, Path) else part for part in parts
        ]
        return pl.concat(frames) if frames else None
