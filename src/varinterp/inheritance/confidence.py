"""How sure the parents' data make it that neither carries an allele which the child has.

For each parent the reads are more likely, or less, if the parent carried the allele than if not:
``(1/2)^n`` against ``e^a (1-e)^(n-a)`` for *a* of *n* reads with the allele and a share *e* of
wrong reads. The caller's own likelihoods say the same with more knowledge: of a call without the
allele its GQ is the phred-scaled likelihood (PL) of the next genotype, which is the heterozygous
one. The more cautious of the two is believed, and weighed with how much oftener a rare allele is
inherited from a given parent than new. A parent without reads and quality says nothing, which is
never for the allele being new.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import Call, CallTable
from varinterp.model.family import Role

Floats = npt.NDArray[np.float64]


def confidence(calls: CallTable, at: Sequence[int] | slice = slice(None)) -> Floats:
    """Return the probability, from the parents' data, that neither parent carries each allele.

    0 where a parent is not in the pedigree or was not sequenced, or without limits.
    """
    rows = [calls.parent(role) for role in (Role.FATHER, Role.MOTHER)]
    limits = calls.limits
    count = len(range(*at.indices(len(calls)))) if isinstance(at, slice) else len(at)
    if limits is None or any(row is None for row in rows):
        return np.zeros(count)
    odds = np.zeros(count)
    for row in rows:
        odds += limits.inherited_odds * _likelihood_ratio(calls, row or 0, at, limits.read_error)
    return 1 / (1 + odds)


def _likelihood_ratio(
    calls: CallTable, row: int, at: Sequence[int] | slice, error: float
) -> Floats:
    """Return how much more likely a parent's data are with the allele than without.

    Infinite where there are none, or the parent was called with it.
    """
    columns = calls.columns
    alt, ref = columns.alt_depth[row, at], columns.ref_depth[row, at]
    quality, code = columns.quality[row, at], calls.codes[row, at]
    by_reads = np.exp(
        np.minimum(
            alt * np.log(0.5 / error) + ref * np.log(0.5 / (1 - error)),
            700.0,
        )
    )
    counted = (alt >= 0) & (ref >= 0)
    by_caller = np.where(quality >= 0, np.power(10.0, -np.maximum(quality, 0) / 10.0), 0.0)
    known = counted | (quality >= 0)
    without = (code >= Call.REFERENCE) & (code < Call.HET)
    ratio = np.maximum(np.where(counted, by_reads, 0.0), by_caller)
    return np.where(without & known, ratio, np.inf)
