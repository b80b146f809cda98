"""On which copies two alleles of the proband lie, many pairs at a time. First answer that is one:

    same phase set, other sides                                       trans    reads
    same phase set, same side                                         cis      reads
    one allele from each parent                                       trans    parents
    both alleles from one parent, none in the other                   cis      parents
    one relative has one without the other, another has the other     trans    relatives
        without the one, and they are not of the same parent's side
    a parent has neither, and the other parent's side, or full        cis      relatives
        siblings where that parent was not called, has both
    a child has one of them, and the child's other parent neither     trans    relatives
    a child has both, and the child's other parent neither            cis      relatives
    anything else, and what contradicts itself                        unknown

    on a woman's two X: reads, parents and children alone; and
    her father has one without the other, her mother has that         trans    parents
    her father has both                                               cis      parents

One parent alone proves nothing: the allele that this parent lacks may be new on either copy.
Relatives stand for a parent who was not called, never beside one who was. An allele that neither
parent was called with has no side. That the two part, or travel together, by a crossing-over
between them is left aside: they lie in one gene. A father has one X, which all his daughters have
from him; sisters share it, so that what autosomal siblings tell does not hold.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum, StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import Call, Codes
from varinterp.inheritance.columns import NONE
from varinterp.inheritance.lineage import rows_of
from varinterp.inheritance.pairs import Pairs
from varinterp.inheritance.sides import (
    Lying,
    by_children,
    by_parents,
    by_parents_on_x,
    by_relatives,
)
from varinterp.model.family import Sex


class Phase(StrEnum):
    """Whether two alleles lie on the same copy of the chromosome."""

    CIS = "cis"
    TRANS = "trans"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What a phase rests on; one place is on one copy when the other copy lacks it."""

    READS = "reads"
    PARENTS = "parents"
    RELATIVES = "relatives"
    SAME_PLACE = "same_place"


class Lie(IntEnum):
    """A phase as a number."""

    UNKNOWN = 0
    CIS = 1
    TRANS = 2

    @property
    def phase(self) -> Phase:
        """The phase."""
        return Phase[self.name]


EVIDENCE = (None, *Evidence)


class Found(NamedTuple):
    """Phases (`Lie`) of pairs, and what each rests on: a place in `EVIDENCE`."""

    lies: npt.NDArray[np.uint8]
    evidence: npt.NDArray[np.uint8]


def phases(pairs: Pairs) -> Found:
    """Return the phase of every pair of an autosome."""
    rows = rows_of(pairs.family)
    over = pairs.over & ~pairs.within
    return _first(
        len(pairs),
        (
            (Evidence.SAME_PLACE, (over, np.zeros_like(over))),
            (Evidence.READS, _by_reads(pairs)),
            (Evidence.PARENTS, by_parents(pairs.seen, rows)),
            (Evidence.RELATIVES, by_relatives(pairs.seen, rows)),
        ),
    )


def phases_on_x(pairs: Pairs) -> Found:
    """Return the phase of every pair of a woman's two X, outside the pseudoautosomal regions."""
    rows = rows_of(pairs.family)
    seen = replace(pairs, one=_sure(pairs, pairs.one), other=_sure(pairs, pairs.other)).seen
    return _first(
        len(pairs),
        (
            (Evidence.READS, _by_reads(pairs)),
            (Evidence.PARENTS, by_parents_on_x(seen, rows)),
            (Evidence.RELATIVES, by_children(seen, rows)),
        ),
    )


def _sure(pairs: Pairs, codes: Codes) -> Codes:
    """Return codes in which men who were called with one copy of two X have no call."""
    male = np.array([person.sex is Sex.MALE for person in pairs.family])[:, None]
    return np.where(male & ((codes == Call.HET) | (codes == Call.MOSAIC)), Call.MISSING, codes)


def _by_reads(pairs: Pairs) -> Lying:
    (left, right), (one, other) = pairs.sides, pairs.blocks
    comparable = (one != NONE) & (one == other) & (left != NONE) & (right != NONE)
    return comparable & (left != right), comparable & (left == right)


def _first(size: int, steps: Iterable[tuple[Evidence, Lying]]) -> Found:
    """Return the first step's answer that is one; what says both says nothing."""
    lies = np.zeros(size, np.uint8)
    evidence = np.zeros_like(lies)
    for why, (trans, cis) in steps:
        fresh = (lies == Lie.UNKNOWN) & (trans ^ cis)
        lies[fresh] = np.where(trans[fresh], Lie.TRANS, Lie.CIS)
        evidence[fresh] = EVIDENCE.index(why)
    return Found(lies, evidence)
