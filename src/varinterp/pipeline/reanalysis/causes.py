"""The changed keys of a move as causes, for the conclusions that read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from varinterp.model.archive import POSITION_SOURCES
from varinterp.model.change import ChangeKind
from varinterp.model.event import Cause
from varinterp.model.reads import WHOLE
from varinterp.pipeline.reanalysis.delta import Delta
from varinterp.pipeline.reanalysis.touched import GATES, stretches

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CauseBook:
    """Looks changed keys up for a batch of cases: a release may change millions of others."""

    deltas: tuple[Delta, ...]

    def of(self, places: Collection[Place]) -> dict[Place, Cause]:
        """Return the cause of each place (source of facts, key) whose value moved."""
        wanted = pl.DataFrame(
            sorted(places), schema={"source": pl.String, "key": pl.String}, orient="row"
        )
        found: dict[Place, Cause] = {}
        for delta in self.deltas:
            hit = delta.changes.join(wanted, on=["source", "key"], how="semi")
            found |= _causes(delta, hit)
            placed = wanted.filter(pl.col("key") != WHOLE)
            for source in POSITION_SOURCES:
                found |= _in_stretches(delta, placed.filter(pl.col("source") == source))
        return found


def gate_places(alleles: Iterable[object]) -> set[Place]:
    """Return what the gates compared of some alleles."""
    return {(source, str(allele)) for allele in alleles for source in GATES}


def _causes(delta: Delta, rows: pl.DataFrame) -> dict[Place, Cause]:
    found: dict[Place, Cause] = {}
    for (source, key), group in rows.group_by(["source", "key"], maintain_order=True):
        place = (str(source), str(key))
        found[place] = _cause(delta, place, group)
    return found


def _cause(delta: Delta, place: Place, rows: pl.DataFrame) -> Cause:
    before, after = (rows[name].drop_nulls() for name in ("before", "after"))
    return Cause(
        *place,
        origin=delta.move.source,
        kinds=tuple(sorted({ChangeKind(word) for word in rows["kind"]})),
        before=None if before.is_empty() else before[0],
        after=None if after.is_empty() else after[0],
        release_before=delta.move.before,
        release_after=delta.move.after,
        date=delta.date,
        constructed=delta.constructed,
    )


def _in_stretches(delta: Delta, positions: pl.DataFrame) -> dict[Place, Cause]:
    """Name the stretch that each position lies in."""
    if positions.is_empty():
        return {}
    (source,) = positions["source"].unique()
    changes = delta.changes.filter(pl.col("source") == source)
    if changes.is_empty():
        return {}
    spans = stretches(changes).hstack(changes.select("kind", "before", "after"))
    found: dict[Place, Cause] = {}
    for key, (chromosome, position, _) in zip(
        positions["key"], stretches(positions).iter_rows(), strict=True
    ):
        inside = spans.filter(
            (pl.col("chromosome") == chromosome)
            & (pl.col("start") <= position)
            & (pl.col("end") >= position)
        )
        if inside.height:
            found[source, key] = _cause(delta, (source, key), inside)
    return found
