"""The numbers of everybody's calls at many alleles, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from varinterp.model.genotype import Genotype

Ints = npt.NDArray[np.integer]

NONE = -1
"""Stands for an absent number in `Columns`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of calls, each an array (members, alleles); `NONE` where there is none.

    `copies` of `ploidy` chromosomes were called; depths are reads, `quality` phred-scaled.
    `likelihoods` are those of no, one and two copies, phred-scaled: (3, members, alleles).
    """

    copies: Ints
    ploidy: Ints
    ref_depth: Ints
    alt_depth: Ints
    depth: Ints
    quality: Ints
    likelihoods: Ints = field(kw_only=True)


_FIELDS = ("copies", "ploidy", "ref_depth", "alt_depth", "depth", "quality")
_LIKELIHOODS = 3


def columns_of(rows: Sequence[Sequence[Genotype]]) -> Columns:
    """Return the numbers of calls that are values, a row a member."""
    shape = (len(rows), len(rows[0]) if rows else 0)
    every = [genotype for row in rows for genotype in row]
    numbers = (
        np.array([NONE if (v := getattr(g, name)) is None else v for g in every], np.int32)
        for name in _FIELDS
    )
    nothing = (NONE,) * _LIKELIHOODS
    likelihoods = [((g.likelihoods or ()) + nothing)[:_LIKELIHOODS] for g in every]
    return Columns(
        *(column.reshape(shape) for column in numbers),
        likelihoods=np.array(likelihoods, np.int32).T.reshape(_LIKELIHOODS, *shape),
    )
