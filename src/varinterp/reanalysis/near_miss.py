"""How far a standing is from the next class up, and which single criterion would take it there.

The floors are those of Tavtigian 2020 (PMID 32720330), the usual strengths those of Richards 2015
(PMID 25741868) with PM2 as supporting (ClinGen SVI, 2020).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from varinterp.model.assessment import AcmgClass, Assessment
from varinterp.model.case import Tier
from varinterp.model.event import Flip, NearMiss
from varinterp.model.evidence import Criterion, Direction, Finding, Outcome, Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.standing import REPORTABLE, Standing

FLOORS: Mapping[AcmgClass, int] = MappingProxyType(
    {
        AcmgClass.LIKELY_BENIGN: -6,
        AcmgClass.UNCERTAIN: 0,
        AcmgClass.LIKELY_PATHOGENIC: 6,
        AcmgClass.PATHOGENIC: 10,
    }
)
"""Points from which each class holds; benign has no floor."""

NOT_COUNTED = frozenset({Criterion.PP5, Criterion.BP6})
"""Withdrawn (Biesecker & Harrison 2018, PMID 29543229): they never flip anything."""

_SETTLED = frozenset(
    {
        *("consequence", "consequence.joint", "transcript", "transcript.exon"),
        *("case.genotype", "case.family"),
    }
)
"""What the allele does to its transcript, and who carries it: a criterion that these rule out (an
inherited allele is not *de novo*) waits for no knowledge."""

_USUAL: Mapping[str, Strength] = MappingProxyType(
    {
        "PVS": Strength.VERY_STRONG,
        "PS": Strength.STRONG,
        "PM": Strength.MODERATE,
        "PP": Strength.SUPPORTING,
    }
)


def near_miss(standing: Standing, assessed: Assessment) -> NearMiss | None:
    """Return what a standing lacks; None when no single criterion and no second hit would do.

    Only the classes that are reported are looked at: likely pathogenic and pathogenic.
    """
    waits = waits_for_second(standing)
    following, short, flips = _next(assessed)
    if not flips and not waits:
        return None
    return NearMiss(following, short, flips, waits)


def waits_for_second(standing: Standing) -> bool:
    """Whether it is one (likely) pathogenic heterozygous allele of a recessive gene, alone."""
    return (
        standing.key.inheritance is Inheritance.AUTOSOMAL_RECESSIVE
        and standing.pathogenic
        and standing.partner is None
        and standing.zygosity is Zygosity.HETEROZYGOUS
        and standing.tier is not Tier.UNRELATED
    )


def usual_strength(criterion: Criterion) -> Strength:
    """Return the strength that a pathogenic criterion's name stands for."""
    if criterion is Criterion.PM2:
        return Strength.SUPPORTING
    return _USUAL[criterion.value.rstrip("0123456789")]


def _next(assessed: Assessment) -> tuple[AcmgClass | None, int | None, tuple[Flip, ...]]:
    stands_alone = any(each.strength is Strength.STAND_ALONE for each in assessed.findings)
    above = [(value, floor) for value, floor in FLOORS.items() if assessed.points < floor]
    if not above or above[0][0] not in REPORTABLE:
        return None, None, ()
    following, floor = above[0]
    short = floor - assessed.points
    return following, short, () if stands_alone else tuple(_flips(assessed, short))


def _flips(assessed: Assessment, short: int) -> Iterator[Flip]:
    """Yield the criteria whose usual strength covers the points that are short."""
    for finding in assessed.findings:
        criterion = finding.criterion
        if criterion.direction is Direction.BENIGN or criterion in NOT_COUNTED or finding.met:
            continue
        usual = usual_strength(criterion)
        if usual.points >= short and not _settled(finding):
            yield Flip(criterion, usual)


def _settled(finding: Finding) -> bool:
    """Whether the allele's effect or the family's genotypes rule the criterion out for good."""
    sources = {read.source for read in finding.reads if read.source != "rules"}
    ruled_out = finding.verdict.outcome is Outcome.NOT_MET
    return ruled_out and bool(sources) and sources <= _SETTLED
