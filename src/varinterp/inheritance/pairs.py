"""Pairs of hits in one gene, many at a time: everybody's calls of the one and of the other."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import Bools, Call, CallTable, Codes
from varinterp.inheritance.columns import NONE, Ints
from varinterp.model.family import Family

Places = npt.NDArray[np.intp]


class Seen(NamedTuple):
    """Who was called at the one and at the other, and who carries them: (members, pairs)."""

    called_one: Bools
    called_other: Bools
    has_one: Bools
    has_other: Bools


@dataclass(frozen=True)
class Pairs:
    """Pairs of hits: everybody's codes for the one and the other, arrays (members, pairs).

    The proband's `sides` (0 or 1) and `blocks` are arrays (2, pairs), `NONE` where unphased.
    `copy` marks pairs whose other hit is a copy number, `over` those in which it is a loss that
    spans the first, `within` those among them whose first was called beside an intact copy.
    """

    family: Family
    one: Codes
    other: Codes
    sides: Ints
    blocks: Ints
    copy: Bools
    over: Bools
    within: Bools

    def __len__(self) -> int:
        return int(self.one.shape[1])

    @cached_property
    def seen(self) -> Seen:
        """Who was called, and who carries what."""
        return Seen(
            self.one >= Call.REFERENCE,
            self.other >= Call.REFERENCE,
            self.one >= Call.HET,
            self.other >= Call.HET,
        )


def pairs_of(calls: CallTable, one: Places, other: Places) -> Pairs:
    """Return pairs of a table's alleles."""
    none = np.full(len(calls), NONE)
    sides = none if calls.haplotypes is None else calls.haplotypes
    blocks = none if calls.phase_sets is None else calls.phase_sets
    nowhere = np.zeros(len(one), np.bool_)
    both = np.stack([one, other])
    return Pairs(
        calls.family,
        calls.codes[:, one],
        calls.codes[:, other],
        sides[both],
        blocks[both],
        nowhere,
        nowhere,
        nowhere,
    )


def beside_copies(calls: CallTable, one: Places, copies: Codes, spans: Bools) -> Pairs:
    """Return pairs of a table's alleles and copy numbers.

    `copies` are everybody's codes for the copy number of each pair; `spans` tells where it is a
    loss that spans the allele.
    """
    codes = calls.codes[:, one].copy()
    lost = spans & (copies >= Call.HET)
    whole = (codes == Call.HOM) | (codes == Call.HEMI)
    beside = lost & ((codes == Call.HET) | (codes == Call.MOSAIC))
    row = calls.proband
    within = beside[row].copy()
    beside[row] = False
    codes[lost & whole] = Call.HET
    codes[beside] = Call.MISSING
    none = np.full((2, len(one)), NONE)
    everywhere = np.ones(len(one), np.bool_)
    return Pairs(calls.family, codes, copies, none, none, everywhere, lost[row], within)
