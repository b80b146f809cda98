"""Y-linked, outside the pseudoautosomal regions.

male, of the father's line   affected carries the allele, unaffected does not; called without it on
                             thin data cannot be told; a father without it makes it new
female, called with it       cannot be told: the sex, or a stretch of Y that X resembles
female, called without it    no constraint
no call                      cannot be told for a male, no constraint for a female
status unknown               no constraint
"""

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.lineage import shares_y
from varinterp.inheritance.tables import Answers, Mode, Told
from varinterp.inheritance.tables import answers as answers_of
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.family import Affected, Family, Person, Role, Sex
from varinterp.model.fit import does_not_fit, fits, unknown
from varinterp.model.variant import Allele

_SENTENCES = (
    fits("inheritance.y_linked"),
    fits("inheritance.y_linked_de_novo"),
    unknown("inheritance.member_without_call_or_sex", role=None),
    unknown("inheritance.absence_not_believed", role=None, alt_reads=None, depth=None),
    unknown("inheritance.female_with_y", role=None),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.unaffected_carrier", role=None),
    does_not_fit("inheritance.affected_without_allele", role=None),
    does_not_fit("inheritance.proband_without_allele"),
)


def _member(family: Family, person: Person, call: Call) -> str | None:
    if person.sex is Sex.FEMALE:
        return "inheritance.female_with_y" if call.carries else None
    if person.id == family.proband_id:
        if call is Call.MISSING:
            return "inheritance.proband_without_call"
        return None if call.carries else "inheritance.proband_without_allele"
    if person.affected is Affected.UNKNOWN or not shares_y(family, person):
        return None
    if call is Call.MISSING or person.sex is Sex.UNKNOWN:
        return "inheritance.member_without_call_or_sex"
    if person.affected is Affected.NO:
        return "inheritance.unaffected_carrier" if call.carries else None
    if call.disbelieved:
        return "inheritance.absence_not_believed"
    return "inheritance.affected_without_allele" if call.without else None


def _trio(_: Family, proband: Call, sure: bool, father: Call, __: Call) -> Told | None:
    new = proband.carries and sure and father is Call.REFERENCE
    return Told("inheritance.y_linked_de_novo", Role.PROBAND) if new else None


MODE = Mode(_SENTENCES, _member, _trio)


def on_y_alone(allele: Allele) -> bool:
    """Whether an allele lies where Y has no partner on X."""
    pseudo = is_pseudoautosomal(allele.chromosome, allele.position)
    return allele.chromosome is Chromosome.Y and not pseudo


def answers(calls: CallTable) -> Answers:
    """Answer for every allele of a family, all of them on Y alone."""
    return answers_of(MODE, calls)
