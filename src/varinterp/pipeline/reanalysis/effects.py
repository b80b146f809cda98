"""Consequences of alleles: remembered where they were worked out before, else by vepyr, at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import polars as pl

from varinterp.cohort.consequences import memo_key
from varinterp.pipeline.consequence import from_vepyr
from varinterp.pipeline.placements import at_both_places
from varinterp.pipeline.reanalysis.view import View

ALLELE = ["chromosome", "position", "ref", "alt"]
WorkOut = Callable[[pl.DataFrame], pl.DataFrame]


class Memo(Protocol):
    """Consequences that were worked out before, by the release that they were worked out with."""

    def of(self, release: str, alleles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the rows of the alleles that are known, and the alleles that are not."""

    def keep(self, release: str, frame: pl.DataFrame) -> None:
        """Remember rows; an allele outside transcripts has one, without a transcript."""


def consequences_of(alleles: pl.DataFrame, view: View, memo: Memo, beside: Path) -> pl.DataFrame:
    """Return the consequences of alleles (`ALLELE`), asking vepyr once for all that are missing.

    vepyr works in a temporary folder in `beside`.
    """
    release = memo_key(view.releases["vep"].manifest.release)
    known, missing = memo.of(release, alleles.select(ALLELE).unique().sort(ALLELE))
    if missing.is_empty():
        return known
    asked = missing.select(ALLELE)
    found = remembered(asked, _by_vepyr(asked, view, beside))
    memo.keep(release, found)
    return found if known.is_empty() else pl.concat([known, found], how="diagonal_relaxed")


def remembered(alleles: pl.DataFrame, consequences: pl.DataFrame) -> pl.DataFrame:
    """Return consequences as a memo keeps them: a row for every allele, outside genes too."""
    asked = alleles.select(pl.col(name).cast(consequences.schema[name]) for name in ALLELE)
    return asked.join(consequences, on=ALLELE, how="left", maintain_order="left")


def _by_vepyr(alleles: pl.DataFrame, view: View, beside: Path) -> pl.DataFrame:
    beside.mkdir(parents=True, exist_ok=True)
    cache = view.releases["vep"].folder
    annotate = partial(from_vepyr, cache=cache, reference=view.reference, beside=beside)
    return at_both_places(alleles, annotate, cache, view.reference)


def of_laboratory(csq: pl.DataFrame, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return what the laboratory's own VEP said of alleles."""
    typed = alleles.select(pl.col(name).cast(csq.schema[name]) for name in ALLELE)
    return csq.join(typed, on=ALLELE, how="semi", maintain_order="left")
