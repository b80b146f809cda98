"""gnomAD's tables of every position, as the stretches that were looked at well enough.

Two forms, both sorted, one line a position ``chr1:10001`` under ``locus``. Read for this: the
header of gnomAD 4.0's exome coverage (``locus mean median_approx total_DP over_1 … over_100``,
shares of people with at least that depth), and lines of gnomAD 4.1's allele numbers (genomes:
``locus AN``; exomes: more columns after AN). A position that a table lacks was not looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.gnomad_settings import CoverageLimits
from varinterp.sources.lines import shown
from varinterp.sources.text_blocks import TextBlock, text_blocks

_LOCUS, _NUMBER = "locus", "AN"
_SPAN = {"chromosome": pl.String, "start": pl.Int32, "end": pl.Int32}
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the values of a table stand, and from which one on a position is covered."""

    path: Path
    header: tuple[str, ...]
    column: str
    least: float


def read_covered(path: Path, limits: CoverageLimits) -> pl.DataFrame:
    """Return ``chromosome``, ``start`` and ``end`` of a table's covered stretches, in its order.

    Raises ReleaseError, with the line, for a table of neither form, and for positions out of order.
    """
    cut = pl.concat([pl.DataFrame(schema=_SPAN), *_by_block(path, limits)])
    begins = (pl.col("chromosome") != pl.col("chromosome").shift(1)) | (
        pl.col("start") != pl.col("end").shift(1) + 1
    )
    return (
        cut.with_columns(begins.fill_null(True).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(pl.col("chromosome").first(), pl.col("start").first(), pl.col("end").last())
        .drop("run")
    )


def _by_block(path: Path, limits: CoverageLimits) -> Iterator[pl.DataFrame]:
    """Yield stretches, cut where a block of the file ends."""
    table: _Table | None = None
    last: tuple[str, int] | None = None
    for block in text_blocks(path):
        if table is None:
            table, block = _opened(path, block, limits)
        rows = _rows(block, table)
        for part in rows.partition_by("contig", maintain_order=True):
            _check_order(part, last, path)
            last = part["contig"][-1], part["position"][-1]
            chromosome = Chromosome.parse(last[0])
            if chromosome is not None:
                yield _stretches(part, chromosome, table)
    if table is None:
        raise ReleaseError(f"{path.name} is empty")


def _opened(path: Path, block: TextBlock, limits: CoverageLimits) -> tuple[_Table, TextBlock]:
    first, _, rest = block.data.partition(b"\n")
    header = tuple(first.decode().lstrip("#").rstrip("\r").split("\t"))
    depth = f"over_{limits.depth}"
    if header[0] == _LOCUS and depth in header:
        return _Table(path, header, depth, limits.share), TextBlock(rest, block.line + 1)
    if header[0] == _LOCUS and _NUMBER in header:
        return _Table(path, header, _NUMBER, limits.alleles), TextBlock(rest, block.line + 1)
    raise ReleaseError(
        f"{path.name}:1: neither a table of coverage (locus, {depth}) nor of allele numbers "
        f"(locus, {_NUMBER})"
    )


def _rows(block: TextBlock, table: _Table) -> pl.DataFrame:
    """Return ``contig``, ``position``, ``value`` and ``line`` of a block."""
    if not block.data:
        return pl.DataFrame(schema={"contig": pl.String, "position": pl.Int64, "line": pl.Int64})
    try:
        cells = pl.read_csv(
            block.data,
            has_header=False,
            separator="\t",
            quote_char=None,
            schema={name: pl.String for name in table.header},
            columns=[0, table.header.index(table.column)],
        )
    except pl.exceptions.PolarsError as error:
        raise ReleaseError(f"{table.path.name}, from line {block.line}: {error}") from error
    rows = _placed(cells).with_columns(
        pl.col(table.column).cast(pl.Float64, strict=False).alias("value"),
        (pl.int_range(pl.len()) + block.line).alias("line"),
    )
    bad = rows.filter(pl.any_horizontal(pl.col("contig", "position", "value").is_null()))
    if bad.height:
        what = shown(f"{bad[_LOCUS][0]} {bad[table.column][0]}")
        raise ReleaseError(f"{table.path.name}:{bad['line'][0]}: {what} is no position and number")
    return rows


def _placed(cells: pl.DataFrame) -> pl.DataFrame:
    """Split ``chr1:10001``; a block is nearly always of one chromosome."""
    contig = str(cells[_LOCUS][0]).partition(":")[0]
    locus = pl.col(_LOCUS)
    alone = cells.with_columns(
        pl.lit(contig).alias("contig"),
        locus.str.strip_prefix(f"{contig}:").cast(pl.Int64, strict=False).alias("position"),
    )
    if not alone["position"].null_count():
        return alone
    return cells.with_columns(
        locus.str.extract("^([^:]+):").alias("contig"),
        locus.str.extract(":([0-9]+)$").cast(pl.Int64, strict=False).alias("position"),
    )


def _check_order(rows: pl.DataFrame, last: tuple[str, int] | None, path: Path) -> None:
    positions = rows["position"].to_numpy()
    before = last[1] if last is not None and last[0] == rows["contig"][0] else 0
    wrong = np.flatnonzero(np.diff(positions, prepend=before) <= 0)
    if wrong.size:
        line = rows["line"][int(wrong[0])]
        raise ReleaseError(f"{path.name}:{line}: positions are not in order, or there twice")


def _stretches(rows: pl.DataFrame, chromosome: Chromosome, table: _Table) -> pl.DataFrame:
    positions: Ints = rows.filter(pl.col("value") >= table.least)["position"].to_numpy()
    if positions.size and positions[-1] > chromosome.length:
        raise ReleaseError(f"{table.path.name}: {positions[-1]} is outside {chromosome}")
    breaks = np.flatnonzero(np.diff(positions) != 1)
    starts = positions[np.concatenate([[0], breaks + 1])] if positions.size else positions
    ends = positions[np.concatenate([breaks, [-1]])] if positions.size else positions
    return pl.DataFrame(
        {
            "chromosome": [chromosome.value] * starts.size,
            "start": starts.astype(np.int32),
            "end": ends.astype(np.int32),
        },
        schema=_SPAN,
    )
