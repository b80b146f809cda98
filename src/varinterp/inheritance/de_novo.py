"""Is the allele new in the patient? Only two believed reference calls in the parents say so.

parents                                   answer
both called reference, well covered       de novo
a parent carries the allele               inherited
a parent's reads show the allele          refuted: inherited or mosaic
a parent called reference on thin data    uncertain
a parent's likelihoods leave that open    uncertain
a parent missing or not sequenced         not assessable

Of two parents' answers the first in the order inherited, refuted, not assessable, uncertain, de
novo holds. An allele whose call in the patient is not believed, by depth, GQ or likelihoods, is
uncertain where it would be new. Likelihoods (PL) are asked beside depth, reads and GQ, never
instead: where they are missing, nothing else changes (`inheritance.likelihoods`).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from varinterp.inheritance.calls import Call, code_of, doubted, support
from varinterp.inheritance.calls import believed as believed_numbers
from varinterp.inheritance.columns import NONE
from varinterp.inheritance.limits import FamilyLimits, TrioLimits
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family, Role
from varinterp.model.genotype import MISSING, Genotype

__all__ = ["Origin", "OriginCall", "TrioLimits", "believed", "of_trio", "origin"]


class Origin(StrEnum):
    """Where the patient's allele comes from, as far as the parents' genotypes tell."""

    DE_NOVO = "de_novo"
    INHERITED = "inherited"
    REFUTED = "refuted"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class OriginCall:
    """The origin, and the parent (if one) whose data decided against *de novo*.

    `phred` is given where likelihoods leave that call in doubt: by how much they are for it.
    """

    origin: Origin
    parent: Role | None = None
    alt_reads: int | None = None
    depth: int | None = None
    phred: int | None = None


_MOST_TELLING = (
    Origin.INHERITED,
    Origin.REFUTED,
    Origin.NOT_ASSESSABLE,
    Origin.UNCERTAIN,
    Origin.DE_NOVO,
)
"""Of two parents' answers the first of these holds."""

_OF_PARENT = MappingProxyType(
    {
        Call.ABSENT: Origin.NOT_ASSESSABLE,
        Call.MISSING: Origin.NOT_ASSESSABLE,
        Call.REFERENCE: Origin.DE_NOVO,
        Call.THIN: Origin.UNCERTAIN,
        Call.TRACE: Origin.REFUTED,
        Call.HET: Origin.INHERITED,
        Call.MOSAIC: Origin.INHERITED,
        Call.HOM: Origin.INHERITED,
        Call.HEMI: Origin.INHERITED,
    }
)


@lru_cache(maxsize=256)
def of_trio(sure: bool, father: Call, mother: Call) -> tuple[Origin, Role]:
    """Return the origin of an allele that the proband carries, and who decided it.

    `sure` tells whether the proband's own call is believed.
    """
    found = [(_OF_PARENT[father], Role.FATHER), (_OF_PARENT[mother], Role.MOTHER)]
    origin, parent = min(found, key=lambda each: _MOST_TELLING.index(each[0]))
    if origin is Origin.DE_NOVO and not sure:
        return Origin.UNCERTAIN, Role.PROBAND
    return origin, parent


def origin(family: Family, genotypes: FamilyGenotypes, limits: TrioLimits) -> OriginCall:
    """Say where the proband's allele comes from; the proband must carry it."""
    known = dict(genotypes.calls)
    proband = family.proband
    calls = {Role.PROBAND: known.get(proband.id, MISSING)}
    found = {Role.FATHER: Call.ABSENT, Role.MOTHER: Call.ABSENT}
    for role in found:
        parent = family.parent(proband, role)
        if parent is not None and parent.sequenced:
            calls[role] = known.get(parent.id, MISSING)
            found[role] = _code(calls[role], limits)
    own = calls[Role.PROBAND]
    answer, by = of_trio(_sure(own, limits), found[Role.FATHER], found[Role.MOTHER])
    if by not in calls:
        return OriginCall(answer, by)
    told = calls[by]
    phred = support(told) if answer is Origin.UNCERTAIN and doubted(told, limits) else None
    return OriginCall(answer, by, told.alt_depth, told.depth, phred)


def believed(genotype: Genotype, limits: TrioLimits) -> bool:
    """Deep enough, and with the caller's confidence where the caller gives one."""
    depth = NONE if genotype.depth is None else genotype.depth
    quality = NONE if genotype.quality is None else genotype.quality
    return bool(believed_numbers(depth, quality, limits))


@lru_cache(maxsize=1 << 16)
def _sure(genotype: Genotype, limits: TrioLimits) -> bool:
    return believed(genotype, limits) and not doubted(genotype, limits)


@lru_cache(maxsize=1 << 16)
def _code(genotype: Genotype, limits: TrioLimits) -> Call:
    code = code_of(genotype, FamilyLimits(limits))
    return Call.THIN if code is Call.REFERENCE and doubted(genotype, limits) else code
