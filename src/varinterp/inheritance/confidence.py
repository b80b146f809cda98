"""How sure the parents' data make it that neither carries an allele which the child has.

For each parent the reads are more likely, or less, if the parent carried the allele than if not:
``(1/2)^n`` against ``e^a (1-e)^(n-a)`` for *a* of *n* reads with the allele and a share *e* of
wrong reads. The caller's own likelihoods (PL) say the same with more knowledge; where it gives none
its GQ stands in, which of a call without the allele is the likelihood of the next genotype, mostly
the heterozygous one. The more cautious of the two is believed, and weighed with how much oftener a
rare allele is inherited from a given parent than new. A parent without reads, likelihoods and
quality says nothing, which is never for the allele being new. Where the child has likelihoods, an
error in the child is weighed beside the parents (`inheritance.likelihoods`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.likelihoods import for_a_copy, for_absence, known, reads_for_a_copy
from varinterp.model.family import Role

Floats = npt.NDArray[np.float64]

_MOST_PHRED = 3000


def confidence(calls: CallTable, at: Sequence[int] | slice = slice(None)) -> Floats:
    """Return the probability, from the trio's data, that each allele is new.

    0 where a parent is not in the pedigree or was not sequenced, or without limits.
    """
    rows = [calls.parent(role) for role in (Role.FATHER, Role.MOTHER)]
    limits = calls.limits
    count = len(range(*at.indices(len(calls)))) if isinstance(at, slice) else len(at)
    if limits is None or any(row is None for row in rows):
        return np.zeros(count)
    error = limits.trio.read_error
    odds = limits.error_odds * _error(calls, at, error)
    for row in rows:
        odds += limits.inherited_odds * _likelihood_ratio(calls, row or 0, at, error)
    return 1 / (1 + odds)


def _error(calls: CallTable, at: Sequence[int] | slice, error: float) -> Floats:
    """Return how much more likely the child's data are without the allele than with it.

    The likelihoods' answer or the reads', whichever is for the allele; 0 without likelihoods.
    """
    row, columns = calls.proband, calls.columns
    likelihoods = columns.likelihoods[:, row, at]
    alt, ref = columns.alt_depth[row, at], columns.ref_depth[row, at]
    phred = for_a_copy(likelihoods, alt, ref, error)
    return np.where(known(likelihoods), _ratio(phred), 0.0)


def _likelihood_ratio(
    calls: CallTable, row: int, at: Sequence[int] | slice, error: float
) -> Floats:
    """Return how much more likely a parent's data are with the allele than without.

    Infinite where there are none, or the parent was called with it.
    """
    columns = calls.columns
    alt, ref = columns.alt_depth[row, at], columns.ref_depth[row, at]
    quality, code = columns.quality[row, at], calls.codes[row, at]
    likelihoods = columns.likelihoods[:, row, at]
    by_reads = _ratio(-reads_for_a_copy(alt, ref, error))
    counted = (alt >= 0) & (ref >= 0)
    phred = np.where(known(likelihoods), for_absence(likelihoods), quality)
    said = known(likelihoods) | (quality >= 0)
    without = (code >= Call.REFERENCE) & (code < Call.HET)
    ratio = np.maximum(np.where(counted, by_reads, 0.0), np.where(said, _ratio(phred), 0.0))
    return np.where(without & (counted | said), ratio, np.inf)


def _ratio(phred: npt.NDArray[Any]) -> Floats:
    """Return the ratio of likelihoods that so many phred stand for, within what a float holds."""
    found: Floats = np.power(10.0, -np.clip(phred, -_MOST_PHRED, None) / 10.0)
    return found
