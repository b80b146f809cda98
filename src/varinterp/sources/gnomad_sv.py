"""gnomAD's structural variants (sites VCF, v4) as losses and gains with their counts.

Read for this: gnomAD's description of its SV release 4.1 (GRCh38; ALT ``<DEL>``, ``<DUP>``, …; INFO
SVTYPE, END, AC, AN, AF; FILTER PASS or why not) and public rows of it. Multiallelic copy-number
sites (``<CNV>``), insertions, inversions and complex events are set aside by their type.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.link_changes import changes_table
from varinterp.sources.parquet import read_frame, write_table
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.sites_vcf import read_sites

POPULATION_SV = "gnomad_sv"
COPIES = "copies.parquet"
COPIES_SCHEMA = pa.schema(
    [
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("change", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("ac", pa.int32(), nullable=False),
        pa.field("an", pa.int32(), nullable=False),
        pa.field("af", pa.float64(), nullable=False),
    ]
)
"""In genome order. `start` and `end` are 1-based inclusive; `change` is DEL or DUP."""

FILTERED, NO_COUNTS = "filtered", "no_counts"
_TYPES = {"SVTYPE": pl.String, "END": pl.Int64, "AC": pl.Int64, "AN": pl.Int64, "AF": pl.Float64}
_KEPT = ["DEL", "DUP"]
_KNOWN = (*_KEPT, "CNV", "MCNV", "INS", "INV", "CPX", "CTX", "BND")


def build_population_copies(paths: tuple[Path, ...], folder: Path) -> tuple[int, Counter[str]]:
    """Write ``copies.parquet``; return its rows and what was set aside.

    Raises ReleaseError for a type that is not known, an END before POS, and a file without counts.
    """
    aside: Counter[str] = Counter()
    blocks = [block for path in paths for block in _read(path, aside)]
    if not blocks:
        raise ReleaseError("the files hold no loss or gain that passed")
    codes = {chromosome.value: chromosome.code for chromosome in Chromosome}
    order = pl.col("chromosome").replace_strict(codes, return_dtype=pl.Int8)
    table = pl.concat(blocks).sort(order, "start", "end", "change", "id")
    twice = table.filter(pl.col("id").is_duplicated())
    if twice.height:
        raise ReleaseError(f"{twice['id'][0]} is there twice")
    arrow = table.select(COPIES_SCHEMA.names).to_arrow().cast(COPIES_SCHEMA)
    return write_table(arrow, folder / COPIES), aside


def read_population_copies(folder: Path) -> pl.DataFrame:
    """Read a release."""
    return read_frame(folder / COPIES, COPIES_SCHEMA)


def look_up_population_copy(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says under its own id; None when nothing."""
    return _by_id(folder).get(key)


def changed_population_copies(old: Path, new: Path) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, by id; no recorded read has such a key."""
    return changes_table(
        POPULATION_SV, changed_rows(_by_id(old), _by_id(new), _text, lambda one, other: iter(()))
    )


def _read(path: Path, aside: Counter[str]) -> Iterator[pl.DataFrame]:
    sites = read_sites(path, _TYPES)
    for block in sites:
        unknown = block.filter(~pl.col("SVTYPE").is_in(_KNOWN) | pl.col("SVTYPE").is_null())
        if unknown.height:
            line, word = unknown.select("line", "SVTYPE").row(0)
            raise ReleaseError(f"{path.name}:{line}: SVTYPE {str(word)[:40]!r} is not known")
        for kind, count in block.group_by("SVTYPE").len().iter_rows():
            if kind not in _KEPT:
                aside[kind.lower()] += count
        yield _rows(path, block.filter(pl.col("SVTYPE").is_in(_KEPT)), aside)
    aside.update(sites.set_aside)


def _rows(path: Path, rows: pl.DataFrame, aside: Counter[str]) -> pl.DataFrame:
    passed = rows.filter(pl.col("filter") == "PASS")
    aside[FILTERED] += rows.height - passed.height
    counted = passed.drop_nulls(["AC", "AN", "AF"])
    aside[NO_COUNTS] += passed.height - counted.height
    wrong = counted.filter(
        pl.col("END").is_null() | (pl.col("END") <= pl.col("position")) | pl.col("id").is_null()
    )
    if wrong.height:
        raise ReleaseError(f"{path.name}:{wrong['line'][0]}: no id, or no END after POS")
    return counted.select(
        "chromosome",
        (pl.col("position") + 1).cast(pl.Int32).alias("start"),
        pl.col("END").cast(pl.Int32).alias("end"),
        pl.col("SVTYPE").alias("change"),
        "id",
        pl.col("AC").cast(pl.Int32).alias("ac"),
        pl.col("AN").cast(pl.Int32).alias("an"),
        pl.col("AF").alias("af"),
    )


def _by_id(folder: Path) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in read_population_copies(folder).iter_rows(named=True)}


def _text(row: Mapping[str, Any]) -> str:
    place = f"{row['chromosome']}-{row['start']}-{row['end']}-{row['change']}"
    return f"{place} AF {row['af']:.6g} ({row['ac']}/{row['an']})"
