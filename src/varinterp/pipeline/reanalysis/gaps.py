"""Alleles that a change could bring up and that the store cannot hold: they were too common."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.gate import KNOWN_WORDS
from varinterp.model.facts import ASSERTION, FREQUENCY, LISTED, RULE
from varinterp.pipeline.reanalysis.delta import Delta
from varinterp.pipeline.reanalysis.target import Target
from varinterp.pipeline.stages.store import coding_spans
from varinterp.pipeline.variants import LISTED as IS_LISTED
from varinterp.pipeline.variants import with_evidence
from varinterp.refs.release import Release
from varinterp.sources.listed_alleles import LISTED_FILE
from varinterp.sources.transcripts import TRANSCRIPTS_FILE

STORED_MAX = "gate.stored_max"
_LIMITS = ("gate.rare_max", "gate.known_max", STORED_MAX)
_PRESENT = "present"
_LIST = "listed_alleles"
_ALLELE = ["key", "chromosome", "position", "ref", "alt"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Changed `keys` of a source whose alleles may be carried and are stored nowhere.

    `keys` is None where it cannot be counted: the rules now let more common alleles through than
    were stored, or the older release is gone. Of ``mane`` they are transcripts.
    """

    source: str
    keys: int | None
    why: str


def gaps_of(delta: Delta, old: Target, new: Target) -> tuple[Gap, ...]:
    """Name what the store could not have kept, of the keys that a source changed."""
    found: list[Gap] = []
    if delta.move.source == "mane":
        found.extend(_neighbours(old, new))
    if STORED_MAX not in old.rules.values:
        return tuple(found)
    if delta.move.source == FREQUENCY.source and delta.whole == "release_gone":
        found.append(Gap(FREQUENCY.source, None, "release_gone"))
    if delta.move.source == RULE.source and _higher(old, new):
        found.append(Gap(RULE.source, None, "stored_max_below_gates"))
    changed = {
        FREQUENCY.source: (_changed(delta), _now_storable(new)),
        LISTED.source: (_listed(delta, new), _now_storable(new)),
        ASSERTION.source: (_changed(delta, ASSERTION.source), _now_known(new)),
    }
    for source, (alleles, now) in changed.items():
        if alleles.height and {"gnomad", "clinvar"} <= old.releases.by_source.keys():
            missing = _too_common(alleles, old, new, now)
            if missing:
                found.append(Gap(source, missing, "too_common_before"))
    return tuple(found)


def listed_keys(release: Release | None) -> NDArray[np.uint64]:
    """Return the keys of a list's alleles, distinct."""
    if release is None:
        return np.empty(0, np.uint64)
    keys = pl.read_parquet(release.folder / LISTED_FILE, columns=["key"])["key"].unique()
    return keys.to_numpy().astype(np.uint64)


def _higher(old: Target, new: Target) -> bool:
    stored = old.rules.number(STORED_MAX)
    return any(new.rules.number(name) > max(stored, old.rules.number(name)) for name in _LIMITS)


def _changed(delta: Delta, source: str = FREQUENCY.source) -> pl.DataFrame:
    """Return the alleles whose row of a source changed (`_ALLELE`)."""
    changes = delta.of(source).filter(pl.col("allele_key").is_not_null())
    parts = changes["key"].str.split("-").list
    return pl.DataFrame(
        {
            "key": changes["allele_key"],
            "chromosome": parts.get(0),
            "position": parts.get(1).cast(pl.Int32),
            "ref": parts.get(2),
            "alt": parts.get(3),
        }
    )


def _listed(delta: Delta, new: Target) -> pl.DataFrame:
    """Return the alleles whose listing changed: all of them, where the list is new."""
    release = new.releases.get(_LIST)
    if delta.move.source != _LIST or delta.whole is None or release is None:
        return _changed(delta, LISTED.source)
    return pl.read_parquet(release.folder / LISTED_FILE, columns=_ALLELE)


def _neighbours(old: Target, new: Target) -> Iterator[Gap]:
    """Count transcripts whose coding parts are new: their common alleles may not be stored.

    What alleles of one haplotype mean together is read of them (`cohort.selection.context`).
    """
    before, after = (target.releases.get("mane") for target in (old, new))
    if before is None or after is None:
        yield Gap("mane", None, "release_gone")
    else:
        known = _coding(before)
        added = sum(parts not in known for parts in _coding(after))
        if added:
            yield Gap("mane", added, "neighbours_not_stored")


def _coding(release: Release) -> set[tuple[object, ...]]:
    spans = coding_spans(release.file(TRANSCRIPTS_FILE)).sort("transcript", "start")
    by_transcript = spans.group_by("transcript", maintain_order=True)
    return {tuple(part.drop("transcript").iter_rows()) for _, part in by_transcript}


def _too_common(alleles: pl.DataFrame, old: Target, new: Target, wanted: pl.Expr) -> int:
    """Count alleles that were above the store's limit and unknown, and are wanted now."""
    asked = alleles.unique().sort("key", "ref", "alt")
    was = with_evidence(asked, old.releases).select(_storable(old.rules.number(STORED_MAX)))
    now = with_evidence(asked, new.releases).select(wanted.alias("wanted"))
    return int((~was.to_series() & now.to_series()).sum())


def _now_storable(new: Target) -> pl.Expr:
    return _storable(new.rules.number(STORED_MAX))


def _now_known(new: Target) -> pl.Expr:
    """Select what ClinVar says (likely) pathogenic of and its gate lets through."""
    words = pl.col("clinvar_significance").list.eval(pl.element().is_in(KNOWN_WORDS)).list.any()
    highest = pl.coalesce("group_max_af", "af")
    common = (highest > new.rules.number("gate.known_max")).fill_null(False)
    return words.fill_null(False) & ~common


def _storable(limit: float) -> pl.Expr:
    present = pl.col("frequency_state") == _PRESENT
    low = pl.min_horizontal("faf95", pl.coalesce("group_max_af", "af")) <= limit
    known = pl.col("clinvar_significance").is_not_null() | pl.col(IS_LISTED)
    return (~present | low.fill_null(True) | known).alias("storable")
