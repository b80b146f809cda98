"""What differs in genes and diseases between two ClinVar releases: those of changed alleles.

They are keys derived from the changes of alleles: a gene or disease has a change of each kind that
one of its alleles has, and the number of those alleles. An allele counts for the genes and diseases
that either release names. Of a release without `PLACES` none is known, so that its alleles give no
such change; and an allele that ClinVar only files elsewhere has not changed itself, and gives none.
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from varinterp.sources.clinvar_places import PLACES
from varinterp.sources.row_groups import read_rows

SOURCES = {"genes": "clinvar.gene", "diseases": "clinvar.disease"}


def place_changes(old: Path, new: Path, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the changes of genes and diseases.

    `parts` have the changes of alleles: ``kind``, ``old_row`` and ``new_row``, the rows of the
    allele in the two releases, null where a release has it not; every kind of an allele is in one
    part.
    """
    counted = [
        _counted(part, column, {"old_row": old, "new_row": new})
        for part in parts
        for column in SOURCES
    ]
    alleles = pl.concat([_NOTHING, *counted]).group_by("source", "id", "kind").agg(
        pl.col("alleles").sum()
    )  # fmt: skip
    word = pl.when(pl.col("alleles") == 1).then(pl.lit("allele")).otherwise(pl.lit("alleles"))
    return alleles.select(
        "source",
        pl.col("id").alias("key"),
        "kind",
        pl.lit(None, pl.String).alias("before"),
        pl.format("{} {}", "alleles", word).alias("after"),
        pl.lit(None, pl.UInt64).alias("allele_key"),
    )


_NOTHING = pl.DataFrame(
    schema={"source": pl.String, "id": pl.String, "kind": pl.String, "alleles": pl.UInt32}
)


def _counted(part: pl.DataFrame, column: str, folders: dict[str, Path]) -> pl.DataFrame:
    """Count the alleles of each gene or disease by kind."""
    changes = part.with_row_index("change")
    found = [
        changes.join(_ids(folder, part[row], column), left_on=row, right_on="row").select(
            "change", "kind", "id"
        )
        for row, folder in folders.items()
    ]
    inside = pl.concat(found).unique(["change", "id"])
    return (
        inside.group_by("id", "kind")
        .agg(pl.len().cast(pl.UInt32).alias("alleles"))
        .select(pl.lit(SOURCES[column]).alias("source"), "id", "kind", "alleles")
    )


def _ids(folder: Path, rows: pl.Series, column: str) -> pl.DataFrame:
    """Return ``row`` and ``id``, one row a gene or disease of the alleles in some rows."""
    wanted = rows.drop_nulls().unique().sort().alias("row")
    if not (folder / PLACES).exists() or wanted.is_empty():
        return pl.DataFrame(schema={"row": pl.Int64, "id": pl.String})
    lists = read_rows(folder / PLACES, wanted, [column])[column]
    named = pl.DataFrame([wanted, lists.alias("id")])
    return named.explode("id", empty_as_null=True).drop_nulls("id")
