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

One parent alone proves nothing: the allele that this parent lacks may be new on either copy.
Relatives stand for a parent who was not called, never beside one who was. An allele that neither
parent was called with has no side. That the two part, or travel together, by a crossing-over
between them is left aside: they lie in one gene.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import NONE, Bools, Call, Codes, Ints
from varinterp.inheritance.lineage import Rows, rows_of
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family
from varinterp.model.genotype import Zygosity

Truth = Any
"""A bool, or an array of them, one a pair: the same rules are put to either."""


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


@dataclass(frozen=True)
class Pairs:
    """Pairs of alleles: everybody's codes for the one and the other, arrays (members, pairs).

    The proband's `sides` (0 or 1) and `blocks` are arrays (2, pairs), `NONE` where unphased.
    `copy` marks pairs whose other allele is a copy number, `over` those in which it is a loss that
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

    @cached_property
    def seen(self) -> "Seen":
        """Who was called, and who carries what."""
        return Seen(
            self.one >= Call.REFERENCE,
            self.other >= Call.REFERENCE,
            self.one >= Call.HET,
            self.other >= Call.HET,
        )


class Seen(NamedTuple):
    """Who was called at the one and at the other, and who carries them, by rows of the pedigree."""

    called_one: Sequence[Truth] | Bools
    called_other: Sequence[Truth] | Bools
    has_one: Sequence[Truth] | Bools
    has_other: Sequence[Truth] | Bools


class Found(NamedTuple):
    """Phases (`Lie`) of pairs, and what each rests on: a place in `EVIDENCE`."""

    lies: npt.NDArray[np.uint8]
    evidence: npt.NDArray[np.uint8]


EVIDENCE = (None, *Evidence)


def phases(pairs: Pairs) -> Found:
    """Return the phase of every pair."""
    lies = np.zeros(pairs.one.shape[1], np.uint8)
    evidence = np.zeros_like(lies)
    one, other = pairs.blocks
    comparable = (one != NONE) & (one == other)
    rows = rows_of(pairs.family)
    steps: tuple[tuple[Evidence, Truth, Truth], ...] = (
        (Evidence.SAME_PLACE, pairs.over & ~pairs.within, False),
        (Evidence.READS, *_by_reads(comparable, *pairs.sides)),
        (Evidence.PARENTS, *_by_parents(pairs.seen, rows)),
        (Evidence.RELATIVES, *_by_relatives(pairs.seen, rows)),
    )
    for why, trans, cis in steps:
        fresh = (lies == Lie.UNKNOWN) & (trans ^ cis)
        lies[fresh] = np.where(np.broadcast_to(trans, lies.shape)[fresh], Lie.TRANS, Lie.CIS)
        evidence[fresh] = EVIDENCE.index(why)
    return Found(lies, evidence)


def phase_of(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes
) -> tuple[Phase, Evidence | None]:
    """Return the phase of the proband's two alleles, and what it rests on: `phases` of one pair."""
    rows = rows_of(family)
    left, right = one.of(family.proband_id), other.of(family.proband_id)
    comparable = left.phase_set is not None and left.phase_set == right.phase_set
    sides = (NONE if each.haplotype is None else each.haplotype for each in (left, right))
    seen = seen_of(family, one, other)
    steps: tuple[tuple[Evidence, Callable[[], tuple[Truth, Truth]]], ...] = (
        (Evidence.READS, lambda: _by_reads(comparable, *sides)),
        (Evidence.PARENTS, lambda: _by_parents(seen, rows)),
        (Evidence.RELATIVES, lambda: _by_relatives(seen, rows)),
    )
    for why, ask in steps:
        trans, cis = ask()
        if trans ^ cis:
            return Phase.TRANS if trans else Phase.CIS, why
    return Phase.UNKNOWN, None


def seen_of(family: Family, one: FamilyGenotypes, other: FamilyGenotypes) -> Seen:
    """Return who was called, and who carries what, of one pair; who was not sequenced was not."""
    found: list[list[bool]] = []
    for genotypes in (one, other):
        known = {name: genotype.zygosity for name, genotype in genotypes.calls}
        calls = [
            known.get(each.id, Zygosity.MISSING) if each.sequenced else Zygosity.MISSING
            for each in family
        ]
        found.append([call is not Zygosity.MISSING for call in calls])
        found.append([call.carries for call in calls])
    return Seen(found[0], found[2], found[1], found[3])


def _by_reads(comparable: Truth, left: Truth, right: Truth) -> tuple[Truth, Truth]:
    comparable = comparable & (left != NONE) & (right != NONE)
    return comparable & (left != right), comparable & (left == right)


class _Part(NamedTuple):
    """What one side of the family has: the one alone, the other alone, and either at all."""

    one_alone: Truth
    other_alone: Truth
    one: Truth
    other: Truth
    neither: Truth
    called: Truth


def _part(seen: Seen, rows: Sequence[int]) -> _Part:
    known = [seen.called_one[row] & seen.called_other[row] for row in rows]
    one, other = [seen.has_one[row] for row in rows], [seen.has_other[row] for row in rows]
    each = tuple(zip(known, one, other, strict=True))
    return _Part(
        _any(k & a & _not(b) for k, a, b in each),
        _any(k & b & _not(a) for k, a, b in each),
        _any(one),
        _any(other),
        _any(k & _not(a) & _not(b) for k, a, b in each),
        _any(known),
    )


def _not(truth: Truth) -> Truth:
    return truth ^ True


def _any(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for each in truths:
        found = found | each
    return found


def _by_parents(seen: Seen, rows: Rows) -> tuple[Truth, Truth]:
    father, mother = _part(seen, rows.father), _part(seen, rows.mother)
    return _apart(father, mother), _together(father, mother) | _together(mother, father)


def _apart(one: _Part, other: _Part) -> Truth:
    return (one.one_alone & other.other_alone) | (one.other_alone & other.one_alone)


def _together(giver: _Part, other: _Part) -> Truth:
    return giver.one & giver.other & other.neither


def _by_relatives(seen: Seen, rows: Rows) -> tuple[Truth, Truth]:
    if not rows.beyond_parents:
        return False, False
    siblings = _part(seen, rows.siblings)
    parents = [_part(seen, each) for each in (rows.father, rows.mother)]
    father, mother = (
        _stands_for(parent, _part(seen, behind))
        for parent, behind in zip(parents, (rows.fathers_side, rows.mothers_side), strict=True)
    )
    trans = _apart(father, mother) | _apart(father, siblings) | _apart(mother, siblings)
    trans = trans | (siblings.one_alone & siblings.other_alone)
    cis = _behind(father, siblings, parents[1]) | _behind(mother, siblings, parents[0])
    sided = _not(_nowhere(seen, rows))
    by_child = _by_children(seen, rows)
    return (trans & sided) | by_child[0], (cis & sided) | by_child[1]


def _stands_for(parent: _Part, behind: _Part) -> _Part:
    """Return what a side has: the parent alone where he or she was called."""
    own, far = parent.called, _not(parent.called)
    both = zip(parent, behind, strict=True)
    return _Part(*((own & near) | (far & other) for near, other in both))._replace(called=own)


def _behind(giver: _Part, siblings: _Part, other: _Part) -> Truth:
    """Both alleles come from one side, as the other parent has neither, and are not new."""
    open_ = _not(giver.called)
    one = giver.one | (siblings.one & open_)
    return other.neither & one & (giver.other | (siblings.other & open_))


def _nowhere(seen: Seen, rows: Rows) -> Truth:
    """Where neither parent was called with one of the two: it is new, or a parent's mosaic."""
    if not (rows.father and rows.mother):
        return False
    lacks = [
        [called[row] & _not(has[row]) for row in (*rows.father, *rows.mother)]
        for called, has in ((seen.called_one, seen.has_one), (seen.called_other, seen.has_other))
    ]
    return _any(father & mother for father, mother in lacks)


def _by_children(seen: Seen, rows: Rows) -> tuple[Truth, Truth]:
    trans: Truth = False
    cis: Truth = False
    for child, partner in rows.children:
        apart = _part(seen, [partner]).neither
        own = _part(seen, [child])
        trans = trans | (apart & (own.one_alone | own.other_alone))
        cis = cis | (apart & own.called & own.one & own.other)
    return trans, cis
