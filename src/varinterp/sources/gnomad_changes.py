"""What differs between two frequency releases, by allele, by stretch and by their groups.

A stretch's key is ``22-20061538-20061600``, 1-based inclusive: it touches the fact of every
position inside it. Kinds are told by thresholds: a measure that came over or under one of them is
a crossing, another difference of numbers a move.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import COVERAGE, FREQUENCY, GROUPS, GROUPS_KEY
from varinterp.sources.gnomad import group_codes, open_frequencies
from varinterp.sources.gnomad_covered import Ints, Spans, named, place, read_spans
from varinterp.sources.gnomad_filters import filter_texts
from varinterp.sources.gnomad_mitochondrial import read_mitochondria
from varinterp.sources.keyed_changes import DIGEST, changed_rows
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.pack import Pack

_AT_ONCE = 1_000_000
_SHARES = ("af", "faf95", "group_max_af")
_NUMBERS = pl.Schema(CHANGES_SCHEMA)


def gnomad_changes(old: Path, new: Path, thresholds: Sequence[float]) -> pl.DataFrame:
    """Return the differences of two releases as `CHANGES_SCHEMA`."""
    parts = [
        *_of_alleles(open_frequencies(old), open_frequencies(new), sorted(thresholds)),
        _of_copies(read_mitochondria(old), read_mitochondria(new)),
        _of_coverage(read_spans(old), read_spans(new)),
        _of_groups(old, new),
    ]
    every = pl.concat([part.select(_NUMBERS.names()).cast(_NUMBERS) for part in parts])
    return every.unique(["source", "key", "kind"]).sort("source", "allele_key", "key", "kind")


def _of_alleles(old: Pack, new: Pack, thresholds: Sequence[float]) -> Iterator[pl.DataFrame]:
    found = changed_rows(old, new)
    for rows, pack, kind in (
        (found.added, new, ChangeKind.ADDED),
        (found.removed, old, ChangeKind.REMOVED),
    ):
        for start in range(0, rows.size, _AT_ONCE):
            one = _stated(pack, rows[start : start + _AT_ONCE])
            told = pl.col("text")
            yield _named(one).with_columns(
                pl.lit(kind.value).alias("kind"),
                (pl.lit(None, pl.String) if kind is ChangeKind.ADDED else told).alias("before"),
                (told if kind is ChangeKind.ADDED else pl.lit(None, pl.String)).alias("after"),
            )
    for start in range(0, found.before.size, _AT_ONCE):
        end = start + _AT_ONCE
        yield _moved(
            _stated(old, found.before[start:end]), _stated(new, found.after[start:end]), thresholds
        )


def _stated(pack: Pack, rows: Ints) -> pl.DataFrame:
    """Return rows whole, with a short ``text`` of each."""
    found = pack.take(rows)
    found = found.with_columns(filter_texts(found["filters"]).alias("words"))
    bound = pl.format(", FAF95 {} {}", "faf95", pl.col("faf95_group").fill_null("")).fill_null("")
    counts = pl.format("AF {} ({} of {})", "af", "ac", "an")
    return found.with_columns(
        pl.concat_str(counts, bound.str.strip_chars_end(), pl.lit(", "), "words").alias("text")
    )


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        pl.lit(FREQUENCY.source).alias("source"),
        pl.col("key").alias("allele_key"),
        pl.concat_str("chromosome", "position", "ref", "alt", separator="-").alias("key"),
    )


def _moved(old: pl.DataFrame, new: pl.DataFrame, thresholds: Sequence[float]) -> pl.DataFrame:
    """Return a row for each way in which an allele's row moved."""
    levels = [_levels(each, thresholds) for each in (old, new)]
    measures = sorted(set(levels[0].columns) | set(levels[1].columns))
    before, after = (
        level.select(
            (pl.col(name) if name in level.columns else pl.lit(0, pl.Int32)).alias(name)
            for name in measures
        ).to_numpy()
        for level in levels
    )
    up, down = (after > before).any(axis=1), (after < before).any(axis=1)
    filters = (old["words"] != new["words"]).to_numpy()
    numbers = _differ(old, new)
    ways = {
        ChangeKind.FREQUENCY_CROSSED_UP: up,
        ChangeKind.FREQUENCY_CROSSED_DOWN: down,
        ChangeKind.FREQUENCY_MOVED: numbers & ~(up | down),
        ChangeKind.FILTERS_MOVED: filters,
        ChangeKind.RESTATED: ~(numbers | up | down | filters),
    }
    pair = _named(new).with_columns(old["text"].alias("before"), pl.col("text").alias("after"))
    return pl.concat(
        [
            pair.filter(pl.Series(mask)).with_columns(pl.lit(kind.value).alias("kind"))
            for kind, mask in ways.items()
        ]
    ).select(_NUMBERS.names())


def _levels(rows: pl.DataFrame, thresholds: Sequence[float]) -> pl.DataFrame:
    """Tell where each frequency stands among the thresholds: below, at or above each of them."""
    shares = {name: pl.col(name) for name in rows.columns if name.startswith("faf95")}
    shares |= {name: pl.col(name) for name in _SHARES}
    del shares["faf95_group"]
    for name in rows.columns:
        group = name.removeprefix("ac_")
        if name.startswith("ac_"):
            called = pl.col(f"an_{group}")
            shares[f"af_{group}"] = pl.when(called > 0).then(pl.col(name) / called)
    return rows.select(
        pl.sum_horizontal(
            pl.lit(0, pl.Int32),
            *(share.ge(limit).fill_null(False).cast(pl.Int32) for limit in thresholds),
            *(share.gt(limit).fill_null(False).cast(pl.Int32) for limit in thresholds),
        ).alias(name)
        for name, share in shares.items()
    )


def _differ(old: pl.DataFrame, new: pl.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Tell which rows have another number or group; a column of one release alone differs."""
    aside = {"chromosome", "key", "position", "ref", "alt", "filters", "words", "text",
             "constructed", DIGEST}  # fmt: skip
    both = [name for name in old.columns if name in new.columns and name not in aside]
    differs = np.zeros(old.height, dtype=bool)
    for name in both:
        differs |= old[name].ne_missing(new[name]).to_numpy()
    for rows, other in ((old, new), (new, old)):
        for name in set(rows.columns) - set(other.columns) - aside:
            differs |= rows[name].is_not_null().to_numpy()
    return differs


def _of_copies(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Compare the mitochondrial tables; rows that came or went are in the packs as well."""
    allele = ["key", "chromosome", "position", "ref", "alt"]
    both = old.join(new, on=allele, suffix="_new")
    values = [name for name in old.columns if name not in allele]
    moved = both.filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_new")) for name in values)
    )
    text = "{} with all copies, {} with some, of {}; at most {}"
    fields = ("ac_hom", "ac_het", "an", "max_heteroplasmy")
    return _named(moved).with_columns(
        pl.lit(ChangeKind.FREQUENCY_MOVED.value).alias("kind"),
        pl.format(text, *(pl.col(name).cast(pl.String).fill_null("?") for name in fields)).alias(
            "before"
        ),
        pl.format(
            text, *(pl.col(f"{name}_new").cast(pl.String).fill_null("?") for name in fields)
        ).alias("after"),
    )


def _of_coverage(old: Spans, new: Spans) -> pl.DataFrame:
    """Return the stretches whose answer differs, cut where either side's answer changes."""
    edges = [place(pl.Series([c.value]), pl.Series([1]))[0] for c in Chromosome]
    ends = [first + c.length for first, c in zip(edges, Chromosome, strict=True)]
    cuts = np.unique(np.concatenate([edges, ends, old[0], old[1] + 1, new[0], new[1] + 1]))
    starts, stops = cuts[:-1], cuts[1:] - 1
    inside = np.isin(starts >> 28, np.arange(1, 26)) & (starts >> 28 == stops >> 28)
    before, after = _answers(old, starts), _answers(new, starts)
    differs = inside & (before != after)
    kinds = np.where(
        before % 2 == after % 2, ChangeKind.RESTATED.value,
        np.where(after % 2 == 1, ChangeKind.COVERAGE_GAINED.value, ChangeKind.COVERAGE_LOST.value),
    )  # fmt: skip
    words = pl.Series(
        ["not covered", "covered", "not covered, constructed", "covered, constructed"]
    )
    spans = named(starts[differs], stops[differs])
    return spans.select(
        pl.lit(COVERAGE.source).alias("source"),
        pl.concat_str("chromosome", "start", "end", separator="-").alias("key"),
        pl.Series("kind", kinds[differs], dtype=pl.String),
        words.gather(before[differs]).alias("before"),
        words.gather(after[differs]).alias("after"),
        pl.lit(None, pl.UInt64).alias("allele_key"),
    )


def _answers(spans: Spans, starts: Ints) -> Ints:
    """Return of each stretch: 1 where it is covered, 2 more where that rests on made-up rows."""
    begins, ends, made_up = spans
    if not begins.size:
        return np.zeros(starts.size, dtype=np.int64)
    span = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    inside = (begins[span] <= starts) & (ends[span] >= starts)
    constructed = np.where(inside, made_up[span], made_up.any())
    return inside.astype(np.int64) + 2 * constructed.astype(np.int64)


def _of_groups(old: Path, new: Path) -> pl.DataFrame:
    before, after = ", ".join(group_codes(old)), ", ".join(group_codes(new))
    row = {"source": GROUPS.source, "key": GROUPS_KEY, "kind": ChangeKind.RESTATED.value,
           "before": before, "after": after, "allele_key": None}  # fmt: skip
    return pl.DataFrame([row] if before != after else [], _NUMBERS)
