"""Sources of gnomAD's and ClinVar's real sizes, packed and as Parquet, and alleles to look up.

    join/     4.6 million alleles of a genome; 50 million rows of frequencies
    small/    100,000 alleles of an exome; 1 million rows, part of the others
    large/    the same alleles; the 50 million rows
    delta/    3.5 million rows twice: 1 % come, 1 % go, 1 % say something else

Each folder has ``wanted.parquet``, the packs and ``source.parquet`` with the same rows and columns
(``delta``: ``old`` and ``new``). 87 % of alleles are SNVs; 95 % of those looked up are there. Drawn
a chromosome at a time. ``python -m benchmarks.packs FOLDER SIZE``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from benchmarks.releases import drawn_alleles
from varinterp.model.chromosome import Chromosome
from varinterp.sources.gnomad import VALUES, FrequencyWriter
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.pack import Column, PackWriter
from varinterp.sources.row_digest import row_digests

ROWS, GENOME, EXOME, SMALL, CLINVAR = 50_000_000, 4_600_000, 100_000, 1_000_000, 3_500_000
SEED = 20_241_122
_CHROMOSOMES = tuple(Chromosome)[:23]
_KNOWN = 0.95
_GROUPS = ("afr", "amr", "eas", "nfe", "sas")
_MOVED = 0.01
_WORDS = pl.Series([f"significance_{number}" for number in range(9)])
ASSERTED = ("significance", "stars", "conditions", "name")


def make(folder: Path, size: float) -> None:
    """Write every input in `folder`."""
    rng = np.random.default_rng(SEED)
    _frequencies(folder, size, rng)
    _changes(folder / "delta", int(CLINVAR * size), rng)


def _frequencies(folder: Path, size: float, rng: np.random.Generator) -> None:
    for name in ("join", "small"):
        (folder / name).mkdir(parents=True)
    genome, exome = [], []
    with (
        FrequencyWriter(folder / "join", _GROUPS, ()) as whole,
        FrequencyWriter(folder / "small", _GROUPS, ()) as part,
        _Parquet(folder / "join" / "source.parquet") as whole_table,
        _Parquet(folder / "small" / "source.parquet") as part_table,
    ):
        for chromosome, share in _shares():
            rows = _rows(chromosome, int(ROWS * size * share), rng)
            novel = _novel(chromosome, rows, int(GENOME * size * share * (1 - _KNOWN)), rng)
            known = rng.random(rows.height) < GENOME * _KNOWN / ROWS
            few = known & (rng.random(rows.height) < EXOME / GENOME)
            small = few | (rng.random(rows.height) < (SMALL - EXOME * _KNOWN) / ROWS)
            genome.append(pl.concat([_alleles(rows.filter(known)), novel]).sort("key"))
            sample = novel.filter(pl.Series(rng.random(novel.height) < EXOME / GENOME))
            exome.append(pl.concat([_alleles(rows.filter(few)), sample]).sort("key"))
            for writer, table, kept in (
                (whole, whole_table, rows), (part, part_table, rows.filter(small)),
            ):  # fmt: skip
                writer.write(chromosome, kept)
                table.write(kept.select("key", "ref", "alt", *VALUES))
    pl.concat(genome).write_parquet(folder / "join" / "wanted.parquet")
    for name in ("small", "large"):
        (folder / name).mkdir(exist_ok=True)
        pl.concat(exome).write_parquet(folder / name / "wanted.parquet")
    for name in ("frequencies.pack", "source.parquet"):
        (folder / "large" / name).symlink_to(Path("..") / "join" / name)


def _changes(folder: Path, count: int, rng: np.random.Generator) -> None:
    columns = (Column(DIGEST, "uint64"),)
    with (
        PackWriter(folder / "old", columns) as old,
        PackWriter(folder / "new", columns) as new,
        _Parquet(folder / "old.parquet") as old_table,
        _Parquet(folder / "new.parquet") as new_table,
    ):
        for chromosome, share in _shares():
            alleles = _asserted(drawn_alleles(chromosome, int(count * share), rng), rng)
            moved = _WORDS.gather(rng.integers(5, 9, alleles.height))
            change = rng.random(alleles.height)
            after = alleles["significance"].zip_with(pl.Series(change >= _MOVED), moved)
            for writer, table, kept, words in (
                (old, old_table, change < 1 - _MOVED, alleles["significance"]),
                (new, new_table, (change < 1 - 2 * _MOVED) | (change >= 1 - _MOVED), after),
            ):
                rows = alleles.with_columns(words.alias("significance")).filter(pl.Series(kept))
                told = rows.with_columns(row_digests(rows, ASSERTED))
                writer.write(chromosome, told)
                table.write(told.select("key", "ref", "alt", *ASSERTED, DIGEST))


def _asserted(alleles: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add what a ClinVar-like source says of each allele."""
    count = alleles.height
    return alleles.with_columns(
        significance=_WORDS.gather(rng.integers(0, 5, count)),
        stars=pl.Series(rng.integers(0, 5, count).astype(np.int8)),
        conditions=pl.format("condition {}", pl.Series(rng.integers(0, 20_000, count))),
        name=pl.format("NC_0000.11:g.{}{}>{}", "position", "ref", "alt"),
    )


def _shares() -> Iterator[tuple[Chromosome, float]]:
    whole = sum(chromosome.length for chromosome in _CHROMOSOMES)
    for chromosome in _CHROMOSOMES:
        yield chromosome, chromosome.length / whole


def _alleles(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("key", "ref", "alt")


def _novel(
    chromosome: Chromosome, rows: pl.DataFrame, count: int, rng: np.random.Generator
) -> pl.DataFrame:
    drawn = drawn_alleles(chromosome, count, rng)
    return _alleles(drawn.join(rows, on=["key", "ref", "alt"], how="anti", maintain_order="left"))


def _rows(chromosome: Chromosome, count: int, rng: np.random.Generator) -> pl.DataFrame:
    alleles = drawn_alleles(chromosome, count, rng)
    count = alleles.height
    ac = np.minimum(rng.zipf(1.4, count), 150_000).astype(np.int32)
    an = rng.integers(200_000, 1_600_000, count).astype(np.int32)
    group = pl.Series(_GROUPS).gather(rng.integers(0, 5, count))
    failed = pl.Series(rng.random(count) < 0.03)
    counts = {
        f"{measure}_{each}": pl.lit(7, pl.Int32) for each in _GROUPS for measure in ("ac", "an")
    }
    return alleles.with_columns(
        ac=pl.Series(ac), an=pl.Series(an), af=pl.Series(ac / an),
        faf95=pl.Series(ac * 0.7 / an), faf95_group=group,
        group_max_af=pl.Series(ac * 1.3 / an), nhomalt=pl.Series(ac // 90),
        hemizygotes=pl.lit(0, pl.Int32),
        filters=pl.when(failed).then(pl.lit("AS_VQSR")).otherwise(pl.lit("PASS")),
        constructed=pl.lit(value=True), **counts,
    )  # fmt: skip


class _Parquet:
    """A Parquet file written a piece at a time, as DuckDB likes it: sorted, rows in groups."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> "_Parquet":
        return self

    def write(self, rows: pl.DataFrame) -> None:
        """Add rows."""
        table = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd")  # type: ignore[no-untyped-call]
        self._writer.write_table(table, row_group_size=122_880)  # type: ignore[no-untyped-call]

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    make(Path(sys.argv[1]), float(sys.argv[2]))
