"""A record's genotype likelihoods, seen from one of its alleles: no, one and two copies of it.

PL is phred-scaled and relative to the best genotype; GL is the logarithm to base ten, and PL is
``-10 GL`` relative to the best (VCF 4.5, 1.6.2). Both list a record's genotypes so that ``j/k``
(``j <= k``) has the place ``k (k + 1) / 2 + j``; haploid calls list the alleles. Of the genotypes
with as many copies the best stands for all: a site's other alleles are neither lost, as they are
where a splitter keeps the genotypes of REF and one ALT, nor taken for the reference.
"""

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.annotate.line_fields import MISSING
from varinterp.family_table import LIKELIHOODS

MOST = 999
"""What is kept at most: beyond it nothing is more certain."""

Floats = NDArray[np.float64]
Small = NDArray[np.int16]


def seen_from(texts: pl.DataFrame, person: int) -> list[pl.Series]:
    """Return a person's ``{n}.pl_0`` to ``{n}.pl_2``, null where the caller gave none.

    A malformed list, or one of another length, is none. `texts` has ``{n}.pl`` and ``{n}.gl`` as
    the record has them, null where it does not, the number ``index`` of the allele and the number
    ``alts`` of the record's ALT alleles.
    """
    found = np.full((texts.height, len(LIKELIHOODS)), MISSING, np.int16)
    place = texts["index"], texts["alts"]
    _fill(found, texts[f"{person}.pl"], *place, scale=1)
    by_gl = texts[f"{person}.gl"].set(pl.Series(found[:, 0] != MISSING), None)
    _fill(found, by_gl, *place, scale=-10)
    return [
        pl.Series(f"{person}.{name}", found[:, at]).set(pl.Series(found[:, at] == MISSING), None)
        for at, name in enumerate(LIKELIHOODS)
    ]


def seen_from_one(given: pl.Series) -> Small:
    """Return the likelihoods by the GL of records with one ALT, a row a call, -1 where missing."""
    found = np.full((given.len(), len(LIKELIHOODS)), MISSING, np.int16)
    one = pl.repeat(1, given.len(), dtype=pl.Int32, eager=True)
    _fill(found, given, one, one, scale=-10)
    return found


def _fill(found: Small, given: pl.Series, index: pl.Series, alts: pl.Series, *, scale: int) -> None:
    """Fill in the rows that have a list of one value a genotype; PL is never negative."""
    if given.null_count() == given.len():
        return
    listed = pl.DataFrame(
        {"at": pl.int_range(given.len(), eager=True), "index": index, "alts": alts,
         "values": given.str.split(",")}
    ).filter(pl.col("values").is_not_null())  # fmt: skip
    listed = listed.with_columns(pl.col("values").list.len().alias("length"))
    for place, rows in listed.group_by("index", "alts", "length"):
        copies = _copies(*place)
        if copies is not None:
            numbers = rows["values"].explode(empty_as_null=False).cast(pl.Float64, strict=False)
            table = scale * numbers.fill_null(np.nan).to_numpy().reshape(-1, len(copies))
            if scale > 0:
                table[table < 0] = np.nan
            found[rows["at"].to_numpy()] = of_genotypes(table, copies)


@cache
def _copies(index: int, alts: int, length: int) -> tuple[int, ...] | None:
    """Return each listed genotype's copies of ALT number `index`; None for another length."""
    alleles = range(alts + 1)
    if length == len(alleles):
        return tuple(int(allele == index) for allele in alleles)
    pairs = [(low, high) for high in alleles for low in range(high + 1)]
    if length != len(pairs):
        return None
    return tuple((low == index) + (high == index) for low, high in pairs)


def of_genotypes(table: Floats, copies: tuple[int, ...]) -> Small:
    """Return the best likelihood of each number of copies, a row a call.

    `table` has a column a genotype, phred-scaled; a call with a value that is none has none at all.
    """
    found = np.full((len(table), len(LIKELIHOODS)), MISSING, np.int16)
    known = np.isfinite(table).all(axis=1)
    rows = table[known]
    rows = np.minimum(np.rint(rows - rows.min(axis=1, keepdims=True)), MOST)
    for number in sorted(set(copies)):
        own = [at for at, each in enumerate(copies) if each == number]
        found[known, number] = rows[:, own].min(axis=1)
    return found
