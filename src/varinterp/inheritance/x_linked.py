"""X-linked, outside the pseudoautosomal regions (in them: `dominant`).

male, affected            carries the allele      otherwise does not fit
male, unaffected          does not carry it       otherwise does not fit; possible where penetrance
                                                  is known as incomplete; in few reads perhaps a
                                                  mosaic
male, affected, called    cannot be told: mosaicism, a duplication or a wrong sex
    heterozygous
female, affected          two copies fit, and one that is new in the proband, or that an affected
                          mother or father gave her (dominant X-linked disease); one copy else
                          cannot be told (skewed inactivation, a dominant X-linked disease; of two
                          different alleles `x_linked_pair` answers); without the allele does not
                          fit
    with two copies, a    cannot be told: a deletion on the other X, uniparental disomy, a swap
        parent without
    one called of one     cannot be told of the proband: a loss of the other X, a wrong sex
female, unaffected        two copies do not fit; carrying one is no constraint
no call, no stated sex    cannot be told
status unknown            no constraint

A son has his X from his mother: a male proband whose affected father carries the allele and whose
mother was called without it, both believed, does not fit.
"""

from functools import partial

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.de_novo import Origin, of_trio
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.recessive import parent_without
from varinterp.inheritance.tables import Answers, Mode, Told
from varinterp.inheritance.tables import answers as answers_of
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role, Sex
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.model.variant import Allele

_SENTENCES = (
    fits("inheritance.x_linked"),
    fits("inheritance.x_linked_carrier_mother"),
    fits("inheritance.x_linked_de_novo"),
    unknown("inheritance.affected_heterozygous_female", role=None),
    fits("inheritance.x_linked_dominant", role=None),
    fits("inheritance.x_linked_dominant_de_novo", confidence=None),
    unknown("inheritance.member_without_call_or_sex", role=None),
    unknown("inheritance.absence_not_believed", role=None, alt_reads=None, depth=None),
    unknown("inheritance.incomplete_penetrance", role=None),
    unknown("inheritance.carrier_mosaic", role=None, fraction=None),
    unknown("inheritance.heterozygous_male", role=None),
    unknown("inheritance.affected_heterozygous_relative", role=None),
    unknown("inheritance.parent_without_allele", role=None),
    unknown("inheritance.one_copy_called"),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.unaffected_carrier", role=None),
    does_not_fit("inheritance.unaffected_homozygote", role=None),
    does_not_fit("inheritance.affected_without_allele", role=None),
    does_not_fit("inheritance.father_to_son"),
    does_not_fit("inheritance.proband_without_allele"),
    does_not_fit("inheritance.not_x_linked"),
)
"""That a proband is heterozygous is outweighed by who gave her the allele, or that nobody did."""


def _member(full: bool, family: Family, person: Person, call: Call) -> str | None:
    proband = person.id == family.proband_id
    if proband and call is Call.MISSING:
        return "inheritance.proband_without_call"
    if proband and not call.carries:
        return "inheritance.proband_without_allele"
    if proband and person.sex is Sex.FEMALE and call is Call.HEMI:
        return "inheritance.one_copy_called"
    if person.affected is Affected.UNKNOWN:
        return None
    if call is Call.MISSING or person.sex is Sex.UNKNOWN:
        return "inheritance.member_without_call_or_sex"
    if person.affected is Affected.NO:
        return _unaffected(full, person, call)
    if call.disbelieved:
        return "inheritance.absence_not_believed"
    if not call.carries:
        return "inheritance.affected_without_allele"
    if not call.one_of_two:
        return None
    if person.sex is Sex.MALE:
        return "inheritance.heterozygous_male"
    if proband:
        return "inheritance.affected_heterozygous_female"
    # Beside a girl or woman with one copy she says nothing more than the proband does herself.
    agrees = family.proband.sex is Sex.FEMALE
    return None if agrees else "inheritance.affected_heterozygous_relative"


def _unaffected(full: bool, person: Person, call: Call) -> str | None:
    if not call.carries:
        return None
    if person.sex is Sex.MALE:
        if call is Call.MOSAIC:
            return "inheritance.carrier_mosaic"
        return "inheritance.unaffected_carrier" if full else "inheritance.incomplete_penetrance"
    return "inheritance.unaffected_homozygote" if call is Call.HOM else None


def _trio(family: Family, proband: Call, sure: bool, father: Call, mother: Call) -> Told | None:
    if not proband.carries:
        return None
    sex = family.proband.sex
    if sex is Sex.MALE:
        return _son(family, sure, father, mother)
    if sex is Sex.FEMALE and proband.one_of_two:
        return _daughter(family, sure, father, mother)
    return parent_without(father, mother) if sex is Sex.FEMALE and proband is Call.HOM else None


def _son(family: Family, sure: bool, father: Call, mother: Call) -> Told | None:
    if mother is Call.REFERENCE:
        person = family.parent(family.proband, Role.FATHER)
        if father.carries and person is not None and person.affected is Affected.YES:
            return Told("inheritance.father_to_son")
        return Told("inheritance.x_linked_de_novo", Role.PROBAND) if sure else None
    return Told("inheritance.x_linked_carrier_mother") if mother.carries else None


def _daughter(family: Family, sure: bool, father: Call, mother: Call) -> Told | None:
    origin, _ = of_trio(sure, father, mother)
    if origin is Origin.DE_NOVO:
        return Told("inheritance.x_linked_dominant_de_novo", Role.PROBAND)
    for role, call in ((Role.FATHER, father), (Role.MOTHER, mother)):
        person = family.parent(family.proband, role)
        if call.carries and person is not None and person.affected is Affected.YES:
            return Told("inheritance.x_linked_dominant", role)
    return None


FULL = Mode(_SENTENCES, partial(_member, True), _trio)
INCOMPLETE = Mode(_SENTENCES, partial(_member, False), _trio)


def on_x_alone(allele: Allele) -> bool:
    """Whether an allele lies where X has no partner on Y."""
    pseudo = is_pseudoautosomal(allele.chromosome, allele.position)
    return allele.chromosome is Chromosome.X and not pseudo


def answers(calls: CallTable, *, incomplete: bool = False) -> Answers:
    """Answer for every allele of a family, all of them on X alone."""
    return answers_of(INCOMPLETE if incomplete else FULL, calls)


def fit(
    family: Family,
    genotypes: FamilyGenotypes,
    allele: Allele,
    limits: FamilyLimits,
    *,
    incomplete: bool = False,
) -> Fit:
    """Answer for one allele."""
    if not on_x_alone(allele):
        return does_not_fit("inheritance.not_x_linked")
    return answers(CallTable.of(family, [genotypes], limits), incomplete=incomplete).fit(0)
