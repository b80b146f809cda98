"""Autosomal dominant, fully penetrant.

    affected, sequenced       carries the allele      otherwise does not fit
    unaffected, sequenced     does not carry it       otherwise does not fit
    either, no call           cannot be told
    status unknown            no constraint

An allele that is new in the patient fits. When a parent's reads show an allele that the caller
did not call, the parent may be mosaic: that cannot be told.
"""

from varinterp.inheritance.de_novo import Origin, TrioLimits, origin
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.model.genotype import Zygosity


def fit(family: Family, genotypes: FamilyGenotypes, limits: TrioLimits) -> Fit:
    """Answer for one allele."""
    if not genotypes.of(family.proband_id).zygosity.carries:
        return does_not_fit("inheritance.proband_without_allele")
    missing = False
    for person in family.sequenced:
        zygosity = genotypes.of(person.id).zygosity
        role = family.role(person)
        if zygosity is Zygosity.MISSING:
            missing |= person.affected is not Affected.UNKNOWN
        elif person.affected is Affected.NO and zygosity.carries:
            return does_not_fit("inheritance.unaffected_carrier", role=role)
        elif person.affected is Affected.YES and not zygosity.carries:
            return does_not_fit("inheritance.affected_without_allele", role=role)
    call = origin(family, genotypes, limits)
    if call.origin in (Origin.REFUTED, Origin.UNCERTAIN) and call.parent is not None:
        return unknown(
            f"inheritance.de_novo_{call.origin}",
            role=call.parent,
            alt_reads=call.alt_reads,
            depth=call.depth,
        )
    if missing:
        return unknown("inheritance.member_without_call")
    if call.origin is Origin.DE_NOVO:
        return fits("inheritance.de_novo")
    if call.origin is Origin.INHERITED:
        return fits("inheritance.dominant_inherited", role=call.parent)
    return fits("inheritance.dominant_origin_unknown")
