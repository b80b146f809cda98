"""What differs between two ClinVar releases, said as kinds of change.

Alleles here, codons and transcripts in `clinvar_codon_changes`, splice sites in
`clinvar_splice_changes`, and the genes and diseases whose alleles changed in
`clinvar_place_changes`.

Only the rows whose digest differs are read. An allele's place on the scale is the mean of its
words' (``pathogenic/likely_pathogenic`` lies between the two); words of other questions (drug
response, risk allele …) have none, and words that point in different directions are a conflict, as
ClinVar's own *conflicting* is.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Significance
from varinterp.sources.clinvar import ALLELES
from varinterp.sources.clinvar_codon_changes import codon_changes, missense_changes
from varinterp.sources.clinvar_place_changes import place_changes
from varinterp.sources.clinvar_release import VALUE
from varinterp.sources.clinvar_splice_changes import splice_changes
from varinterp.sources.keyed_changes import changed_rows
from varinterp.sources.pack import Pack
from varinterp.sources.row_groups import read_rows
from varinterp.sources.rules import Rules

SOURCE = "clinvar"
_PLACE = ("key", "chromosome", "position", "ref", "alt")
_COLUMNS = [*_PLACE, *VALUE]
_NAMES = ("allele_key", "key", "old_row", "new_row")
_SHOWN = 200
_AT_ONCE = 1 << 18

_LEVELS: dict[str, float] = {
    Significance.BENIGN.value: 1,
    Significance.LIKELY_BENIGN.value: 2,
    Significance.UNCERTAIN.value: 3,
    Significance.VUS_LOW.value: 2.75,
    Significance.VUS_MID.value: 3,
    Significance.VUS_HIGH.value: 3.25,
    Significance.LIKELY_PATHOGENIC.value: 4,
    Significance.PATHOGENIC.value: 5,
}
_CONFLICTING = Significance.CONFLICTING.value
_SAME_DIRECTION = 1.0


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Return every change from one release's folder to another's (`material.CHANGES_SCHEMA`)."""
    del rules  # no threshold of the rules makes a kind of change of ClinVar
    parts = list(_parts(old, new))
    found = pl.concat(
        [
            *map(_of_alleles, parts),
            codon_changes(old, new),
            missense_changes(old, new),
            splice_changes(old, new),
            place_changes(old, new, parts),
        ]
    )
    return found.sort("source", "allele_key", "key", "kind")


def _of_alleles(part: pl.DataFrame) -> pl.DataFrame:
    return part.select(
        pl.lit(SOURCE).alias("source"), "key", "kind", "before", "after", "allele_key"
    )


def _parts(old: Path, new: Path) -> Iterator[pl.DataFrame]:
    """Yield changes with the numbers of the alleles' rows; all those of an allele are in one."""
    rows = changed_rows(Pack.open(old), Pack.open(new))
    yield _read(old, rows.removed).select(
        *_named(), pl.col("row").alias("old_row"), pl.lit(None, pl.Int64).alias("new_row"),
        _kind(ChangeKind.REMOVED), said().alias("before"), _no("after"),
    )  # fmt: skip
    yield _read(new, rows.added).select(
        *_named(), pl.lit(None, pl.Int64).alias("old_row"), pl.col("row").alias("new_row"),
        _kind(ChangeKind.ADDED), _no("before"), said().alias("after"),
    )  # fmt: skip
    for start in range(0, max(rows.before.size, 1), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        after = _read(new, rows.after[some]).drop(_PLACE).rename(lambda name: f"new_{name}")
        yield _moves(_read(old, rows.before[some]).hstack(after))


def _read(folder: Path, rows: Sequence[int] | Any) -> pl.DataFrame:
    numbers = pl.Series("row", rows, dtype=pl.Int64)
    return read_rows(folder / ALLELES, rows, _COLUMNS).with_columns(numbers)


def _named() -> tuple[pl.Expr, pl.Expr]:
    name = pl.format("{}-{}-{}-{}", "chromosome", "position", "ref", "alt")
    return pl.col("key").alias("allele_key"), name.alias("key")


def _kind(kind: ChangeKind) -> pl.Expr:
    return pl.lit(kind.value).alias("kind")


def _no(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(name)


def said(prefix: str = "") -> pl.Expr:
    """Return the words, stars and our class as a short text."""
    stars, ours = pl.col(f"{prefix}stars"), pl.col(f"{prefix}resolved")
    return pl.concat_str(
        pl.col(f"{prefix}significance").list.join("/"),
        pl.when(stars.is_not_null()).then(pl.format(" {}*", stars)).otherwise(pl.lit("")),
        pl.when(ours.is_not_null())
        .then(pl.format(" (resolved {} {}*)", ours, f"{prefix}resolved_stars"))
        .otherwise(pl.lit("")),
    )


def _moves(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each way in which an allele that both releases have has moved."""
    words = _scaled(pairs, "significance", "").hstack(_scaled(pairs, "new_significance", "new_"))
    ours = _scaled_words(pairs, "resolved", "our_").hstack(
        _scaled_words(pairs, "new_resolved", "our_new_")
    )
    rows = pairs.hstack(words).hstack(ours)
    stars, new_stars = pl.col("stars"), pl.col("new_stars")
    # A release built without submissions beside one with them says nothing of our class's moves.
    both = pl.col("resolved").is_not_null() & pl.col("new_resolved").is_not_null()
    kinds = rows.select(
        *_named(),
        pl.col("row").alias("old_row"),
        "new_row",
        said().alias("was"),
        said("new_").alias("is"),
        _shown("conditions"),
        _shown("new_conditions"),
        up=_moved_up("") | (both & _moved_up("our_")),
        down=_moved_down("") | (both & _moved_down("our_")),
        begun=_begun("") | (both & _begun("our_")),
        ended=_ended("") | (both & _ended("our_")),
        moved=_moved_off("") | (both & _moved_off("our_")),
        stars_up=(new_stars > stars).fill_null(False),
        stars_down=(new_stars < stars).fill_null(False),
        other=pl.col("conditions").list.sort() != pl.col("new_conditions").list.sort(),
    )
    flags = {
        "up": ChangeKind.CLASS_UP, "down": ChangeKind.CLASS_DOWN, "moved": ChangeKind.CLASS_MOVED,
        "begun": ChangeKind.CONFLICT_BEGUN, "ended": ChangeKind.CONFLICT_ENDED,
        "stars_up": ChangeKind.STARS_UP, "stars_down": ChangeKind.STARS_DOWN,
    }  # fmt: skip
    parts = [
        kinds.filter(flag).select(
            *_NAMES, _kind(kind), pl.col("was").alias("before"), pl.col("is").alias("after")
        )
        for flag, kind in flags.items()
    ]  # fmt: skip
    conditions = kinds.filter("other").select(
        *_NAMES, _kind(ChangeKind.CONDITIONS_MOVED),
        pl.col("conditions").alias("before"), pl.col("new_conditions").alias("after"),
    )  # fmt: skip
    restated = kinds.filter(~pl.any_horizontal(*flags, "other")).select(
        *_NAMES, _kind(ChangeKind.RESTATED), pl.col("was").alias("before"),
        pl.col("is").alias("after"),
    )  # fmt: skip
    return pl.concat([*parts, conditions, restated])


def _shown(name: str) -> pl.Expr:
    return pl.col(name).list.join("; ").str.slice(0, _SHOWN)


def _scaled(pairs: pl.DataFrame, name: str, prefix: str) -> pl.DataFrame:
    """Return each row's ``level`` on the scale, whether it is a ``conflict``, its ``off`` words."""
    phrases = pairs[name].list.unique().list.sort()
    text = phrases.list.join("|")
    table = {phrase: _scale(phrase.split("|")) for phrase in text.unique()}
    return _placed(text, table, prefix)


def _scaled_words(pairs: pl.DataFrame, name: str, prefix: str) -> pl.DataFrame:
    text = pairs[name].cast(pl.String).fill_null("")
    table = {word: _scale([word] if word else []) for word in text.unique()}
    return _placed(text, table, prefix)


Scaled = tuple[float | None, bool, str]


def _placed(text: pl.Series, table: dict[str, Scaled], prefix: str) -> pl.DataFrame:
    table = table or {"": (None, False, "")}
    codes = text.replace_strict(list(table), list(range(len(table)))).cast(pl.UInt32)
    levels, conflicts, off = zip(*table.values(), strict=True)
    return pl.DataFrame(
        {
            f"{prefix}level": pl.Series(levels, dtype=pl.Float64).gather(codes),
            f"{prefix}conflict": pl.Series(conflicts, dtype=pl.Boolean).gather(codes),
            f"{prefix}off": pl.Series(off, dtype=pl.String).gather(codes),
        }
    )


def _scale(words: list[str]) -> Scaled:
    levels = [_LEVELS[word] for word in words if word in _LEVELS]
    off = "|".join(word for word in words if word not in _LEVELS and word != _CONFLICTING)
    spread = max(levels) - min(levels) if levels else 0.0
    if _CONFLICTING in words or spread > _SAME_DIRECTION or _apart(levels):
        return None, True, off
    return (sum((min(levels), max(levels))) / 2 if levels else None), False, off


def _apart(levels: list[float]) -> bool:
    """VUS beside a class of either side is a conflict, though it is one step away."""
    uncertain = [2.5 < level < 3.5 for level in levels]
    return any(uncertain) and not all(uncertain)


def _pair(prefix: str, name: str) -> tuple[pl.Expr, pl.Expr]:
    return pl.col(f"{prefix}{name}"), pl.col(f"{prefix}new_{name}")


def _moved_up(prefix: str) -> pl.Expr:
    old, new = _pair(prefix, "level")
    return (new > old).fill_null(False)


def _moved_down(prefix: str) -> pl.Expr:
    old, new = _pair(prefix, "level")
    return (new < old).fill_null(False)


def _begun(prefix: str) -> pl.Expr:
    old, new = _pair(prefix, "conflict")
    return ~old & new


def _ended(prefix: str) -> pl.Expr:
    old, new = _pair(prefix, "conflict")
    return old & ~new


def _moved_off(prefix: str) -> pl.Expr:
    """A word without a place on the scale came or went, or the scale was entered or left."""
    old, new = _pair(prefix, "off")
    conflicts = _pair(prefix, "conflict")
    levels = _pair(prefix, "level")
    entered = (levels[0].is_null() != levels[1].is_null()) & ~conflicts[0] & ~conflicts[1]
    return (old != new) | entered
