"""Genotypes of sites as small numbers: a genome has few different ones, and millions of each.

The first numbers are those of `cell_fields.SITES`; others are added as files bring them.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.cell_fields import SITES
from varinterp.annotate.site_genotype import MISSING

NUMBER = pl.UInt16


class SiteNumbers:
    """The genotypes of a family's files, each with a number."""

    def __init__(self) -> None:
        self._texts = list(SITES)
        self._numbers = {seen: number for number, seen in reversed(list(enumerate(SITES)))}

    def of(self, genotypes: pl.Series) -> pl.Series:
        """Return the numbers of genotypes; null stays null."""
        for seen in genotypes.drop_nulls().unique(maintain_order=True):
            if seen not in self._numbers:
                self._numbers[seen] = len(self._texts)
                self._texts.append(seen)
        return genotypes.replace_strict(self._numbers, default=None, return_dtype=NUMBER)

    def values(self, numbers: pl.Series, of: Callable[[str], Any], kind: Any) -> NDArray[Any]:
        """Return what `of` says of each numbered genotype; of a missing one where null."""
        table = np.array([of(seen) for seen in (*self._texts, MISSING)], dtype=kind)
        found: NDArray[Any] = table[numbers.fill_null(len(self._texts)).to_numpy()]
        return found
