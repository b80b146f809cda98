"""Resolving ClinVar's submissions to one class a variation, and one a variation and condition.

In this order: only submissions that contribute to ClinVar's aggregate, flagged ones never; the
highest tier of review that has any (practice guideline, expert panel, criteria provided, none);
one vote a submitter, its latest by date of evaluation, then by accession and version, a date that
is not given being the earliest; then `clinvar_rule`. A submission that answers another question
(drug response, association, risk factor …) has no vote, so that a panel's drug response does not
outrank laboratories' *pathogenic*. The order of the file does not matter.

Leaving out a laboratory's own submissions can leave a variation without a vote: what ClinVar's
file marks as not contributing because of them stays out, so that the class is then unknown.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from varinterp.model.clinvar import Significance
from varinterp.sources.clinvar_submissions import NO_TERM, TERM
from varinterp.sources.clinvar_votes import Rows, UInt, classes, rank, voting_terms, winners


class LeftOut(StrEnum):
    """Why a submission has no vote on its variation's class."""

    NO_GERMLINE_CLASS = "no_germline_class"
    FLAGGED = "flagged"
    NOT_CONTRIBUTING = "not_contributing"
    OWN_LABORATORY = "own_laboratory"
    NO_CLASS = "no_class"  # not provided, or conflicting in itself
    ANOTHER_QUESTION = "another_question"
    LOWER_TIER = "lower_tier"
    SUPERSEDED = "superseded"  # by a later one of the same submitter


@dataclass(frozen=True, slots=True)
class Resolved:
    """Submissions with ``left_out`` (a word of `LeftOut`, null for a vote), and what they give.

    `variations` has a row a variation and `conditions` one a variation and ``condition`` (a number
    of `names`, which has ``condition_id`` and ``name``), both with ``resolved``,
    ``resolved_stars``, ``margin``, ``robustness`` and the votes for each of `CLASSES`. All are
    sorted.
    """

    submissions: pl.DataFrame
    variations: pl.DataFrame
    conditions: pl.DataFrame
    names: pl.DataFrame


_NO_CLASS = [Significance.NOT_PROVIDED.value, Significance.CONFLICTING.value]
_REASON = pl.Enum([reason.value for reason in LeftOut])
_GROUP = np.uint64(32)
_AT_ONCE = 1 << 20


def resolve_submissions(submissions: pl.DataFrame, own: Collection[str] = ()) -> Resolved:
    """Resolve submissions (`clinvar_submissions.SUBMISSIONS`); `own` names submitters to leave out.

    Names of submitters are compared as ClinVar writes them, whatever the case.
    """
    ordered = _ordered(submissions)
    conditions = _conditions(ordered["condition"].unique())
    pieces = [_resolved(piece, own, conditions) for piece in _pieces(ordered)]
    marked, variations, of_conditions = (pl.concat(parts) for parts in zip(*pieces, strict=True))
    names = conditions.select("number", "condition_id", "name").unique("number").sort("number")
    return Resolved(marked, variations, of_conditions, names)


def _pieces(ordered: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cut the submissions between variations: what is resolved at once is bounded."""
    variations = ordered["variation"].to_numpy()
    start = 0
    while start < variations.size or start == 0:
        end = min(start + _AT_ONCE, variations.size)
        while end < variations.size and variations[end] == variations[end - 1]:
            end += 1
        yield ordered[start:end]
        start = max(end, 1)


def _resolved(
    ordered: pl.DataFrame, own: Collection[str], conditions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    ordered = ordered.with_columns(_first_reason(ordered, own).alias("left_out"))
    rows = ordered["left_out"].is_null().arg_true().to_numpy().astype(np.int64)
    voting = ordered[rows].select("variation", "submitter", "stars", "condition", rank())
    variations = voting["variation"].cast(pl.UInt64).to_numpy()
    overall = winners(voting, variations, np.arange(voting.height))
    marked = ordered.with_columns(_marked(ordered["left_out"], rows, voting, overall))
    found = classes(voting, variations, overall)
    return (
        marked,
        found.select(pl.col("group").cast(pl.UInt32).alias("variation"), pl.exclude("group")),
        _of_conditions(voting, variations, conditions),
    )


def _ordered(submissions: pl.DataFrame) -> pl.DataFrame:
    """Sort by variation and accession; the rare rows that share both, by all their cells."""
    place = ["variation", "scv", "version"]
    shared = submissions.select(place).is_duplicated()
    alike = (
        submissions.filter(shared)
        .with_columns(pl.col("submitter", "condition", "term").cast(pl.String).name.prefix("by "))
        .sort(*place, "stars", "flagged", "contributes", "date", "^by .*$")
        .select(submissions.columns)
    )
    return pl.concat([submissions.filter(~shared), alike]).sort(place, maintain_order=True)


def _first_reason(ordered: pl.DataFrame, own: Collection[str]) -> pl.Series:
    """Return why a submission has no vote whatever the others say, null when it may have one."""
    names = {name.strip().lower() for name in own}
    submitters = ordered["submitter"].unique()
    left = submitters.filter(submitters.cast(pl.String).str.to_lowercase().is_in(list(names)))
    term = pl.col("term")
    reasons = (
        (term == NO_TERM, LeftOut.NO_GERMLINE_CLASS),
        (pl.col("flagged"), LeftOut.FLAGGED),
        (~pl.col("contributes"), LeftOut.NOT_CONTRIBUTING),
        (pl.col("submitter").is_in(left.implode()), LeftOut.OWN_LABORATORY),
        (term.is_in(pl.Series(_NO_CLASS, dtype=TERM).implode()), LeftOut.NO_CLASS),
        (~term.is_in(voting_terms().implode()), LeftOut.ANOTHER_QUESTION),
        (pl.col("stars").is_null(), LeftOut.NO_CLASS),
    )
    first = pl.coalesce(
        pl.when(when).then(pl.lit(reason.value, _REASON)) for when, reason in reasons
    )
    return ordered.select(first).to_series()


def _marked(reasons: pl.Series, rows: Rows, voting: pl.DataFrame, winners: Rows) -> pl.Series:
    """Add to the reasons of those that could vote why some did not."""
    variations = voting["variation"].to_numpy()
    stars = voting["stars"].to_numpy()
    tier = np.zeros(int(variations.max(initial=0)) + 1, dtype=np.int8)
    tier[variations[winners]] = stars[winners]
    words = pl.Series([None, LeftOut.LOWER_TIER.value, LeftOut.SUPERSEDED.value], dtype=_REASON)
    codes = np.where(stars < tier[variations], 1, 2)
    codes[winners] = 0
    return reasons.scatter(rows, words.gather(codes)).alias("left_out")


def _of_conditions(voting: pl.DataFrame, variations: UInt, parts: pl.DataFrame) -> pl.DataFrame:
    """Resolve each condition of each variation; a submission of several counts for each."""
    numbers = pl.int_range(voting.height, eager=True, dtype=pl.UInt32)
    entries = (
        voting.select("condition")
        .with_columns(numbers.alias("row"))
        .join(parts.select("condition", "number"), on="condition", how="inner")
    )
    of = entries["row"].to_numpy().astype(np.int64)
    groups = variations[of] << _GROUP | entries["number"].to_numpy().astype(np.uint64)
    found = classes(voting, groups, winners(voting, groups, of), of)
    return found.select(
        (pl.col("group") // (1 << 32)).cast(pl.UInt32).alias("variation"),
        (pl.col("group") % (1 << 32)).cast(pl.UInt32).alias("condition"),
        pl.exclude("group"),
    )


def _conditions(texts: pl.Series) -> pl.DataFrame:
    """Split ClinVar's texts (``C0000001:One;na:Another``) into conditions, numbered by identifier.

    The identifier is MedGen's, or the text itself where ClinVar has none; the name is the first in
    order where ClinVar has had several.
    """
    part = pl.col("part")
    parts = (
        texts.to_frame("condition")
        .with_columns(
            pl.col("condition")
            .cast(pl.String)
            .str.replace_all(r";(CN?\d+|na):", "\u0001$1:")
            .str.split("\u0001")
            .alias("part")
        )
        .explode("part", empty_as_null=True)
        .with_columns(
            pl.coalesce(part.str.extract(r"^(CN?\d+):"), part).alias("condition_id"),
            part.str.replace(r"^(CN?\d+|na):", "").alias("name"),
        )
        .with_columns(pl.col("name").min().over("condition_id"))
    )
    return (
        parts.with_columns(
            (pl.col("condition_id").rank("dense") - 1).cast(pl.UInt32).alias("number")
        )
        .select("condition", "number", "condition_id", "name")
        .unique(["condition", "number"])
    )
