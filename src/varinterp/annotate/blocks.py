"""What a gVCF's reference blocks say of alleles that its person was not called with.

In a gVCF an allele's absence can mean that its reads were looked at: a called reference block
spans the whole of REF. Anything less, a gap, a filtered block, no reads or GQ 0 (the genotype
might as well be another), leaves the person's genotype missing.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.columns import Shards, frames
from varinterp.model.chromosome import Chromosome

Ints = NDArray[np.int64]
_UNKNOWN = -1
_REFERENCE = ("0/0", "0|0", "0")


def shard_blocks(table: Path, people: int, folder: Path) -> Shards:
    """Read a VCF's table of blocks; keep those of primary chromosomes, one row a block.

    Columns: ``start``, ``end`` and for each person ``{n}.gt`` (null unless a believed reference
    call), ``{n}.depth`` and ``{n}.quality``, with n the person's place among `people`.
    """
    shards = Shards(folder)
    schema: dict[str, type[pl.DataType]] = {
        "chrom": pl.String, "start": pl.Int32, "ref": pl.String, "end": pl.Int32,
        "filter": pl.String,
    }  # fmt: skip
    for index in range(people):
        numbers = dict.fromkeys(("len", "min_dp", "dp"), pl.Int32) | {"gq": pl.Float32}
        schema |= {f"{index}.gt": pl.String}
        schema |= {f"{index}.{name}": kind for name, kind in numbers.items()}
    with table.open("rb") as stream:
        for frame in frames(stream, schema):
            shards.add(_blocks(frame, people))
    return shards


def _blocks(frame: pl.DataFrame, people: int) -> pl.DataFrame:
    names = {name: Chromosome.parse(name) for name in frame["chrom"].unique()}
    primary = {name: chromosome.value for name, chromosome in names.items() if chromosome}
    spans = [pl.col("start") - 1 + pl.col(f"{index}.len") for index in range(people)]
    own = pl.col("start") - 1 + pl.col("ref").str.len_bytes().cast(pl.Int32)
    return frame.filter(pl.col("chrom").is_in(list(primary))).select(
        pl.col("chrom").replace_strict(primary, return_dtype=pl.String).alias("chromosome"),
        "start",
        pl.max_horizontal(own, pl.col("end"), *spans).alias("end"),
        *(column for index in range(people) for column in _call(index)),
    )  # fmt: skip


def _call(index: int) -> Sequence[pl.Expr]:
    depth = pl.coalesce(f"{index}.min_dp", f"{index}.dp")
    quality = pl.col(f"{index}.gq").round().cast(pl.Int32)
    believed = (
        pl.col(f"{index}.gt").is_in(_REFERENCE)
        & (pl.col("filter").is_null() | (pl.col("filter") == "PASS"))
        & (depth.is_null() | (depth > 0))
        & (quality.is_null() | (quality > 0))
    )
    return (
        pl.when(believed).then(pl.col(f"{index}.gt").str.replace("|", "/", literal=True))
        .alias(f"{index}.gt"),
        depth.alias(f"{index}.depth"),
        quality.alias(f"{index}.quality"),
    )  # fmt: skip


def reference_calls(blocks: pl.DataFrame, index: int, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return one row an allele: ``gt``, ``depth``, ``quality``, null where no block covers it.

    `alleles` has ``position`` and ``ref``. Depth and quality are the lowest along the allele.
    """
    called = blocks.filter(pl.col(f"{index}.gt").is_not_null()).sort("start")
    if called.is_empty():
        return pl.DataFrame(
            {name: pl.Series([None] * alleles.height, dtype=kind) for name, kind in _CALL.items()}
        )
    starts = _ints(called["start"])
    ends = np.maximum.accumulate(_ints(called["end"]))
    first_base = _ints(alleles["position"])
    last_base = first_base + _ints(alleles["ref"].str.len_bytes()) - 1
    first = np.searchsorted(starts, first_base, side="right") - 1
    last = np.searchsorted(starts, last_base, side="right") - 1
    gaps = np.concatenate(([0], np.cumsum(starts[1:] > ends[:-1] + 1)))
    covered = (
        (first >= 0)
        & (ends[first] >= first_base)
        & (ends[last] >= last_base)
        & (gaps[first] == gaps[last])
    )
    chosen = np.where(covered, first, 0)
    through = np.where(covered, last, 0)
    found = pl.DataFrame(
        {
            "gt": called[f"{index}.gt"].gather(chosen),
            "depth": _lowest(called[f"{index}.depth"], chosen, through),
            "quality": _lowest(called[f"{index}.quality"], chosen, through),
        }
    )
    return found.select(
        pl.when(pl.Series(covered)).then(pl.col(name)).alias(name) for name in _CALL
    )


_CALL: dict[str, Any] = {"gt": pl.String, "depth": pl.Int32, "quality": pl.Int32}


def _ints(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy()


def _lowest(values: pl.Series, first: Ints, last: Ints) -> pl.Series:
    """Return the lowest of values[first..last] for each pair; null where one is unknown."""
    known = np.append(_ints(values.fill_null(_UNKNOWN)), 0)
    if not first.size:
        return pl.Series([], dtype=pl.Int32)
    bounds = np.column_stack((first, last + 1)).ravel()
    lowest = pl.Series(np.minimum.reduceat(known, bounds)[::2], dtype=pl.Int64)
    return lowest.replace(_UNKNOWN, None).cast(pl.Int32)
