"""X-linked, outside the pseudoautosomal regions.

male, affected            carries the allele      otherwise does not fit
male, unaffected          does not carry it       otherwise does not fit
male called heterozygous  cannot be told: mosaicism, a duplication or a wrong sex
female, affected          homozygous fits; heterozygous cannot be told (skewed inactivation,
                          a dominant X-linked disease); without the allele does not fit
female, unaffected        homozygous does not fit; carrying one copy is no constraint
"""

from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit, does_not_fit, fits, unknown
from varinterp.model.genotype import Zygosity
from varinterp.model.variant import Allele


def fit(family: Family, genotypes: FamilyGenotypes, allele: Allele) -> Fit:
    """Answer for one allele of X."""
    if allele.chromosome is not Chromosome.X or is_pseudoautosomal(
        allele.chromosome, allele.position
    ):
        return does_not_fit("inheritance.not_x_linked")
    if not genotypes.of(family.proband_id).zygosity.carries:
        return does_not_fit("inheritance.proband_without_allele")
    answers = [_member(family, person, genotypes) for person in family.sequenced]
    worst = max(answers, key=lambda answer: answer.answer.rank)
    return worst if worst.answer is not Answer.FITS else fits("inheritance.x_linked")


def _member(family: Family, person: Person, genotypes: FamilyGenotypes) -> Fit:
    zygosity = genotypes.of(person.id).zygosity
    role = family.role(person)
    if person.affected is Affected.UNKNOWN:
        return fits("inheritance.x_linked")
    if zygosity is Zygosity.MISSING or person.sex is Sex.UNKNOWN:
        return unknown("inheritance.member_without_call_or_sex", role=role)
    if person.affected is Affected.YES and not zygosity.carries:
        return does_not_fit("inheritance.affected_without_allele", role=role)
    if person.sex is Sex.MALE:
        return _male(person, zygosity, role)
    if person.affected is Affected.NO:
        if zygosity is Zygosity.HOMOZYGOUS:
            return does_not_fit("inheritance.unaffected_homozygote", role=role)
        return fits("inheritance.x_linked")
    if zygosity is Zygosity.HETEROZYGOUS:
        return unknown("inheritance.affected_heterozygous_female", role=role)
    return fits("inheritance.x_linked")


def _male(person: Person, zygosity: Zygosity, role: str) -> Fit:
    if person.affected is Affected.NO and zygosity.carries:
        return does_not_fit("inheritance.unaffected_carrier", role=role)
    if zygosity is Zygosity.HETEROZYGOUS:
        return unknown("inheritance.heterozygous_male", role=role)
    return fits("inheritance.x_linked")
