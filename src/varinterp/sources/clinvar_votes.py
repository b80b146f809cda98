"""Votes on classes as arrays: which submission is one, what each group of them resolves to.

A group is a variation, or a variation and condition; entries are submissions in groups. Python
loops over different vectors of votes only, of which there are some thousand.
"""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.sources.clinvar_rule import CLASSES, ONE_VOTE, resolve
from varinterp.sources.clinvar_submissions import TERM

_DATE_BITS, _SCV_BITS, _VERSION_BITS, _CLASS_BITS = 17, 30, 12, 4
_WORDS = [word.value for word in CLASSES]
_CLASSES: dict[str, Any] = {
    "group": pl.UInt64,
    "resolved": TERM,
    "resolved_stars": pl.Int8,
    "margin": pl.Int16,
    "robustness": pl.Int16,
    **dict.fromkeys(_WORDS, pl.UInt16),
}

UInt = NDArray[np.uint64]
Rows = NDArray[np.int64]


def voting_terms() -> pl.Series:
    """Return the words that have a vote."""
    return pl.Series([word.value for word in ONE_VOTE], dtype=TERM)


def rank() -> pl.Expr:
    """Pack date, accession, version and class into a number: the greatest is the latest vote."""
    days = (pl.col("date").cast(pl.Int32) + 25_567).clip(1, (1 << _DATE_BITS) - 1).fill_null(0)
    version = pl.col("version").cast(pl.UInt64).clip(0, (1 << _VERSION_BITS) - 1)
    places = pl.Series([CLASSES.index(vote) for vote in ONE_VOTE.values()], dtype=pl.UInt64)
    place = pl.col("term").replace_strict(voting_terms(), places, return_dtype=pl.UInt64)
    rank = days.cast(pl.UInt64)
    for bits, value in (
        (_SCV_BITS, pl.col("scv").cast(pl.UInt64)),
        (_VERSION_BITS, version),
        (_CLASS_BITS, place),
    ):
        rank = rank * (1 << bits) + value
    return rank.alias("rank")


def winners(voting: pl.DataFrame, groups: UInt, of: Rows) -> Rows:
    """Return which entries are votes: of each group's highest tier, each submitter's latest.

    Entry i is submission `of[i]` in group `groups[i]`; the answer is sorted by group.
    """
    if not of.size:
        return of
    stars = voting["stars"].to_numpy()[of]
    order = np.argsort(groups, kind="stable")
    starts = _starts(groups[order])
    tiers = np.maximum.reduceat(stars[order], starts)
    sizes = np.diff(np.append(starts, order.size))
    order = order[stars[order] == np.repeat(tiers, sizes)]
    submitters = voting["submitter"].to_physical().to_numpy()[of[order]]
    ranks = voting["rank"].to_numpy()[of[order]]
    order = order[np.lexsort((ranks, submitters, groups[order]))]
    voter = voting["submitter"].to_physical().to_numpy()[of[order]]
    last = np.append((np.diff(groups[order]) != 0) | (np.diff(voter.astype(np.int64)) != 0), True)
    votes: Rows = order[last]
    return votes


def _starts(groups: UInt) -> Rows:
    """Return where each run of equal groups starts."""
    changes = np.flatnonzero(groups[1:] != groups[:-1]) + 1
    return np.concatenate((np.zeros(1, dtype=np.int64), changes))


def classes(
    voting: pl.DataFrame, groups: UInt, winners: Rows, of: Rows | None = None
) -> pl.DataFrame:
    """Return the class and votes of each group of the winners, in order of group."""
    if not winners.size:
        return pl.DataFrame(schema=_CLASSES)
    submissions = winners if of is None else of[winners]
    places = voting["rank"].to_numpy()[submissions] % np.uint64(1 << _CLASS_BITS)
    starts = _starts(groups[winners])
    votes = np.stack(
        [np.add.reduceat(places == index, starts, dtype=np.uint16) for index in range(len(CLASSES))]
    )
    first, which = _different(votes)
    found = [resolve(tuple(map(int, votes[:, index]))) for index in first]
    stars = voting["stars"].to_numpy()[submissions[starts]]
    agreed = np.array([each.unanimous for each in found])[which] & (votes.sum(axis=0) > 1)
    resolved = pl.Series([each.resolved.value for each in found], dtype=TERM)
    return pl.DataFrame(
        [
            pl.Series("group", groups[winners][starts]),
            resolved.gather(which).alias("resolved"),
            pl.Series("resolved_stars", np.where((stars == 1) & agreed, 2, stars), dtype=pl.Int8),
            *(
                pl.Series(name, [getattr(each, name) for each in found], dtype=pl.Int16).gather(
                    which
                )
                for name in ("margin", "robustness")
            ),
            *(pl.Series(word, counts) for word, counts in zip(_WORDS, votes, strict=True)),
        ]
    )


def _different(votes: NDArray[np.uint16]) -> tuple[Rows, Rows]:
    """Return a column of each different vector of votes, and which one each column is."""
    which: Rows = np.zeros(votes.shape[1], dtype=np.int64)
    for counts in votes:
        _, which = np.unique(which * (1 << 16) + counts, return_inverse=True)
    _, first, which = np.unique(which, return_index=True, return_inverse=True)
    return first, which
