"""Who has a copy number, by the sample columns of its record: GT, and CN where GT is silent.

The copies that a person should have are two, one where a man has one X or Y, and none of a woman's
Y; on X and Y of somebody of unknown sex a count of copies says nothing.
"""

from collections.abc import Mapping

import polars as pl

from varinterp.model.chromosome import Chromosome, pseudoautosomal_regions
from varinterp.model.copy_number import Change
from varinterp.model.family import Sex
from varinterp.sources.vcf_rows import sample_column

CALLS_SCHEMA = {
    "chromosome": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "change": pl.String,
    "sample": pl.Int64,
    "carries": pl.Boolean,
    "copies": pl.Int64,
    "line": pl.Int64,
}
"""One row a copy number and sample; `carries` is null where the person was not called, `copies`
where nobody counted."""

_X, _Y = Chromosome.X.value, Chromosome.Y.value


def copy_number_calls(records: pl.DataFrame, sexes: Mapping[int, Sex]) -> pl.DataFrame:
    """Return the calls of the samples of these indices, as `CALLS_SCHEMA`.

    A counted stretch (``<CNV>``) is asked twice, as a loss and as a gain.
    """
    changes = _changes(records)
    found = [
        _calls(part, str(layout), sample, sex)
        for (layout,), part in changes.group_by("FORMAT", maintain_order=True)
        for sample, sex in sexes.items()
    ]
    if not found:
        return pl.DataFrame(schema=CALLS_SCHEMA)
    return pl.concat(found)


def _changes(records: pl.DataFrame) -> pl.DataFrame:
    counted = pl.col("type") == "CNV"
    change = (
        pl.when(counted)
        .then(pl.lit([each.value for each in Change]))
        .otherwise(pl.concat_list("type"))
    )
    return records.with_columns(change.alias("change")).explode("change", empty_as_null=False)


def _calls(rows: pl.DataFrame, layout: str, sample: int, sex: Sex) -> pl.DataFrame:
    fields = pl.col(sample_column(sample)).str.split(":")
    keys = layout.split(":")
    genotype, count = (_field(fields, keys, name) for name in ("GT", "CN"))
    called = rows.with_columns(
        _expected(sex).alias("expected"),
        # Each allele number between slashes of its own: "0/1" is "/0//1/".
        ("/" + genotype.str.replace_all(r"[/|]", "//") + "/").alias("gt"),
        count.cast(pl.Int64, strict=False).alias("cn"),
    ).with_columns(
        pl.col("gt")
        .str.count_matches("/" + pl.col("allele").cast(pl.String) + "/", literal=True)
        .cast(pl.Int64)
        .alias("n"),
        (pl.col("gt").is_null() | pl.col("gt").str.contains("/./", literal=True)).alias("silent"),
    )
    return called.select(
        "chromosome",
        "start",
        "end",
        "change",
        pl.lit(sample, pl.Int64).alias("sample"),
        _carries().alias("carries"),
        _copies().alias("copies"),
        "line",
    )


def _field(fields: pl.Expr, keys: list[str], name: str) -> pl.Expr:
    if name not in keys:
        return pl.lit(None, pl.String)
    return fields.list.get(keys.index(name), null_on_oob=True)


def _carries() -> pl.Expr:
    """By GT where it speaks of the allele; by CN of a counted stretch, or where GT is silent."""
    loss = pl.col("change") == Change.LOSS.value
    by_count = (
        pl.when(loss)
        .then(pl.col("cn") < pl.col("expected"))
        .otherwise(pl.col("cn") > pl.col("expected"))
    )
    return (
        pl.when(pl.col("type") == "CNV")
        .then(by_count)
        .when(pl.col("n") > 0)
        .then(pl.lit(True))
        .when(pl.col("silent"))
        .then(by_count)
        .otherwise(pl.lit(False))
    )


def _copies() -> pl.Expr:
    """Counted; or, of a loss, what the genotype leaves of the expected copies."""
    left = pl.col("expected") - pl.col("n")
    by_genotype = (
        pl.when(
            (pl.col("change") == Change.LOSS.value)
            & (pl.col("type") == "DEL")
            & ~pl.col("silent")
            & (left >= 0)
        )
        .then(left)
        .otherwise(pl.lit(None, pl.Int64))
    )
    return pl.coalesce(pl.col("cn"), by_genotype)


def _expected(sex: Sex) -> pl.Expr:
    shared = pl.lit(False)
    for chromosome in (Chromosome.X, Chromosome.Y):
        for start, end in pseudoautosomal_regions(chromosome):
            inside = (pl.col("start") >= start) & (pl.col("end") <= end)
            shared |= (pl.col("chromosome") == chromosome.value) & inside
    of_x, of_y = {Sex.MALE: (1, 1), Sex.FEMALE: (2, 0)}.get(sex, (None, None))
    return (
        pl.when((pl.col("chromosome") == _X) & ~shared)
        .then(pl.lit(of_x, pl.Int64))
        .when((pl.col("chromosome") == _Y) & ~shared)
        .then(pl.lit(of_y, pl.Int64))
        .otherwise(pl.lit(2, pl.Int64))
    )
