"""What moved between two releases of a predictor, key by key.

A score that crosses a cut-off of the rules in force is told apart from one that moves between
them. The releases are compared a stretch of the genome at a time, so that memory is bounded by a
stretch, whatever their size.
"""

from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.model.prediction import Predictor
from varinterp.model.reads import WHOLE
from varinterp.sources.frame_changes import came_or_went
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.rules import Rules
from varinterp.sources.score_differences import differences
from varinterp.sources.score_layout import read_layout

MOST = 2_000_000
"""Beyond as many changes a release has moved as a whole, and has one change under ``*``."""


def score_changes(old: Path, new: Path, rules: Rules, most: int = MOST) -> pl.DataFrame:
    """Compare two release folders as `CHANGES_SCHEMA`.

    A key whose score or splice effect differs has one row. When more than `most` keys differ, the
    one row has the key ``*``: everything that was read from the source is to be read again.
    """
    before, after = read_layout(old), read_layout(new)
    if before.predictor is not after.predictor:
        raise ReleaseError(f"{old} and {new} are of two predictors")
    kinds = _Kinds(before.predictor, rules)
    found: list[pl.DataFrame] = []
    for piece in differences(old, new, before, after):
        found.append(kinds.changes(piece))
        if sum(part.height for part in found) > most:
            return _whole(before.predictor, most)
    empty = pl.DataFrame(schema=pl.Schema(CHANGES_SCHEMA))
    return pl.concat([empty, *found]).sort("source", "allele_key", "key", "kind")


def _whole(predictor: Predictor, most: int) -> pl.DataFrame:
    row = {
        "source": predictor.value,
        "key": WHOLE,
        "kind": ChangeKind.SCORE_MOVED.value,
        "before": None,
        "after": f"more than {most:,} scores",
        "allele_key": None,
    }
    return pl.DataFrame([row], schema=pl.Schema(CHANGES_SCHEMA))


class _Kinds:
    """Which kind of change each is, by the cut-offs of the rules."""

    def __init__(self, predictor: Predictor, rules: Rules) -> None:
        self.predictor = predictor
        stem = f"predictor.{predictor}."
        self._limits = {
            code: [rules.number(key) for key in rules.values if key.startswith(f"{stem}{code}")]
            for code in ("pp3", "bp4")
        }

    def changes(self, differences: pl.DataFrame) -> pl.DataFrame:
        """Name differences: chromosome, place, score and effect before and after."""
        old, new = self._rank("before"), self._rank("after")
        kind = (
            came_or_went("before", "after")
            .when(new > old)
            .then(pl.lit(ChangeKind.SCORE_CROSSED_UP.value))
            .when(new < old)
            .then(pl.lit(ChangeKind.SCORE_CROSSED_DOWN.value))
            .when(pl.col("before") != pl.col("after"))
            .then(pl.lit(ChangeKind.SCORE_MOVED.value))
            .otherwise(pl.lit(ChangeKind.RESTATED.value))
        )
        return differences.select(
            pl.lit(self.predictor.value).alias("source"),
            _key().alias("key"),
            kind.alias("kind"),
            _text("before", "effect_before").alias("before"),
            _text("after", "effect_after").alias("after"),
            pl.col("key").alias("allele_key"),
        )

    def _rank(self, column: str) -> pl.Expr:
        """Count the damaging cut-offs reached, less the tolerated ones."""
        score = pl.col(column)
        reached = [(score >= limit).cast(pl.Int32) for limit in self._limits["pp3"]]
        held = [-(score <= limit).cast(pl.Int32) for limit in self._limits["bp4"]]
        return pl.sum_horizontal(pl.lit(0), *reached, *held)


def _key() -> pl.Expr:
    place = pl.concat_str("chromosome", "position", separator="-")
    allele = pl.concat_str(place, "ref", "alt", separator="-")
    owned = pl.concat_str(allele, "owner", separator="@")
    return pl.coalesce(owned, allele, place)


def _text(score: str, effect: str) -> pl.Expr:
    number = pl.col(score).cast(pl.String)
    return pl.coalesce(pl.concat_str(number, effect, separator=" "), number)
