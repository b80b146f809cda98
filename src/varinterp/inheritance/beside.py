"""An allele of the proband beside others of its gene: how they lie, and whether they fit as a pair.

Asked of a few alleles at a time where they are classified; calls are taken as they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from varinterp.inheritance import compound
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.lineage import rows_of
from varinterp.inheritance.pairs import Pairs, pairs_of
from varinterp.inheritance.phase import EVIDENCE, Evidence, Lie, Phase, phases
from varinterp.inheritance.sides import one_parent_tells
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family
from varinterp.model.fit import Fit


@dataclass(frozen=True, slots=True)
class Beside:
    """What another allele is to the one in question.

    `phase` rests on `evidence`; `fit` is what the family says of the two in a recessive disease.
    `one_parent` says that only one parent was tested, and carries one of the two, which nothing
    else shows to lie in cis: ClinGen SVI counts that as in trans for PM3 (version 1.0, *phasing*),
    but a mode of inheritance is not fitted by it, because the other allele may be new on either
    copy.
    """

    phase: Phase
    evidence: Evidence | None
    fit: Fit
    one_parent: bool


def beside(
    family: Family, one: FamilyGenotypes, others: Sequence[FamilyGenotypes]
) -> tuple[Beside, ...]:
    """Answer for an allele and each of the others, in their order."""
    return _beside(family, one, tuple(others)) if others else ()


def phases_beside(
    family: Family, one: FamilyGenotypes, others: Sequence[FamilyGenotypes]
) -> tuple[Phase, ...]:
    """Return how an allele and each of the others lie, in their order."""
    if not others:
        return ()
    return tuple(Lie(lie).phase for lie in phases(_pairs(family, one, others)).lies.tolist())


@lru_cache(maxsize=4096)
def _beside(
    family: Family, one: FamilyGenotypes, others: tuple[FamilyGenotypes, ...]
) -> tuple[Beside, ...]:
    pairs = _pairs(family, one, others)
    answers = compound.answers(pairs)
    lies = [Lie(lie) for lie in answers.found.lies.tolist()]
    why = [EVIDENCE[at] for at in answers.found.evidence.tolist()]
    by_one = one_parent_tells(pairs.seen, rows_of(family)) & (answers.found.lies != Lie.CIS)
    return tuple(
        Beside(lie.phase, each, answers.fit(at), bool(by_one[at]))
        for at, (lie, each) in enumerate(zip(lies, why, strict=True))
    )


def _pairs(family: Family, one: FamilyGenotypes, others: Sequence[FamilyGenotypes]) -> Pairs:
    calls = CallTable.of(family, [one, *others])
    places = np.arange(len(others)) + 1
    return pairs_of(calls, np.zeros_like(places), places)
