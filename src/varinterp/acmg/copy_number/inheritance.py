"""Section 5 of both tables: where the patient's copy number comes from, and who else has it.

Riggs 2020 (PMID 31690835). A parent's call counts where it says yes or no: a parent without a call
is no evidence of a new copy number. How specific a phenotype is, a geneticist judges: the program
takes the cautious line (4C for a new copy number, 5C, 5G) and leaves 5B and 5H to people.
"""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion
from varinterp.acmg.copy_number.phenotype import patient_fit, recessive
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import FAMILY_COPIES, Carrier, FamilyCopies
from varinterp.model.facts import PEDIGREE, PEDIGREE_KEY, CasePedigree
from varinterp.model.family import Affected, Family, Person, Role, Sex

_SEX_CHROMOSOMES = (Chromosome.X, Chromosome.Y)
_SEGREGATIONS = ("5D.7", "5D.5", "5D.3")


class Source(StrEnum):
    """Where a copy number comes from, as far as the parents' calls tell."""

    NEW = "new"
    INHERITED = "inherited"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Household:
    """The family and everybody's call."""

    pedigree: CasePedigree
    calls: FamilyCopies
    copy_sex_linked: Chromosome | None

    @property
    def family(self) -> Family:
        """The family."""
        return self.pedigree.family

    def parents(self) -> list[Person | None]:
        """Return the parents whom it can come from; None for one whom the pedigree lacks."""
        roles = [Role.FATHER, Role.MOTHER]
        if self.copy_sex_linked is Chromosome.Y:
            roles = [Role.FATHER]
        elif self.copy_sex_linked is Chromosome.X and self.family.proband.sex is Sex.MALE:
            roles = [Role.MOTHER]
        return [self.family.parent(self.family.proband, role) for role in roles]

    def carrying_parents(self) -> list[Person]:
        """Return the parents who have it."""
        return [p for p in self.parents() if p is not None and self.calls.of(p.id) is Carrier.YES]

    def source(self) -> Source:
        """Say where it comes from."""
        if self.carrying_parents():
            return Source.INHERITED
        without = [p is not None and self.calls.of(p.id) is Carrier.NO for p in self.parents()]
        return Source.NEW if all(without) else Source.UNAVAILABLE

    def affected_relatives(self, carrier: Carrier) -> list[Person]:
        """Return the affected relatives of the proband with a call."""
        return [
            person
            for person in self.family
            if person.id != self.family.proband_id
            and person.affected is Affected.YES
            and self.calls.of(person.id) is carrier
        ]


def _household(ask: CopyQuestion) -> Household | None:
    pedigree = ask.read(PEDIGREE, PEDIGREE_KEY)
    calls = ask.read(FAMILY_COPIES, ask.copy_number.place)
    if pedigree is None or calls is None:
        return None
    if calls.of(pedigree.family.proband_id) is not Carrier.YES:
        return None
    chromosome = ask.copy_number.chromosome
    shared = all(
        is_pseudoautosomal(chromosome, end) for end in (ask.copy_number.start, ask.copy_number.end)
    )
    linked = chromosome in _SEX_CHROMOSOMES and not shared
    return Household(pedigree, calls, chromosome if linked else None)


def new(ask: CopyQuestion) -> Answer:
    """5A: new in the patient; the points of line 4C."""
    household = _household(ask)
    if household is None or household.source() is Source.UNAVAILABLE:
        return not_assessed("copy_number.parents_unknown")
    if household.source() is Source.INHERITED:
        return not_met("copy_number.inherited")
    fit = patient_fit(ask)
    if fit is None:
        return not_assessed("copy_number.new_phenotype_unknown")
    if fit.exact == 0:
        return not_met("copy_number.new_not_consistent", terms=fit.terms)
    parentage = "confirmed" if household.pedigree.parentage_confirmed else "assumed"
    points = ask.number(f"5A.{parentage}")
    return met(points, f"copy_number.new_{parentage}", exact=fit.exact, terms=fit.terms)


def inherited_specific(ask: CopyQuestion) -> Answer:
    """5B: from an unaffected parent, the phenotype specific: people judge how specific it is."""
    return _from_unaffected(ask) or not_assessed("copy_number.specific_inherited_is_judged")


def inherited(ask: CopyQuestion) -> Answer:
    """5C: from an unaffected parent, nobody else affected, the phenotype not specific.

    Not where carriers are expected to be well: a recessive gene, a sex chromosome, or an
    established gene or region, whose penetrance the program does not know.
    """
    household = _household(ask)
    refused = _from_unaffected(ask)
    if refused is not None or household is None:
        return refused or not_assessed("copy_number.parents_unknown")
    if household.copy_sex_linked is not None:
        return not_assessed("copy_number.sex_chromosome")
    if not ask.dosage_known():
        return not_assessed("copy_number.no_dosage")
    if _sensitive(ask):
        return not_assessed("copy_number.penetrance_unknown")
    if recessive(ask):
        return not_assessed("copy_number.recessive_carrier", genes=", ".join(recessive(ask)[:6]))
    return met(ask.number("5C"), "copy_number.inherited_unaffected")


def _sensitive(ask: CopyQuestion) -> bool:
    """Whether anything established as dosage sensitive is touched."""
    return any(ask.established(change) or ask.established_regions(change) for change in Change)


def _from_unaffected(ask: CopyQuestion) -> Answer | None:
    """Return why the lines of an unaffected parent do not apply; None where they may."""
    household = _household(ask)
    if household is None or household.source() is Source.UNAVAILABLE:
        return not_assessed("copy_number.parents_unknown")
    carrying = household.carrying_parents()
    if not carrying:
        return not_met("copy_number.new_in_patient")
    if any(parent.affected is not Affected.NO for parent in carrying):
        return not_met("copy_number.parent_not_unaffected")
    relatives = [p for p in household.family if p.id != household.family.proband_id]
    if any(person.affected is Affected.YES for person in relatives):
        return not_met("copy_number.family_history")
    return None


def segregates(ask: CopyQuestion) -> Answer:
    """5D: found in affected relatives: 3 to 4, 5 to 6, 7 or more of them."""
    household = _household(ask)
    if household is None:
        return not_assessed("copy_number.parents_unknown")
    count = len(household.affected_relatives(Carrier.YES))
    if not count and not household.affected_relatives(Carrier.NO):
        return not_assessed("copy_number.no_affected_relative")
    for line in _SEGREGATIONS:
        if count >= int(line[-1]):
            return met(ask.number(line), "copy_number.segregates", count=count)
    return not_met("copy_number.few_segregations", count=count)


def does_not_segregate(ask: CopyQuestion) -> Answer:
    """5E: an affected relative does not have it; the points of line 4I."""
    household = _household(ask)
    if household is None:
        return not_assessed("copy_number.parents_unknown")
    without = household.affected_relatives(Carrier.NO)
    if without:
        return met(ask.number("5E"), "copy_number.does_not_segregate", count=len(without))
    if household.affected_relatives(Carrier.YES):
        return not_met("copy_number.all_affected_carry")
    return not_assessed("copy_number.no_affected_relative")


def unavailable(ask: CopyQuestion) -> Answer:
    """5F: inheritance is unavailable or uninformative; no points."""
    household = _household(ask)
    if household is None or household.source() is Source.UNAVAILABLE:
        return met(0.0, "copy_number.inheritance_unavailable")
    return not_met("copy_number.inheritance_available")


def unavailable_consistent(ask: CopyQuestion) -> Answer:
    """5G: inheritance unavailable, the phenotype consistent without being specific."""
    household = _household(ask)
    if household is not None and household.source() is not Source.UNAVAILABLE:
        return not_met("copy_number.inheritance_available")
    fit = patient_fit(ask)
    if fit is None:
        return not_assessed("copy_number.phenotype_unknown")
    if fit.exact == 0:
        return not_met("copy_number.phenotype_not_consistent", terms=fit.terms)
    return met(ask.number("5G"), "copy_number.consistent", exact=fit.exact, terms=fit.terms)


def unavailable_specific(ask: CopyQuestion) -> Answer:
    """5H: inheritance unavailable, the phenotype highly specific: people judge it."""
    answer = unavailable_consistent(ask)
    if answer.points:
        return not_assessed("copy_number.specific_is_judged", **dict(answer.reason.facts))
    return answer
