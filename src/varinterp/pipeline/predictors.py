"""Predictors' scores of the candidates: from the releases of the lock, else from `CSQ`.

A predictor whose release the lock names is read there and nowhere else; the others are what the
laboratory's own VEP wrote, where it did. Each score says which. A score is taken for the row's own
transcript or gene, without another's instead.
"""

from collections.abc import Collection
from pathlib import Path

import polars as pl
import pyarrow as pa

from varinterp.model.prediction import (
    SCOPES,
    Predictor,
    Scope,
    Score,
    ScoreOrigin,
    SpliceEffect,
)
from varinterp.model.variant import Allele
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release
from varinterp.sources.scores import scores_of

SCORE = pa.struct(
    [
        pa.field("value", pa.float64()),
        pa.field("origin", pa.string()),
        pa.field("effect", pa.string()),
        pa.field("constructed", pa.bool_()),
    ]
)
SCORE_FIELDS = tuple(pa.field(predictor.value, SCORE) for predictor in Predictor)
"""A column for each predictor: `model.prediction.Score`, its members null where there is none."""

_ALLELE = ["key", "chromosome", "position", "ref", "alt"]
_ROW = "score_row"


def with_scores(rows: pl.DataFrame, releases: Releases) -> pl.DataFrame:
    """Give each row (an allele on a transcript) its predictors' scores, as `SCORE_FIELDS`.

    `rows` has `_ALLELE`, transcript, gene and the scores of `CSQ`; it keeps its order.
    """
    alleles = rows.select(_ALLELE).unique().sort("key", "ref", "alt")
    numbered = rows.join(
        alleles.with_row_index(_ROW), on=_ALLELE, how="left", maintain_order="left"
    )
    for predictor in Predictor:
        release = releases.get(predictor.value)
        if release is None:
            numbered = numbered.with_columns(_from_laboratory(predictor))
        else:
            numbered = _from_release(numbered, alleles, predictor, release)
    return numbered.drop(_ROW)


def gene_scores(
    predictor: Predictor, wanted: Collection[tuple[Allele, str]], releases: Releases
) -> dict[tuple[Allele, str], Score]:
    """Return the scores that a release has of some alleles in some genes: those of no candidate.

    None without a release: what a laboratory's VCF says is about its own alleles.
    """
    release = releases.get(predictor.value)
    if release is None or not wanted:
        return {}
    alleles = sorted({allele for allele, _ in wanted}, key=lambda a: (a.key, a.ref, a.alt))
    cells = [(a.key, a.chromosome.value, a.position, a.ref, a.alt) for a in alleles]
    schema = dict(zip(_ALLELE, (pl.UInt64, pl.String, pl.Int64, pl.String, pl.String), strict=True))
    found = scores_of(Path(release.folder), pl.DataFrame(cells, schema=schema, orient="row"))
    constructed = release.manifest.constructed
    return {
        (alleles[row["row"]], row["owner"]): Score(
            row["score"], ScoreOrigin.RELEASE, _effect(row["effect"]), constructed
        )
        for row in found.iter_rows(named=True)
        if (alleles[row["row"]], row["owner"]) in wanted
    }


def _effect(word: str | None) -> SpliceEffect | None:
    return None if word is None else SpliceEffect(word)


def _from_laboratory(predictor: Predictor) -> pl.Expr:
    effect = (
        pl.col("spliceai_effect") if predictor is Predictor.SPLICEAI else pl.lit(None, pl.String)
    )
    return _cell(pl.col(predictor.value), ScoreOrigin.LABORATORY, effect, constructed=False).alias(
        predictor.value
    )


def _from_release(
    rows: pl.DataFrame, alleles: pl.DataFrame, predictor: Predictor, release: Release
) -> pl.DataFrame:
    found = scores_of(Path(release.folder), alleles).select(
        pl.col("row").alias(_ROW), "owner", "score", pl.col("effect").alias("score_effect")
    )
    joined = rows.with_columns(_owner(predictor).alias("owner")).join(
        found, on=[_ROW, "owner"], how="left", nulls_equal=True, maintain_order="left"
    )
    cell = _cell(
        pl.col("score"),
        ScoreOrigin.RELEASE,
        pl.col("score_effect"),
        constructed=release.manifest.constructed,
    )
    return joined.with_columns(cell.alias(predictor.value)).drop("owner", "score", "score_effect")


def _owner(predictor: Predictor) -> pl.Expr:
    """Whose score a row wants; rows outside genes want none of a transcript or gene."""
    match SCOPES[predictor]:
        case Scope.TRANSCRIPT:
            return pl.col("transcript").str.replace(r"\.\d+$", "").fill_null("")
        case Scope.GENE:
            return pl.col("gene").fill_null("")
        case _:
            return pl.lit(None, pl.String)


def _cell(value: pl.Expr, origin: ScoreOrigin, effect: pl.Expr, *, constructed: bool) -> pl.Expr:
    scored = value.is_not_null()
    return pl.struct(
        value.alias("value"),
        pl.when(scored).then(pl.lit(origin.value)).alias("origin"),
        pl.when(scored).then(effect).alias("effect"),
        pl.when(scored).then(pl.lit(constructed)).alias("constructed"),
    )
