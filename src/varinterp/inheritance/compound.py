"""Autosomal recessive, two different alleles of one gene.

Phase of the proband's two alleles, first answer that is one:

    same phase set, other sides                        trans
    same phase set, same side                          cis
    one allele from each parent                        trans
    both alleles from one parent, none in the other    cis
    anything else                                      unknown

One parent alone proves nothing: the allele that this parent lacks may be new on either copy.

In trans, an unaffected member with both alleles contradicts the mode: of a parent too, whose other
copy must hold the allele that was not passed on. So does, in any phase, an unaffected member with
two copies of either allele, and an affected one with neither the pair nor two copies of one.
"""

from dataclasses import replace
from enum import StrEnum

from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.model.genotype import Genotype, Zygosity
from varinterp.model.variant import Allele


class Phase(StrEnum):
    """Whether two alleles lie on the same copy of the chromosome."""

    CIS = "cis"
    TRANS = "trans"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What a phase rests on."""

    READS = "reads"
    PARENTS = "parents"


def phase(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes
) -> tuple[Phase, Evidence | None]:
    """Return the phase of the proband's two alleles, and what it rests on."""
    by_reads = _phase_from_reads(one.of(family.proband_id), other.of(family.proband_id))
    if by_reads is not Phase.UNKNOWN:
        return by_reads, Evidence.READS
    by_parents = _phase_from_parents(family, one, other)
    return by_parents, None if by_parents is Phase.UNKNOWN else Evidence.PARENTS


def trans_by_one_parent(family: Family, one: FamilyGenotypes, other: FamilyGenotypes) -> bool:
    """Whether only one parent was tested, and carries one of the two.

    ClinGen SVI counts that as in trans for PM3 (version 1.0, *phasing*); a mode of inheritance is
    not fitted by it, because the other allele may be new on either copy.
    """
    if _phase_from_reads(one.of(family.proband_id), other.of(family.proband_id)) is Phase.CIS:
        return False
    carried = [
        _carried(family.parent(family.proband, role), one, other)
        for role in (Role.FATHER, Role.MOTHER)
    ]
    tested = [calls for calls in carried if calls is not None]
    return len(tested) == 1 and sum(tested[0]) == 1


def fit(family: Family, one: FamilyGenotypes, other: FamilyGenotypes, partner: Allele) -> Fit:
    """Answer for a pair of alleles; `partner` is the allele that `other` is about."""
    for genotypes in (one, other):
        if genotypes.of(family.proband_id).zygosity is not Zygosity.HETEROZYGOUS:
            return does_not_fit("inheritance.not_a_pair")
    found, evidence = phase(family, one, other)
    if found is Phase.CIS:
        return does_not_fit("inheritance.in_cis", evidence=evidence)
    return replace(_segregation(family, one, other, found, evidence), partner=partner)


def _segregation(
    family: Family,
    one: FamilyGenotypes,
    other: FamilyGenotypes,
    found: Phase,
    evidence: Evidence | None,
) -> Fit:
    missing = False
    for person in family.sequenced:
        calls = (one.of(person.id).zygosity, other.of(person.id).zygosity)
        role = family.role(person)
        both = all(call.carries for call in calls)
        homozygous = Zygosity.HOMOZYGOUS in calls
        if person.affected is Affected.NO and homozygous:
            return does_not_fit("inheritance.unaffected_homozygote", role=role)
        if Zygosity.MISSING in calls:
            missing |= person.affected is not Affected.UNKNOWN
        elif person.affected is Affected.YES and not (both or homozygous):
            return does_not_fit("inheritance.affected_without_pair", role=role)
        elif person.affected is Affected.NO and both and found is Phase.TRANS:
            return does_not_fit("inheritance.unaffected_with_pair", role=role)
    if found is Phase.UNKNOWN:
        return unknown("inheritance.phase_unknown")
    if missing:
        return unknown("inheritance.member_without_call")
    return fits("inheritance.in_trans", evidence=evidence)


def _phase_from_reads(one: Genotype, other: Genotype) -> Phase:
    comparable = one.phase_set is not None and one.phase_set == other.phase_set
    if not comparable or one.haplotype is None or other.haplotype is None:
        return Phase.UNKNOWN
    return Phase.CIS if one.haplotype == other.haplotype else Phase.TRANS


def _phase_from_parents(family: Family, one: FamilyGenotypes, other: FamilyGenotypes) -> Phase:
    father, mother = (
        _carried(family.parent(family.proband, role), one, other)
        for role in (Role.FATHER, Role.MOTHER)
    )
    if {father, mother} == {(True, False), (False, True)}:
        return Phase.TRANS
    if {father, mother} == {(True, True), (False, False)}:
        return Phase.CIS
    return Phase.UNKNOWN


def _carried(
    parent: Person | None, one: FamilyGenotypes, other: FamilyGenotypes
) -> tuple[bool, bool] | None:
    """Which of the two a parent carries; None when not sequenced or without a call."""
    if parent is None or not parent.sequenced:
        return None
    calls = (one.of(parent.id).zygosity, other.of(parent.id).zygosity)
    if Zygosity.MISSING in calls:
        return None
    return calls[0].carries, calls[1].carries
