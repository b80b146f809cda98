"""How far a standing is from the next class up, and which single criterion would take it there.

The usual strengths are those of Richards 2015 (PMID 25741868) with PM2 as supporting (ClinGen SVI,
2020); the scale is the one that the conclusion was drawn by.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from varinterp.acmg.combine.movers import Weighing, movers, weighing_of
from varinterp.model.assessment import PATHOGENIC, Assessment
from varinterp.model.case import Tier
from varinterp.model.event import Flip, NearMiss
from varinterp.model.evidence import Criterion, Direction, Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.reads import FactsView
from varinterp.model.standing import Standing

_NONE: FactsView = MappingProxyType({})

_USUAL: Mapping[str, Strength] = MappingProxyType(
    {
        "PVS": Strength.VERY_STRONG,
        "PS": Strength.STRONG,
        "PM": Strength.MODERATE,
        "PP": Strength.SUPPORTING,
    }
)


def near_miss(
    standing: Standing, assessed: Assessment, facts: FactsView = _NONE
) -> NearMiss | None:
    """Return what a standing lacks; None when no single criterion and no second hit would do.

    Only the classes that are reported are looked at: likely pathogenic and pathogenic. `facts` are
    those that the conclusion rests on: the rules among them say how it was weighed.
    """
    waits = waits_for_second(standing)
    weighing = weighing_of(assessed.key, facts)
    following = weighing.scale.up(assessed.points)
    if following is None or following[0] not in PATHOGENIC:
        return NearMiss(None, None, (), waits) if waits else None
    flips = tuple(_flips(assessed, weighing))
    return NearMiss(*following, flips, waits) if flips or waits else None


def waits_for_second(standing: Standing) -> bool:
    """Whether it is one (likely) pathogenic heterozygous allele of a recessive gene, alone."""
    return (
        standing.key.inheritance is Inheritance.AUTOSOMAL_RECESSIVE
        and standing.pathogenic
        and standing.partner is None
        and standing.zygosity is Zygosity.HETEROZYGOUS
        and standing.tier is not Tier.UNRELATED
        and standing.matched
    )


def usual_strength(criterion: Criterion) -> Strength:
    """Return the strength that a pathogenic criterion's name stands for."""
    if criterion is Criterion.PM2:
        return Strength.SUPPORTING
    return _USUAL[criterion.value.rstrip("0123456789")]


def _flips(assessed: Assessment, weighing: Weighing) -> Iterator[Flip]:
    """Yield the criteria that are not met and that would do at their usual strength."""
    for mover in movers(assessed.findings, Direction.PATHOGENIC, weighing):
        usual = usual_strength(mover.criterion)
        if mover.now is None and mover.strength.points <= usual.points:
            yield Flip(mover.criterion, usual)
