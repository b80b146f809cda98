"""SpliceAI's precomputed VCFs: one file of substitutions, one of insertions and deletions.

Read for this: their heads and first rows (``##INFO=<ID=SpliceAI,Number=.,Type=String,…Format:
ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL``, ``1 69092 . T A . .
SpliceAI=A|OR4F5|0.00|0.00|0.22|0.00|2|41|1|23``) and Jaganathan 2019 (PMID 30661751). An allele in
several genes has several entries, in one row or in several; each gene keeps its own score, which
is the largest of its four deltas. Genes are named by the symbols of the release's gene set.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from varinterp.model.prediction import Predictor, SpliceEffect
from varinterp.sources.delimited import number, refuse
from varinterp.sources.score_layout import ScoreLayout
from varinterp.sources.sites_vcf import read_sites

NO_SCORE = "no_score"
OTHER_ALLELE = "other_allele"
_DELTAS = {
    "DS_AG": SpliceEffect.ACCEPTOR_GAIN,
    "DS_AL": SpliceEffect.ACCEPTOR_LOSS,
    "DS_DG": SpliceEffect.DONOR_GAIN,
    "DS_DL": SpliceEffect.DONOR_LOSS,
}
_FIELDS = ("ALLELE", "SYMBOL", *_DELTAS, "DP_AG", "DP_AL", "DP_DG", "DP_DL")


def layout(masked: str) -> ScoreLayout:
    """Return the layout of a release; `masked` is ``masked`` or ``raw``, and kept for people."""
    settings = {"scores": masked}
    return ScoreLayout(Predictor.SPLICEAI, decimals=4, least=0, most=1, settings=settings)


def read_spliceai(path: Path, set_aside: Counter[str]) -> Iterator[pl.DataFrame]:
    """Yield chromosome, position, ref, alt, score, owner (gene symbol), effect and line.

    An entry without all four deltas is set aside: a low score would be read from a missing one.
    """
    sites = read_sites(path, {"SpliceAI": pl.String})
    for block in sites:
        entries = _entries(block, path)
        own = entries.filter(pl.col("ALLELE") == pl.col("alt"))
        silent = block.height - own.select("line", "alt").n_unique()
        scored = own.filter(pl.all_horizontal(pl.col(*_DELTAS) != "."), pl.col("SYMBOL") != "")
        set_aside[NO_SCORE] += silent + own.height - scored.height
        deltas = [number(scored, name, path, pl.Float64).alias(name) for name in _DELTAS]
        largest = pl.max_horizontal(*_DELTAS)
        which = pl.coalesce(
            pl.when(pl.col(name) == largest).then(pl.lit(effect.value))
            for name, effect in _DELTAS.items()
        )
        yield scored.with_columns(deltas).select(
            "chromosome",
            "position",
            "ref",
            "alt",
            largest.alias("score"),
            pl.col("SYMBOL").alias("owner"),
            which.alias("effect"),
            "line",
        )
    set_aside.update(sites.set_aside)


def _entries(block: pl.DataFrame, path: Path) -> pl.DataFrame:
    cells = (
        block.drop_nulls("SpliceAI")
        .with_columns(pl.col("SpliceAI").str.split(","))
        .explode("SpliceAI", empty_as_null=False)
    )
    parts = pl.col("SpliceAI").str.split("|")
    refuse(cells, "SpliceAI", parts.list.len() == len(_FIELDS), path, f"{len(_FIELDS)} fields by |")
    return cells.with_columns(
        parts.list.get(place).alias(name) for place, name in enumerate(_FIELDS)
    )
