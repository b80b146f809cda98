"""Autosomal recessive, homozygous.

proband                   homozygous              otherwise does not fit: one copy of two is
                                                  `compound`'s; one called of one copy, on a
                                                  chromosome of which there are two, and no call
                                                  cannot be told
affected, sequenced       homozygous, or one      otherwise does not fit; called without two copies
                          called of one copy      on thin data cannot be told
unaffected, sequenced     not homozygous          otherwise does not fit
parent, sequenced         carries the allele      otherwise cannot be told: a deletion on the
                                                  other chromosome, uniparental disomy, a swap
no call                   cannot be told
status unknown            no constraint but as a parent

In a consanguineous family (stated, or its pedigree has a common ancestor of the parents) a fitting
homozygous allele is said to be what one expects there; nothing is left out for lack of it.
"""

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.lineage import consanguineous
from varinterp.inheritance.tables import Answers, Mode, Told
from varinterp.inheritance.tables import answers as answers_of
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown

_SENTENCES = (
    fits("inheritance.homozygous"),
    fits("inheritance.homozygous_consanguineous"),
    unknown("inheritance.member_without_call"),
    unknown("inheritance.absence_not_believed", role=None, alt_reads=None, depth=None),
    unknown("inheritance.parent_without_allele", role=None),
    unknown("inheritance.one_copy_called"),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.affected_not_homozygous", role=None),
    does_not_fit("inheritance.unaffected_homozygote", role=None),
    does_not_fit("inheritance.one_copy"),
)


def _member(family: Family, person: Person, call: Call) -> str | None:
    if person.id == family.proband_id and call is not Call.HOM:
        return _proband(call)
    if person.affected is Affected.UNKNOWN:
        return None
    if call is Call.MISSING:
        return "inheritance.member_without_call"
    if person.affected is Affected.NO:
        return "inheritance.unaffected_homozygote" if call is Call.HOM else None
    if call.disbelieved:
        return "inheritance.absence_not_believed"
    return None if call.every_copy else "inheritance.affected_not_homozygous"


def _proband(call: Call) -> str:
    if call is Call.MISSING:
        return "inheritance.proband_without_call"
    return "inheritance.one_copy_called" if call is Call.HEMI else "inheritance.one_copy"


def _trio(family: Family, proband: Call, _: bool, father: Call, mother: Call) -> Told | None:
    if proband is not Call.HOM:
        return None
    missing = parent_without(father, mother)
    related = Told("inheritance.homozygous_consanguineous") if consanguineous(family) else None
    return missing or related


def parent_without(father: Call, mother: Call) -> Told | None:
    """Say which parent of somebody with two copies was called without the allele."""
    for role, call in ((Role.FATHER, father), (Role.MOTHER, mother)):
        if call.without:
            return Told("inheritance.parent_without_allele", role)
    return None


MODE = Mode(_SENTENCES, _member, _trio)


def answers(calls: CallTable) -> Answers:
    """Answer for every allele of a family; compound heterozygotes are `compound`'s."""
    return answers_of(MODE, calls)


def fit(family: Family, genotypes: FamilyGenotypes, limits: FamilyLimits | None = None) -> Fit:
    """Answer for one allele; compound heterozygotes are `compound`'s.

    Without limits a call without the allele is taken as it stands.
    """
    return answers(CallTable.of(family, [genotypes], limits)).fit(0)
