"""Autosomal recessive, two different hits in one gene: small alleles, or one beside a copy number.

Phase of the proband's two: `inheritance.phase`.

    in cis                      does not fit: the other copy is intact
    in trans                    fits
    unknown                     cannot be told

    affected, sequenced         has both, or two copies of one      otherwise does not fit; called
                                                                    without on thin data cannot be
                                                                    told
    unaffected, sequenced       two copies of either                does not fit, in any phase
                                both, in trans                      does not fit: of a parent too,
                                                                    whose other copy must hold the
                                                                    allele that was not passed on
    no call of one of the two   cannot be told
    status unknown              no constraint

A loss beside a small allele is a second hit as a small one is. Where it spans the allele there is
one copy left: a call of the allele alone (homozygous, or haploid) is then one copy over the loss,
and the two lie in trans; a call beside an intact copy contradicts the loss, which cannot be told,
and counts as no call of a relative. An unaffected relative without the small allele is no
contradiction whatever the copies.
"""

from varinterp.inheritance.calls import Call
from varinterp.inheritance.pair_tables import Copies, PairAnswers, PairMode
from varinterp.inheritance.pair_tables import answers as answers_of
from varinterp.inheritance.pairs import Pairs
from varinterp.inheritance.phase import Lie, phases
from varinterp.model.family import Affected, Family, Person
from varinterp.model.fit import does_not_fit, fits, unknown

_SENTENCES = (
    fits("inheritance.in_trans", evidence=None),
    fits("inheritance.in_trans_with_copy", evidence=None),
    fits("inheritance.over_deletion"),
    unknown("inheritance.member_without_call"),
    unknown("inheritance.pair_not_believed", role=None),
    unknown("inheritance.phase_unknown"),
    unknown("inheritance.copy_phase_unknown"),
    unknown("inheritance.heterozygous_in_deletion"),
    unknown("inheritance.proband_without_call"),
    does_not_fit("inheritance.affected_without_pair", role=None),
    does_not_fit("inheritance.unaffected_with_pair", role=None),
    does_not_fit("inheritance.unaffected_homozygote", role=None),
    does_not_fit("inheritance.in_cis", evidence=None),
    does_not_fit("inheritance.in_cis_with_copy", evidence=None),
    does_not_fit("inheritance.not_a_pair"),
)
OF_PHASE = {
    Lie.UNKNOWN: "inheritance.phase_unknown",
    Lie.CIS: "inheritance.in_cis",
    Lie.TRANS: "inheritance.in_trans",
}
_COPIES = Copies(
    {
        Lie.UNKNOWN: "inheritance.copy_phase_unknown",
        Lie.CIS: "inheritance.in_cis_with_copy",
        Lie.TRANS: "inheritance.in_trans_with_copy",
    },
    over="inheritance.over_deletion",
    within="inheritance.heterozygous_in_deletion",
)


def of_proband(one: Call, other: Call) -> str | None:
    """Say why the proband has no pair; None where one copy of each was called."""
    calls = (one, other)
    if all(call.one_of_two for call in calls):
        return None
    missing_alone = all(call is Call.MISSING or call.one_of_two for call in calls)
    return "inheritance.proband_without_call" if missing_alone else "inheritance.not_a_pair"


def _member(
    family: Family, person: Person, lie: Lie, copy: bool, one: Call, other: Call
) -> str | None:
    if person.id == family.proband_id and (why := of_proband(one, other)):
        return why
    if person.affected is Affected.UNKNOWN:
        return None
    if person.affected is Affected.NO:
        return _unaffected(lie, copy, one, other)
    calls = (one, other)
    if Call.MISSING in calls:
        return "inheritance.member_without_call"
    if all(call.carries for call in calls) or any(call.every_copy for call in calls):
        return None
    thin = any(call.disbelieved for call in calls)
    return f"inheritance.{'pair_not_believed' if thin else 'affected_without_pair'}"


def _unaffected(lie: Lie, copy: bool, one: Call, other: Call) -> str | None:
    if Call.HOM in (one, other):
        return "inheritance.unaffected_homozygote"
    if copy and one.without:
        return None
    if Call.MISSING in (one, other):
        return "inheritance.member_without_call"
    pair = one.carries and other.carries and lie is Lie.TRANS
    return "inheritance.unaffected_with_pair" if pair else None


MODE = PairMode(_SENTENCES, OF_PHASE, _member, _COPIES)


def answers(pairs: Pairs) -> PairAnswers:
    """Answer for every pair of a family."""
    return answers_of(MODE, pairs, phases(pairs))
