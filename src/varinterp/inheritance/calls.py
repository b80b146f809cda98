"""Everybody's calls at many alleles at once, as one code a member and allele.

    ABSENT      the person was not sequenced, or is not in the pedigree
    MISSING     no call, or half of one: never taken for reference
    REFERENCE   called without the allele, and believed
    THIN        called without it, on too few reads or too little confidence
    TRACE       called without it, and the reads show it all the same
    HET         called with one copy of two
    MOSAIC      the same, in far fewer than half of the reads
    HOM         called with two copies of two
    HEMI        called with one copy of one

Without limits nothing is said of belief: no call is THIN, TRACE or MOSAIC. The modes of inheritance
are tables over these codes (`inheritance.tables`), so that one allele and a genome's are answered
by the same code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.columns import NONE, Columns, Ints, columns_of
from varinterp.inheritance.likelihoods import for_call, known
from varinterp.inheritance.likelihoods import in_doubt as doubted_numbers
from varinterp.inheritance.limits import FamilyLimits, TrioLimits
from varinterp.inheritance.order import reading_order
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family, Role
from varinterp.model.genotype import MISSING, Genotype

Codes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]


class Call(IntEnum):
    """What a person was called with, and how far that is to be believed."""

    ABSENT = 0
    MISSING = 1
    REFERENCE = 2
    THIN = 3
    TRACE = 4
    HET = 5
    MOSAIC = 6
    HOM = 7
    HEMI = 8

    @property
    def carries(self) -> bool:
        """Whether at least one copy was called."""
        return self >= Call.HET

    @property
    def without(self) -> bool:
        """Whether it was called without the allele, believed or not."""
        return Call.REFERENCE <= self <= Call.TRACE

    @property
    def disbelieved(self) -> bool:
        """Whether it was called without the allele, which its data do not bear out."""
        return self in (Call.THIN, Call.TRACE)

    @property
    def one_of_two(self) -> bool:
        """Whether one of two copies was called, in all cells or in some."""
        return self in (Call.HET, Call.MOSAIC)

    @property
    def every_copy(self) -> bool:
        """Whether no copy was called without the allele."""
        return self in (Call.HOM, Call.HEMI)


_MOST = 6
"""Ploidies above are answered as if they were this: nobody calls people so."""


def _zygosity(copies: int, ploidy: int) -> Call:
    if copies < 0 or ploidy < 0:
        return Call.MISSING
    if copies == 0:
        return Call.REFERENCE
    if ploidy == 1:
        return Call.HEMI
    return Call.HOM if copies == ploidy else Call.HET


_SIDE = _MOST + 2
_ZYGOSITY = np.array(
    [_zygosity(at // _SIDE - 1, at % _SIDE - 1) for at in range(_SIDE * _SIDE)], np.uint8
)


def codes(columns: Columns, limits: FamilyLimits | None) -> Codes:
    """Return the code of each call; nobody is ABSENT here: that is the pedigree's to say."""
    place = np.minimum(columns.copies, _MOST) * np.intp(_SIDE) + np.minimum(columns.ploidy, _MOST)
    found = _ZYGOSITY.take(place + _SIDE + 1)
    if limits is None:
        return found
    reference = found == Call.REFERENCE
    sure = believed(columns.depth, columns.quality, limits.trio)
    found[reference & ~sure] = Call.THIN
    found[reference & (columns.alt_depth > limits.trio.max_alt_reads)] = Call.TRACE
    at = np.flatnonzero(found == Call.HET)
    alt, ref = columns.alt_depth.take(at), columns.ref_depth.take(at)
    few = at[(alt >= 0) & (ref >= 0) & limits.mosaic(alt, alt + ref)]
    found.reshape(-1)[few] = Call.MOSAIC
    return found


def believed(depth: Any, quality: Any, limits: TrioLimits) -> Any:
    """Tell which calls, or whether one, is deep enough, and sure where its caller says how sure."""
    sure = (quality >= limits.min_quality) | (quality < 0)
    return (depth >= limits.min_depth) & sure


def in_doubt(columns: Columns, limits: TrioLimits) -> Bools:
    """Tell which calls their likelihoods leave in doubt (`inheritance.likelihoods`)."""
    return doubted_numbers(
        columns.copies, columns.likelihoods, columns.alt_depth, columns.ref_depth, limits
    )


def doubted(genotype: Genotype, limits: TrioLimits) -> bool:
    """Tell whether its likelihoods leave one call in doubt."""
    return bool(in_doubt(columns_of([[genotype]]), limits)[0, 0])


def support(genotype: Genotype) -> int | None:
    """Return by how many phred a call's likelihoods are for it: for some copy, or for none."""
    columns = columns_of([[genotype]])
    found = int(for_call(columns.copies, columns.likelihoods)[0, 0])
    return None if genotype.likelihoods is None else found


def code_of(genotype: Genotype, limits: FamilyLimits | None) -> Call:
    """Return the code of one call."""
    return Call(int(codes(columns_of([[genotype]]), limits)[0, 0]))


@dataclass(frozen=True)
class CallTable:
    """A family's calls: codes (members in the pedigree's order, alleles), and the numbers behind.

    `haplotypes` (0 or 1) and `phase_sets` (numbered) are the proband's, `NONE` where unphased.
    """

    family: Family
    codes: Codes
    columns: Columns
    limits: FamilyLimits | None
    haplotypes: Ints | None = None
    phase_sets: Ints | None = None

    @classmethod
    def of(
        cls, family: Family, alleles: Sequence[FamilyGenotypes], limits: FamilyLimits | None = None
    ) -> Self:
        """Tabulate calls that are values, allele by allele."""
        known = [dict(each.calls) for each in alleles]
        columns = columns_of([[calls.get(p.id, MISSING) for calls in known] for p in family])
        proband = [calls.get(family.proband_id, MISSING) for calls in known]
        names: dict[str, int] = {}
        sets = [
            NONE if g.phase_set is None else names.setdefault(g.phase_set, len(names))
            for g in proband
        ]
        sides = [NONE if g.haplotype is None else g.haplotype for g in proband]
        return cls.from_columns(
            family, columns, limits, np.array(sides, np.int8), np.array(sets, np.int64)
        )

    @classmethod
    def from_columns(
        cls,
        family: Family,
        columns: Columns,
        limits: FamilyLimits | None,
        haplotypes: Ints | None = None,
        phase_sets: Ints | None = None,
    ) -> Self:
        """Tabulate calls that are columns, one row a member in the pedigree's order."""
        found = codes(columns, limits)
        for at, person in enumerate(family):
            if not person.sequenced:
                found[at] = Call.ABSENT
        return cls(family, found, columns, limits, haplotypes, phase_sets)

    def __len__(self) -> int:
        return int(self.codes.shape[1])

    @cached_property
    def proband(self) -> int:
        """The proband's row."""
        return _row(self.family, self.family.proband_id)

    def parent(self, role: Role) -> int | None:
        """Return the row of the proband's father or mother, None when there is none."""
        person = self.family.parent(self.family.proband, role)
        return None if person is None else _row(self.family, person.id)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The rows in the order in which members are named to a reader."""
        return reading_order(self.family)

    @cached_property
    def sure(self) -> Bools:
        """Where the proband's own call is believed; everywhere without limits."""
        if self.limits is None:
            return np.ones(len(self), np.bool_)
        row = self.proband
        sure: Bools = believed(self.columns.depth[row], self.columns.quality[row], self.limits.trio)
        sure &= ~self.doubted[row]
        return sure

    @cached_property
    def doubted(self) -> Bools:
        """Which calls their likelihoods leave in doubt, (members, alleles); none without limits."""
        if self.limits is None or not known(self.columns.likelihoods).any():
            return np.zeros(self.codes.shape, np.bool_)
        return in_doubt(self.columns, self.limits.trio)

    @cached_property
    def trio(self) -> npt.NDArray[np.intp]:
        """Where in a table over the trio's codes (`trio_at`) each allele stands.

        A parent's call that its likelihoods leave in doubt is THIN there.
        """
        place: npt.NDArray[np.intp] = self.codes[self.proband].astype(np.intp) * 2 + self.sure
        for role in (Role.FATHER, Role.MOTHER):
            row = self.parent(role)
            place *= len(Call)
            if row is not None:
                place += self.codes[row]
                place += self.doubted[row] & (self.codes[row] == Call.REFERENCE)
        return place


TRIO_PLACES = 2 * len(Call) ** 3


def trio_at(place: int) -> tuple[Call, bool, Call, Call]:
    """Return the proband's code, whether it is believed, and the father's and mother's codes."""
    rest, mother = divmod(place, len(Call))
    rest, father = divmod(rest, len(Call))
    proband, sure = divmod(rest, 2)
    return Call(proband), bool(sure), Call(father), Call(mother)


def _row(family: Family, person_id: str) -> int:
    return next(at for at, person in enumerate(family) if person.id == person_id)
