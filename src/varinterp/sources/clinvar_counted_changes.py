"""What differs between two ClinVar releases at places of transcripts that hold comparators."""

import polars as pl

from varinterp.model.change import ChangeKind


def counted_changes(
    source: str, key: str, moved: pl.DataFrame, counts: tuple[pl.DataFrame, pl.DataFrame], said: str
) -> pl.DataFrame:
    """Return the changes of the places in `moved`, in its order, as `CHANGES_SCHEMA`.

    `moved` has the columns of a place, `key` their form as reads name it; `counts` have the places
    of the old and of the new release with ``alleles``, and ``pathogenic``: how many of them are
    called (likely) pathogenic and nothing else. ADDED and REMOVED where alleles came or went
    altogether, CLASS_UP and CLASS_DOWN by the number of pathogenic ones, else RESTATED. `said` is
    the form in which a release's two numbers are told.
    """
    place, (before, after) = moved.columns, counts
    rows = moved.join(before, on=place, how="left").join(after, on=place, how="left", suffix="_new")
    return rows.select(
        pl.lit(source).alias("source"),
        pl.format(key, *place).alias("key"),
        _kind().alias("kind"),
        _text(said, "").alias("before"),
        _text(said, "_new").alias("after"),
        pl.lit(None, pl.UInt64).alias("allele_key"),
    )


def _kind() -> pl.Expr:
    was, now = pl.col("pathogenic"), pl.col("pathogenic_new")
    kinds = (
        (pl.col("alleles").is_null(), ChangeKind.ADDED),
        (pl.col("alleles_new").is_null(), ChangeKind.REMOVED),
        (now > was, ChangeKind.CLASS_UP),
        (now < was, ChangeKind.CLASS_DOWN),
    )
    found = pl.coalesce(pl.when(when).then(pl.lit(kind.value)) for when, kind in kinds)
    return found.fill_null(ChangeKind.RESTATED.value)


def _text(said: str, suffix: str) -> pl.Expr:
    alleles, pathogenic = pl.col(f"alleles{suffix}"), pl.col(f"pathogenic{suffix}")
    return pl.when(alleles.is_not_null()).then(pl.format(said, alleles, pathogenic))
