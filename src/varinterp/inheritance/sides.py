"""What each side of a family has of two alleles, and how they lie therefore; table: `phase`.

Every rule answers for many pairs at once, with two arrays: in trans, and in cis. Where both are
true the family contradicts itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from varinterp.inheritance.calls import Bools
from varinterp.inheritance.lineage import Rows
from varinterp.inheritance.pairs import Seen

Lying = tuple[Bools, Bools]


class _Side(NamedTuple):
    """What one side has: the one alone, the other alone, either at all, neither; and who."""

    one_alone: Bools
    other_alone: Bools
    one: Bools
    other: Bools
    neither: Bools
    called: Bools


def by_parents(seen: Seen, rows: Rows) -> Lying:
    """Where the parents were called, each with one of the two, or one of them with both."""
    father, mother = _side(seen, rows.father), _side(seen, rows.mother)
    return _apart(father, mother), _together(father, mother) | _together(mother, father)


def by_parents_on_x(seen: Seen, rows: Rows) -> Lying:
    """The same of a woman's two X: her father's one is all that she has from him."""
    trans, cis = by_parents(seen, rows)
    father, mother = _side(seen, rows.father), _side(seen, rows.mother)
    from_him = (father.one_alone & mother.other) | (father.other_alone & mother.one)
    return trans | from_him, cis | (father.one & father.other)


def by_relatives(seen: Seen, rows: Rows) -> Lying:
    """Where relatives stand for a parent who was not called, or children tell."""
    if not rows.beyond_parents:
        nowhere = np.zeros(seen.has_one.shape[1], np.bool_)
        return nowhere, nowhere
    siblings = _side(seen, rows.siblings)
    parents = [_side(seen, each) for each in (rows.father, rows.mother)]
    father, mother = (
        _stands_for(parent, _side(seen, behind))
        for parent, behind in zip(parents, (rows.fathers_side, rows.mothers_side), strict=True)
    )
    trans = _apart(father, mother) | _apart(father, siblings) | _apart(mother, siblings)
    trans = trans | (siblings.one_alone & siblings.other_alone)
    cis = _behind(father, siblings, parents[1]) | _behind(mother, siblings, parents[0])
    sided = ~_nowhere(seen, rows)
    apart, together = by_children(seen, rows)
    return (trans & sided) | apart, (cis & sided) | together


def by_children(seen: Seen, rows: Rows) -> Lying:
    """Where a child's other parent has neither: both came from the proband, or one of them."""
    trans = np.zeros(seen.has_one.shape[1], np.bool_)
    cis = trans.copy()
    for child, partner in rows.children:
        without = _side(seen, [partner]).neither
        own = _side(seen, [child])
        trans |= without & (own.one_alone | own.other_alone)
        cis |= without & own.called & own.one & own.other
    return trans, cis


def one_parent_tells(seen: Seen, rows: Rows) -> Bools:
    """Where one parent alone was called, and carries one of the two."""
    known = seen.called_one & seen.called_other
    parents = np.array((*rows.father, *rows.mother), np.intp)
    differ = known & (seen.has_one != seen.has_other)
    alone: Bools = known[parents].sum(axis=0) == 1
    return alone & _any(differ[parents])


def _side(seen: Seen, rows: Sequence[int]) -> _Side:
    at = np.array(rows, np.intp)
    one, other = seen.has_one[at], seen.has_other[at]
    known = seen.called_one[at] & seen.called_other[at]
    found = (known & one & ~other, known & other & ~one, one, other, known & ~one & ~other, known)
    return _Side(*map(_any, found))


def _any(truths: Bools) -> Bools:
    found: Bools = np.logical_or.reduce(truths)
    return found


def _apart(one: _Side, other: _Side) -> Bools:
    return (one.one_alone & other.other_alone) | (one.other_alone & other.one_alone)


def _together(giver: _Side, other: _Side) -> Bools:
    return giver.one & giver.other & other.neither


def _stands_for(parent: _Side, behind: _Side) -> _Side:
    """Return what a side has: the parent alone where he or she was called."""
    own = parent.called
    both = zip(parent, behind, strict=True)
    return _Side(*(np.where(own, near, far) for near, far in both))._replace(called=own)


def _behind(giver: _Side, siblings: _Side, other: _Side) -> Bools:
    """Both alleles come from one side, as the other parent has neither, and are not new."""
    open_ = ~giver.called
    one = giver.one | (siblings.one & open_)
    return other.neither & one & (giver.other | (siblings.other & open_))


def _nowhere(seen: Seen, rows: Rows) -> Bools:
    """Where neither parent was called with one of the two: it is new, or a parent's mosaic."""
    if not (rows.father and rows.mother):
        return np.zeros(seen.has_one.shape[1], np.bool_)
    parents = np.array((*rows.father, *rows.mother), np.intp)
    one, other = seen.called_one & ~seen.has_one, seen.called_other & ~seen.has_other
    nowhere: Bools = np.logical_and.reduce(one[parents]) | np.logical_and.reduce(other[parents])
    return nowhere
