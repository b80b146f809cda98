"""Autosomal recessive, homozygous.

proband                   homozygous              otherwise does not fit
affected, sequenced       homozygous              otherwise does not fit
unaffected, sequenced     not homozygous          otherwise does not fit
parent, sequenced         carries the allele      otherwise cannot be told: a deletion on the
                                                  other chromosome, uniparental disomy, a swap
no call                   cannot be told
"""

from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.model.genotype import Zygosity


def fit(family: Family, genotypes: FamilyGenotypes) -> Fit:
    """Answer for one allele; compound heterozygotes are `compound`'s."""
    if genotypes.of(family.proband_id).zygosity is not Zygosity.HOMOZYGOUS:
        return does_not_fit("inheritance.one_copy")
    missing = False
    for person in family.sequenced:
        zygosity = genotypes.of(person.id).zygosity
        homozygous = zygosity is Zygosity.HOMOZYGOUS
        if zygosity is Zygosity.MISSING:
            missing |= person.affected is not Affected.UNKNOWN
        elif person.affected is Affected.NO and homozygous:
            return does_not_fit("inheritance.unaffected_homozygote", role=family.role(person))
        elif person.affected is Affected.YES and not homozygous:
            return does_not_fit("inheritance.affected_not_homozygous", role=family.role(person))
    for role in (Role.FATHER, Role.MOTHER):
        parent = family.parent(family.proband, role)
        if parent is None or not parent.sequenced:
            continue
        if genotypes.of(parent.id).zygosity is Zygosity.REFERENCE:
            return unknown("inheritance.parent_without_allele", role=role)
    if missing:
        return unknown("inheritance.member_without_call")
    return fits("inheritance.homozygous")
