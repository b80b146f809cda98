"""Mitochondrial, by the mother's line, with the share of copies that carry the allele.

Levels of heteroplasmy are `inheritance.heteroplasmy`'s: below the first an allele is not told from
errors and from copies of mitochondrial DNA in the nucleus, from the second on cells usually fail,
from the third on all copies carry it.

proband, all or most copies         fits
proband, some copies                cannot be told: another tissue may have more (blood loses
                                    alleles such as m.3243A>G over the years)
proband, below detection            cannot be told
proband without it                  does not fit; without a call, or of copies not counted, cannot
                                    be told

mother carries it at any level      the line agrees
mother called without it            fits as new where the proband has not all copies; where he or
                                    she has all of them cannot be told: a sample, another tissue
mother without it, father with it   cannot be told: a paternal copy in the nucleus, a sample
affected, of the mother's line      without it does not fit where the proband has all copies, else
                                    cannot be told: another tissue
unaffected, of the mother's line    with all copies beside a proband with all of them cannot be
                                    told: penetrance is often incomplete
anybody else                        no constraint: men do not pass it on
"""

from dataclasses import replace

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.heteroplasmy import Level, levels, without
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.lineage import shares_mitochondria
from varinterp.inheritance.tables import Answers, Mode, Told
from varinterp.inheritance.tables import answers as answers_of
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown

_SENTENCES = (
    fits("inheritance.mitochondrial_most", fraction=None),
    fits("inheritance.mitochondrial_all"),
    fits("inheritance.mitochondrial_maternal", role=None),
    fits("inheritance.mitochondrial_new", fraction=None),
    unknown("inheritance.member_without_call"),
    unknown("inheritance.mitochondrial_unaffected", role=None),
    unknown("inheritance.mitochondrial_some", fraction=None),
    unknown("inheritance.mitochondrial_other_tissue", role=None),
    unknown("inheritance.mitochondrial_mother_without", depth=None),
    unknown("inheritance.mitochondrial_father", fraction=None),
    unknown("inheritance.mitochondrial_not_counted"),
    unknown("inheritance.mitochondrial_below", fraction=None),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.affected_without_allele", role=None),
    does_not_fit("inheritance.proband_without_allele"),
)


def _member(family: Family, person: Person, call: Call) -> str | None:
    level = Level(int(call))
    if person.id == family.proband_id:
        return _PROBAND[level]
    missing = level is Level.MISSING and person.affected is not Affected.UNKNOWN
    of_line = missing and shares_mitochondria(family, person)
    return "inheritance.member_without_call" if of_line else None


def _beside(family: Family, person: Person, call: Call, proband: Call) -> str | None:
    level, own = Level(int(call)), Level(int(proband))
    if not own.carries or not shares_mitochondria(family, person):
        return None
    if person.affected is Affected.YES and level in (Level.NONE, Level.THIN, Level.BELOW):
        contradicts = own is Level.ALL and level is Level.NONE
        other = "affected_without_allele" if contradicts else "mitochondrial_other_tissue"
        return f"inheritance.{other}"
    if person.affected is Affected.NO and own is level is Level.ALL:
        return "inheritance.mitochondrial_unaffected"
    return None


_PROBAND = {
    Level.ABSENT: None,
    Level.MISSING: "inheritance.proband_without_call",
    Level.NONE: "inheritance.proband_without_allele",
    Level.THIN: "inheritance.proband_without_allele",
    Level.BELOW: "inheritance.mitochondrial_below",
    Level.SOME: "inheritance.mitochondrial_some",
    Level.MOST: "inheritance.mitochondrial_most",
    Level.ALL: "inheritance.mitochondrial_all",
    Level.NOT_COUNTED: "inheritance.mitochondrial_not_counted",
}


def _trio(family: Family, proband: Call, _: bool, father: Call, mother: Call) -> Told | None:
    own, hers, his = Level(int(proband)), Level(int(mother)), Level(int(father))
    if not own.carries:
        return None
    if hers.carries or hers is Level.BELOW:
        return Told("inheritance.mitochondrial_maternal", Role.MOTHER)
    if hers is not Level.NONE:
        return None
    if his.carries:
        return Told("inheritance.mitochondrial_father", Role.FATHER)
    if own is Level.ALL:
        return Told("inheritance.mitochondrial_mother_without", Role.MOTHER)
    return Told("inheritance.mitochondrial_new", Role.PROBAND) if own is Level.MOST else None


MODE = Mode(_SENTENCES, _member, _trio, _beside)


def answers(calls: CallTable) -> Answers:
    """Answer for every allele of a family, all of them mitochondrial; the table has limits."""
    if calls.limits is None:
        raise ValueError("levels of heteroplasmy are told apart by limits")
    columns = calls.columns
    rest = without(columns.ref_depth, columns.alt_depth, columns.depth)
    counted = replace(columns, ref_depth=rest)
    found = replace(calls, codes=levels(calls, calls.limits), columns=counted)
    return answers_of(MODE, found)


def fit(family: Family, genotypes: FamilyGenotypes, limits: FamilyLimits) -> Fit:
    """Answer for one allele."""
    return answers(CallTable.of(family, [genotypes], limits)).fit(0)
