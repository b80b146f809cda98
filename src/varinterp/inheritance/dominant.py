"""Autosomal dominant, and what is inherited like it: the pseudoautosomal regions of X and Y.

    affected, sequenced       carries the allele      otherwise does not fit
    unaffected, sequenced     does not carry it       otherwise does not fit
        the same, penetrance  carries it              cannot be told: possible with incomplete
        known as incomplete                           penetrance
        in few of the reads                           cannot be told: perhaps a mosaic
    affected, called without  cannot be told: the reads are too few, or show the allele
        it on thin data
    either, no call           cannot be told
    status unknown            no constraint

    both parents without it   fits: new; in few of the proband's reads, perhaps a mosaic; two copies
                              cannot be told, as one mutation makes one
    a parent carries it       fits: inherited (an affected parent; a carrier, see above)
    a parent's reads show it  cannot be told: not called in the parent, who may be a mosaic
    on thin data              cannot be told
    a parent not sequenced,   fits as far as the others tell, the origin is not known; a parent
        or without status     without a call is the *no call* above
    proband without a call    cannot be told

Penetrance is full unless the rules, or a gene specification, state it as incomplete.
"""

from functools import partial

from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.de_novo import Origin, of_trio
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.tables import Answers, Mode, Told
from varinterp.inheritance.tables import answers as answers_of
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown

_SENTENCES = (
    fits("inheritance.dominant_origin_unknown"),
    fits("inheritance.dominant_inherited", role=None),
    fits("inheritance.de_novo", confidence=None),
    fits("inheritance.de_novo_mosaic", fraction=None),
    unknown("inheritance.member_without_call"),
    unknown("inheritance.absence_not_believed", role=None, alt_reads=None, depth=None),
    unknown("inheritance.incomplete_penetrance", role=None),
    unknown("inheritance.carrier_mosaic", role=None, fraction=None),
    unknown("inheritance.de_novo_uncertain", role=None, alt_reads=None, depth=None),
    unknown("inheritance.de_novo_refuted", role=None, alt_reads=None, depth=None),
    unknown("inheritance.two_new_copies"),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.unaffected_carrier", role=None),
    does_not_fit("inheritance.affected_without_allele", role=None),
    does_not_fit("inheritance.proband_without_allele"),
)


def _member(full: bool, family: Family, person: Person, call: Call) -> str | None:
    if person.id == family.proband_id and not call.carries:
        return _proband(call)
    if person.affected is Affected.UNKNOWN:
        return None
    if call is Call.MISSING:
        return "inheritance.member_without_call"
    if person.affected is Affected.NO:
        return _unaffected(full, call)
    if call.disbelieved:
        return "inheritance.absence_not_believed"
    return None if call.carries else "inheritance.affected_without_allele"


def _proband(call: Call) -> str:
    missing = call is Call.MISSING
    return f"inheritance.proband_without_{'call' if missing else 'allele'}"


def _unaffected(full: bool, call: Call) -> str | None:
    if not call.carries:
        return None
    if call is Call.MOSAIC:
        return "inheritance.carrier_mosaic"
    return "inheritance.unaffected_carrier" if full else "inheritance.incomplete_penetrance"


def _trio(_: Family, proband: Call, sure: bool, father: Call, mother: Call) -> Told | None:
    if not proband.carries:
        return None
    origin, by = of_trio(sure, father, mother)
    if origin is Origin.DE_NOVO and proband is Call.HOM:
        return Told("inheritance.two_new_copies")
    if origin is Origin.DE_NOVO:
        mosaic = proband is Call.MOSAIC
        return Told("inheritance.de_novo_mosaic" if mosaic else "inheritance.de_novo", Role.PROBAND)
    if origin is Origin.INHERITED:
        return Told("inheritance.dominant_inherited", by)
    if origin is Origin.REFUTED:
        return Told("inheritance.de_novo_refuted", by)
    return Told("inheritance.de_novo_uncertain", by) if origin is Origin.UNCERTAIN else None


FULL = Mode(_SENTENCES, partial(_member, True), _trio)
INCOMPLETE = Mode(_SENTENCES, partial(_member, False), _trio)


def answers(calls: CallTable, *, incomplete: bool = False) -> Answers:
    """Answer for every allele of a family; `incomplete` is what is known of the penetrance."""
    return answers_of(INCOMPLETE if incomplete else FULL, calls)


def fit(
    family: Family, genotypes: FamilyGenotypes, limits: FamilyLimits, *, incomplete: bool = False
) -> Fit:
    """Answer for one allele."""
    return answers(CallTable.of(family, [genotypes], limits), incomplete=incomplete).fit(0)
