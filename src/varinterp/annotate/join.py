"""What population frequency and ClinVar say of the family's alleles, row beside row.

What is not there is said in words, never as zero. `frequency_state`:

present             the resource observed the allele and stands by its counts
absent_covered      not observed (no row, AC0, or no carrier) where the resource looked
absent_uncovered    not observed, and nothing says that the resource looked
unusable            the site failed the resource's filters: its counts are shown, never used
"""

from enum import StrEnum

import polars as pl

from varinterp.errors import InternalError
from varinterp.model.evidence import Reason

_COUNTS = {
    "ac": "ac", "an": "an", "af": "af", "faf95": "faf95", "faf95_group": "faf95_group",
    "group_max_af": "group_max_af", "nhomalt": "nhomalt", "hemizygotes": "hemizygotes",
    "filters": "frequency_filters", "constructed": "frequency_constructed",
}  # fmt: skip
ASSERTED = ("significance", "stars", "conditions", "name", "rsid")
"""What is carried over from a ClinVar release."""
_MANY = 1000


class FrequencyState(StrEnum):
    """What a population resource says of an allele."""

    PRESENT = "present"
    ABSENT_COVERED = "absent_covered"
    ABSENT_UNCOVERED = "absent_uncovered"
    UNUSABLE = "unusable"


def annotate(
    variants: pl.DataFrame,
    frequencies: pl.DataFrame,
    coverage: pl.DataFrame,
    assertions: pl.DataFrame,
) -> pl.DataFrame:
    """Return `variants` with what a frequency and a ClinVar release say of each, row for row.

    `frequencies` and `assertions` have a row for each variant, null where the release has none;
    `coverage` has ``covered`` and ``constructed``. Adds ``frequency_state``, the release's counts,
    ``frequency_filters``, ``frequency_constructed`` and ``clinvar_…``.
    """
    for answers in (frequencies, coverage, assertions):
        if answers.height != variants.height:
            raise InternalError("a release was not asked for these alleles")
    counts = frequencies.select(pl.col(name).alias(column) for name, column in _COUNTS.items())
    said = assertions.select(pl.col(name).alias(f"clinvar_{name}") for name in ASSERTED)
    looked = coverage.select("covered", pl.col("constructed").alias("made_up"))
    return (
        pl.concat([variants, counts, said, looked], how="horizontal", strict=True)
        .with_columns(
            _state().alias("frequency_state"),
            pl.coalesce("frequency_constructed", "made_up").alias("frequency_constructed"),
        )
        .select(*variants.columns, "frequency_state", *_COUNTS.values(), *said.columns)
    )


def warnings(annotated: pl.DataFrame) -> tuple[Reason, ...]:
    """Name the chromosomes where many alleles met no row of the frequency release.

    That is what a difference in naming, build or normalisation looks like.
    """
    met = annotated.group_by("chromosome", maintain_order=True).agg(
        pl.len().alias("alleles"), pl.col("an").is_not_null().sum().alias("met")
    )
    lost = met.filter((pl.col("alleles") > _MANY) & (pl.col("met") == 0))
    return tuple(
        Reason.of("warning.no_frequency", alleles=alleles, chromosome=chromosome)
        for chromosome, alleles in lost.select("chromosome", "alleles").iter_rows()
    )


def _state() -> pl.Expr:
    filters = pl.col("frequency_filters")
    not_observed = (
        filters.is_null()
        | (filters == "AC0")
        | ((filters == "PASS") & (pl.col("ac") == 0) & (pl.col("an") > 0))
    )
    return (
        pl.when(not_observed & pl.col("covered"))
        .then(pl.lit(FrequencyState.ABSENT_COVERED.value))
        .when(not_observed)
        .then(pl.lit(FrequencyState.ABSENT_UNCOVERED.value))
        .when((filters == "PASS") & (pl.col("an") > 0))
        .then(pl.lit(FrequencyState.PRESENT.value))
        .otherwise(pl.lit(FrequencyState.UNUSABLE.value))
    )
