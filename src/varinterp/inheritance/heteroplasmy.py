"""The share of a person's mitochondrial copies that carry an allele, and what level it is.

The share is that of reads, where the call has reads; those of another ALT at the place are reads
without it. A call of all copies without reads is taken for all of them. The levels are limits of
the rules (`limits.FamilyLimits`).
"""

from enum import IntEnum
from typing import Any

import numpy as np

from varinterp.inheritance.calls import Call, CallTable, Codes, believed
from varinterp.inheritance.columns import NONE
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.genotype import Genotype

_NEITHER = 0.1
"""From this share of the depth on, reads that are neither REF nor the allele are another allele's.

Ours: callers leave a few in a hundred out of both counts, and the alleles of a place are told apart
before they are read here.
"""

_RULE_OF_THREE = 3
"""None of n reads excludes, at 95 %, shares above three of n (Hanley 1983, PMID 6827763)."""


class Level(IntEnum):
    """A call as a level; it takes the places of `calls.Call` in the tables."""

    ABSENT = 0
    MISSING = 1
    NONE = 2
    THIN = 3
    BELOW = 4
    SOME = 5
    MOST = 6
    ALL = 7
    NOT_COUNTED = 8

    @property
    def carries(self) -> bool:
        """Whether the allele is there, whatever its level."""
        return self >= Level.SOME


def levels(calls: CallTable, limits: FamilyLimits) -> Codes:
    """Return the level of each call, (members, alleles)."""
    columns = calls.columns
    alt = columns.alt_depth
    total = alt + without(columns.ref_depth, alt, columns.depth)
    counted = (alt >= 0) & (columns.ref_depth >= 0) & (total > 0)
    share = np.where(counted, alt, 0) / np.where(counted, total, 1)
    called = np.where(calls.codes >= Call.HET, Level.NOT_COUNTED, Level.NONE).astype(np.uint8)
    whole = (calls.codes == Call.HOM) | (calls.codes == Call.HEMI)
    found = np.where(whole & ~counted, Level.ALL, called)
    carried = calls.codes >= Call.HET
    for level, least in (
        (Level.BELOW, 0.0),
        (Level.SOME, limits.detected_from),
        (Level.MOST, limits.disease_from),
        (Level.ALL, limits.homoplasmic_from),
    ):
        # Reads without a call count from the level on at which they are told from errors.
        there = carried | (share >= max(limits.detected_from, least))
        found[counted & there & (share >= least)] = level
    enough = columns.depth * limits.detected_from >= _RULE_OF_THREE
    sure = believed(columns.depth, columns.quality, limits.trio) & enough
    found[(found == Level.NONE) & ~sure] = Level.THIN
    found[calls.codes == Call.MISSING] = Level.MISSING
    found[calls.codes == Call.ABSENT] = Level.ABSENT
    return found.astype(np.uint8)


def share_of(genotype: Genotype) -> float | None:
    """Return the share of copies that carry the allele; None where no reads are counted."""
    ref, alt = genotype.ref_depth, genotype.alt_depth
    if ref is None or alt is None:
        return None
    depth = NONE if genotype.depth is None else genotype.depth
    total = alt + int(without(np.int64(ref), np.int64(alt), np.int64(depth)))
    return alt / total if total else None


def without(ref: Any, alt: Any, depth: Any) -> Any:
    """Return the reads without the allele: those of another ALT of the place among them."""
    total = alt + ref
    counted = (ref >= 0) & (alt >= 0) & (total > 0)
    return np.where(counted & (total < (1 - _NEITHER) * depth), depth - alt, ref)
