"""X-linked, two different alleles on a woman's two X, outside the pseudoautosomal regions.

Phase of the proband's two: `inheritance.phase`, *on a woman's two X*.

    in cis                      does not fit: the other X is intact
    in trans                    fits
    unknown                     cannot be told

    male, affected              carries one or both     otherwise does not fit; called without on
                                                        thin data cannot be told
    male, unaffected            carries neither         otherwise does not fit; possible where
                                                        penetrance is known as incomplete; in few
                                                        reads perhaps a mosaic
    male, affected, called      cannot be told: mosaicism, a duplication or a wrong sex
        heterozygous
    female, affected            both, or two copies of  with one of them cannot be told (skewed
                                one                     inactivation); with neither does not fit,
                                                        on thin data cannot be told
    female, unaffected          two copies of either    does not fit, in any phase
                                both, in trans          does not fit
    no call of one of the two   cannot be told, where the other call does not contradict already
    no stated sex               cannot be told
    status unknown              no constraint

So the father of a woman whose two lie in trans carries one of them on his only X: he is affected,
penetrance is incomplete, or that allele is new in her. A man has no such pair: a second call on his
X is not asked.
"""

from functools import partial

from varinterp.inheritance.calls import Call
from varinterp.inheritance.compound import OF_PHASE, of_proband
from varinterp.inheritance.pair_tables import PairAnswers, PairMode
from varinterp.inheritance.pair_tables import answers as answers_of
from varinterp.inheritance.pairs import Pairs
from varinterp.inheritance.phase import Lie, phases_on_x
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import does_not_fit, fits, unknown

_SENTENCES = (
    fits("inheritance.in_trans", evidence=None),
    unknown("inheritance.member_without_call_or_sex", role=None),
    unknown("inheritance.pair_not_believed", role=None),
    unknown("inheritance.affected_heterozygous_relative", role=None),
    unknown("inheritance.male_with_one_of_pair_incomplete", role=None),
    unknown("inheritance.male_with_one_of_pair_mosaic", role=None),
    unknown("inheritance.heterozygous_male", role=None),
    unknown("inheritance.phase_unknown"),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.affected_with_neither", role=None),
    does_not_fit("inheritance.male_with_one_of_pair", role=None),
    does_not_fit("inheritance.unaffected_with_pair", role=None),
    does_not_fit("inheritance.unaffected_homozygote", role=None),
    does_not_fit("inheritance.in_cis", evidence=None),
    does_not_fit("inheritance.not_a_pair"),
)


def _member(
    full: bool, family: Family, person: Person, lie: Lie, _: bool, one: Call, other: Call
) -> str | None:
    if person.id == family.proband_id and (why := of_proband(one, other)):
        return why
    if person.affected is Affected.UNKNOWN:
        return None
    if person.sex is Sex.UNKNOWN:
        return "inheritance.member_without_call_or_sex"
    calls = (one, other)
    if person.affected is Affected.NO:
        return _man(full, calls) if person.sex is Sex.MALE else _woman(lie, calls)
    if person.sex is Sex.MALE and any(call.one_of_two for call in calls):
        return "inheritance.heterozygous_male"
    if all(call.carries for call in calls) or any(call.every_copy for call in calls):
        return None
    return _affected(calls)


def _man(full: bool, calls: tuple[Call, Call]) -> str | None:
    """An unaffected man."""
    if any(call.carries and call is not Call.MOSAIC for call in calls):
        return f"inheritance.male_with_one_of_pair{'' if full else '_incomplete'}"
    if Call.MOSAIC in calls:
        return "inheritance.male_with_one_of_pair_mosaic"
    return "inheritance.member_without_call_or_sex" if Call.MISSING in calls else None


def _woman(lie: Lie, calls: tuple[Call, Call]) -> str | None:
    """An unaffected woman."""
    if Call.HOM in calls:
        return "inheritance.unaffected_homozygote"
    if Call.MISSING in calls:
        return "inheritance.member_without_call_or_sex"
    pair = lie is Lie.TRANS and all(call.carries for call in calls)
    return "inheritance.unaffected_with_pair" if pair else None


def _affected(calls: tuple[Call, Call]) -> str:
    """Somebody affected who has neither both nor all copies of one."""
    if Call.MISSING in calls:
        return "inheritance.member_without_call_or_sex"
    if any(call.carries for call in calls):
        return "inheritance.affected_heterozygous_relative"
    thin = any(call.disbelieved for call in calls)
    return f"inheritance.{'pair_not_believed' if thin else 'affected_with_neither'}"


FULL = PairMode(_SENTENCES, OF_PHASE, partial(_member, True))
INCOMPLETE = PairMode(_SENTENCES, OF_PHASE, partial(_member, False))


def answers(pairs: Pairs, *, incomplete: bool = False) -> PairAnswers:
    """Answer for every pair of a woman's alleles, all of them on X alone."""
    return answers_of(INCOMPLETE if incomplete else FULL, pairs, phases_on_x(pairs))
