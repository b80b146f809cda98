"""Is the allele new in the patient? Only two believed reference calls in the parents say so.

parents                                   answer
both called reference, well covered       de novo
a parent carries the allele               inherited
a parent's reads show the allele          refuted: inherited or mosaic
a parent called reference on thin data    uncertain
a parent missing or not sequenced         not assessable
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family, Role
from varinterp.model.genotype import Genotype, Zygosity


class Origin(StrEnum):
    """Where the patient's allele comes from, as far as the parents' genotypes tell."""

    DE_NOVO = "de_novo"
    INHERITED = "inherited"
    REFUTED = "refuted"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class TrioLimits:
    """When a parent's reference call is believed: reads, alternative reads, phred-scaled GQ."""

    min_depth: int
    max_alt_reads: int
    min_quality: int

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the limits from the rules in force; `number` gives the value of a rule's key."""
        return cls(
            min_depth=int(number("de_novo.parent_min_depth")),
            max_alt_reads=int(number("de_novo.parent_max_alt_reads")),
            min_quality=int(number("de_novo.min_quality")),
        )


@dataclass(frozen=True, slots=True)
class OriginCall:
    """The origin, and the parent (if one) whose data decided against *de novo*."""

    origin: Origin
    parent: Role | None = None
    alt_reads: int | None = None
    depth: int | None = None


_MOST_TELLING = (
    Origin.INHERITED,
    Origin.REFUTED,
    Origin.NOT_ASSESSABLE,
    Origin.UNCERTAIN,
    Origin.DE_NOVO,
)
"""Of two parents' answers the first of these holds."""


def origin(family: Family, genotypes: FamilyGenotypes, limits: TrioLimits) -> OriginCall:
    """Say where the proband's allele comes from; the proband must carry it."""
    calls = [_parent_call(family, genotypes, role, limits) for role in (Role.FATHER, Role.MOTHER)]
    found = min(calls, key=lambda call: _MOST_TELLING.index(call.origin))
    proband = genotypes.of(family.proband_id)
    if found.origin is Origin.DE_NOVO and not believed(proband, limits):
        return OriginCall(Origin.UNCERTAIN, Role.PROBAND, proband.alt_depth, proband.depth)
    return found


def _parent_call(
    family: Family, genotypes: FamilyGenotypes, role: Role, limits: TrioLimits
) -> OriginCall:
    parent = family.parent(family.proband, role)
    if parent is None or not parent.sequenced:
        return OriginCall(Origin.NOT_ASSESSABLE, role)
    genotype = genotypes.of(parent.id)
    return OriginCall(_origin_from(genotype, limits), role, genotype.alt_depth, genotype.depth)


def _origin_from(genotype: Genotype, limits: TrioLimits) -> Origin:
    if genotype.zygosity.carries:
        return Origin.INHERITED
    if genotype.zygosity is Zygosity.MISSING:
        return Origin.NOT_ASSESSABLE
    if genotype.alt_depth is not None and genotype.alt_depth > limits.max_alt_reads:
        return Origin.REFUTED
    return Origin.DE_NOVO if believed(genotype, limits) else Origin.UNCERTAIN


def believed(genotype: Genotype, limits: TrioLimits) -> bool:
    """Deep enough, and with the caller's confidence where the caller gives one."""
    deep = genotype.depth is not None and genotype.depth >= limits.min_depth
    return deep and (genotype.quality is None or genotype.quality >= limits.min_quality)
