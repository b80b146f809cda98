"""Reading tab-separated output of bcftools into frames, block by block, so that memory is bounded.

Frames of a chromosome wait on disk (`Shards`) until every file of the family was read.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import polars as pl

from varinterp.model.chromosome import Chromosome

BLOCK = 8 << 20
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
    """Frames kept on disk by chromosome, in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._parts: dict[Chromosome, list[Path]] = {}

    def add(self, frame: pl.DataFrame) -> None:
        """Keep a frame with a ``chromosome`` column."""
        for (name,), part in frame.partition_by(
            "chromosome", as_dict=True, maintain_order=True
        ).items():
            parts = self._parts.setdefault(Chromosome(str(name)), [])
            path = self._folder / f"{name}.{len(parts)}.arrow"
            part.drop("chromosome").write_ipc(path, compression="lz4")
            parts.append(path)

    @property
    def chromosomes(self) -> set[Chromosome]:
        """The chromosomes that have rows."""
        return set(self._parts)

    def read(self, chromosome: Chromosome) -> pl.DataFrame | None:
        """Return a chromosome's rows, or None when it has none."""
        parts = self._parts.get(chromosome)
        if not parts:
            return None
        return pl.concat([pl.read_ipc(path, memory_map=False) for path in parts])
