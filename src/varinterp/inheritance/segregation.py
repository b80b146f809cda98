"""Who of a family shares the disease and the allele: relatives as evidence, by mode of inheritance.

Only sequenced blood relatives of the proband are evidence, and a call without the allele only when
it is believed (`inheritance.de_novo.TrioLimits`).

    dominant    affected with the allele          segregates
                affected without it               contradicts
                unaffected without it, at risk    segregates where penetrance is full
                unaffected with it                contradicts where penetrance is full
    X-linked    the same, of males
    recessive   the same of full siblings, *with* being two copies, or both alleles of the pair

At risk is who has a parent with the allele. The proband's parents are not: without the allele they
only tell which side it came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from varinterp.inheritance.de_novo import TrioLimits, believed
from varinterp.inheritance.lineage import line
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.genotype import Zygosity


@dataclass(frozen=True, slots=True)
class Relatives:
    """Counts of relatives; the proband is in none of them."""

    affected_with: int = 0
    affected_without: int = 0
    unaffected_with: int = 0
    unaffected_without: int = 0

    @property
    def nobody(self) -> bool:
        """Whether no relative says anything."""
        return self == Relatives()


def dominant(family: Family, genotypes: FamilyGenotypes, limits: TrioLimits) -> Relatives:
    """Count the blood relatives of a proband with an autosomal dominant disease."""
    return _count(
        (person, _has(genotypes, person, limits), _at_risk(family, genotypes, person))
        for person in blood_relatives(family)
    )


def x_linked(family: Family, genotypes: FamilyGenotypes, limits: TrioLimits) -> Relatives:
    """Count the male blood relatives of a proband with an X-linked disease."""
    return _count(
        (person, _has(genotypes, person, limits), _at_risk(family, genotypes, person))
        for person in blood_relatives(family)
        if person.sex is Sex.MALE
    )


def recessive(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes | None, limits: TrioLimits
) -> Relatives:
    """Count the full siblings: of a homozygous proband (`other` None), or of one with a pair."""
    return _count(
        (person, _has_both(one, other, person, limits), True) for person in full_siblings(family)
    )


def blood_relatives(family: Family) -> tuple[Person, ...]:
    """Return who shares an ancestor with the proband, or is one, as far as the pedigree tells."""
    own = line(family, family.proband_id)
    return tuple(
        person
        for person in family
        if person.id != family.proband_id and own & line(family, person.id)
    )


def full_siblings(family: Family) -> tuple[Person, ...]:
    """Return who has both parents in common with the proband."""
    parents = (family.proband.father, family.proband.mother)
    if None in parents:
        return ()
    return tuple(
        person
        for person in family
        if person.id != family.proband_id and (person.father, person.mother) == parents
    )


def _at_risk(family: Family, genotypes: FamilyGenotypes, person: Person) -> bool:
    if person.id in (family.proband.father, family.proband.mother):
        return False
    parents = (person.father, person.mother)
    return any(each is not None and genotypes.of(each).zygosity.carries for each in parents)


def _has(genotypes: FamilyGenotypes, person: Person, limits: TrioLimits) -> bool | None:
    """Whether a relative has the allele; None where that is not known well enough."""
    call = genotypes.of(person.id)
    if call.zygosity.carries:
        return True
    return False if _reference(genotypes, person, limits) else None


def _has_both(
    one: FamilyGenotypes, other: FamilyGenotypes | None, person: Person, limits: TrioLimits
) -> bool | None:
    """Whether a sibling has two copies, or both of a pair; None where that is not known."""
    calls = [each.of(person.id) for each in (one, other) if each is not None]
    zygosities = [call.zygosity for call in calls]
    if Zygosity.HOMOZYGOUS in zygosities:
        return True
    if Zygosity.MISSING in zygosities or Zygosity.HEMIZYGOUS in zygosities:
        return None
    if len(calls) > 1 and all(zygosity.carries for zygosity in zygosities):
        return True
    # One alternative allele that was seen is one; what was not seen has to be believed.
    unseen = [call for call in calls if not call.zygosity.carries] or calls
    return False if all(believed(call, limits) for call in unseen) else None


def _reference(genotypes: FamilyGenotypes, person: Person, limits: TrioLimits) -> bool:
    call = genotypes.of(person.id)
    return call.zygosity is Zygosity.REFERENCE and believed(call, limits)


def _count(people: Iterator[tuple[Person, bool | None, bool]]) -> Relatives:
    with_it = {Affected.YES: 0, Affected.NO: 0, Affected.UNKNOWN: 0}
    without = dict(with_it)
    for person, has, at_risk in people:
        if has:
            with_it[person.affected] += 1
        elif has is False and (at_risk or person.affected is Affected.YES):
            without[person.affected] += 1
    return Relatives(
        affected_with=with_it[Affected.YES],
        affected_without=without[Affected.YES],
        unaffected_with=with_it[Affected.NO],
        unaffected_without=without[Affected.NO],
    )
