"""The sources of `genome`, built into releases as varinterp keeps them."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.genome import CHROMOSOMES
from varinterp.model.chromosome import Chromosome
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.gnomad import FrequencyWriter, group_column
from varinterp.sources.gnomad_covered import COVERED, COVERED_SCHEMA

_GROUPS = ("afr", "amr", "eas", "nfe", "sas")
_MISSENSE = pl.DataFrame(
    schema={
        "transcript": pl.String, "codon": pl.Int32, "ref_aa": pl.String, "alt_aa": pl.String,
        "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
    }
)  # fmt: skip
"""No substitution of these sources is in a gene."""


def make(folder: Path) -> None:
    """Write ``gnomad/`` and ``clinvar/`` from the tables of `folder`."""
    with FrequencyWriter(folder / "gnomad", _GROUPS, ()) as frequencies:
        for chromosome, rows in _chromosomes(folder / "gnomad.parquet"):
            frequencies.write(chromosome, rows.with_columns(_frequency_columns()))
    spans = {
        "chromosome": [chromosome.value for chromosome in CHROMOSOMES],
        "start": [1] * len(CHROMOSOMES),
        "end": [chromosome.length for chromosome in CHROMOSOMES],
        "note": ["everywhere"] * len(CHROMOSOMES),
        "constructed": [True] * len(CHROMOSOMES),
    }
    pq.write_table(pa.table(spans, COVERED_SCHEMA), folder / "gnomad" / COVERED)  # type: ignore[no-untyped-call]
    (folder / "clinvar").mkdir()
    with AlleleWriter(folder / "clinvar") as assertions:
        for chromosome, rows in _chromosomes(folder / "clinvar.parquet"):
            assertions.write(chromosome, rows.with_columns(_assertion_columns()), _MISSENSE)


def _chromosomes(table: Path) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    for one in CHROMOSOMES:
        rows = pl.scan_parquet(table).filter(chromosome=one.value)
        yield one, rows.sort("key", "ref", "alt").collect()


def _frequency_columns() -> list[pl.Expr]:
    zero = pl.lit(0, pl.Int32)
    return [
        pl.lit(None, pl.Float64).alias("group_max_af"),
        zero.alias("hemizygotes"),
        pl.lit("PASS").alias("filters"),
        pl.lit(True).alias("constructed"),
        *(
            zero.alias(group_column(measure, group))
            for group in _GROUPS
            for measure in ("ac", "an")
        ),
    ]


def _assertion_columns() -> list[pl.Expr]:
    nothing = {name: pl.lit(None, pl.Int16).alias(name) for name in ("margin", "robustness")}
    return [
        pl.concat_list("significance").alias("significance"),
        pl.col("condition").alias("conditions"),
        pl.lit(None, pl.String).alias("rsid"),
        pl.lit(None, pl.String).alias("name"),
        pl.lit("").alias("citation"),
        pl.int_range(pl.len()).cast(pl.UInt32).alias("variation"),
        pl.lit(None, pl.String).alias("resolved"),
        pl.lit(None, pl.Int8).alias("resolved_stars"),
        *nothing.values(),
    ]
