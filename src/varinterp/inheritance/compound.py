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

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import NONE, Bools, Call, CallTable, Codes
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.lineage import rows_of
from varinterp.inheritance.order import reading_order
from varinterp.inheritance.phase import (
    EVIDENCE,
    Evidence,
    Lie,
    Pairs,
    Phase,
    phase_of,
    phases,
    seen_of,
)
from varinterp.model.evidence import Scalar
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Role
from varinterp.model.fit import Fit, does_not_fit, fits, unknown
from varinterp.model.variant import Allele

__all__ = ["Evidence", "PairAnswers", "Phase", "answers", "beside_copies", "fit", "pairs_of",
           "phase", "trans_by_one_parent"]  # fmt: skip

Places = npt.NDArray[np.intp]

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
_PLACES = {sentence.reason.key: at for at, sentence in enumerate(_SENTENCES)}
_TWO = (Call.HOM, Call.HEMI)
_THIN = (Call.THIN, Call.TRACE)
_SIDE = len(Call)


@dataclass(frozen=True, slots=True)
class PairAnswers:
    """What is answered of each pair."""

    pairs: Pairs
    verdicts: npt.NDArray[np.uint16]
    lies: npt.NDArray[np.uint8]
    evidence: npt.NDArray[np.uint8]

    def fit(self, at: int) -> Fit:
        """Return one pair's answer with its reason."""
        verdict = int(self.verdicts[at])
        sentence = _SENTENCES[verdict >> 8]
        facts: dict[str, Scalar] = {}
        for name, _ in sentence.reason.facts:
            if name == "evidence":
                facts[name] = EVIDENCE[int(self.evidence[at])]
            else:
                facts[name] = self._role(verdict)
        return sentence.telling(**facts)

    def _role(self, verdict: int) -> Role:
        family = self.pairs.family
        row = reading_order(family)[255 - (verdict & 255)]
        return family.role(family.members[row])


def pairs_of(calls: CallTable, one: Places, other: Places) -> Pairs:
    """Return pairs of a table's alleles."""
    none = np.full(len(calls), NONE)
    sides = none if calls.haplotypes is None else calls.haplotypes
    blocks = none if calls.phase_sets is None else calls.phase_sets
    nowhere = np.zeros(len(one), np.bool_)
    both = np.stack([one, other])
    return Pairs(
        calls.family,
        calls.codes[:, one],
        calls.codes[:, other],
        sides[both],
        blocks[both],
        nowhere,
        nowhere,
        nowhere,
    )


def beside_copies(calls: CallTable, one: Places, copies: Codes, spans: Bools) -> Pairs:
    """Return pairs of a table's alleles and copy numbers.

    `copies` are everybody's codes for the copy number of each pair; `spans` tells where it is a
    loss that spans the allele.
    """
    codes = calls.codes[:, one].copy()
    lost = spans & (copies >= Call.HET)
    whole = (codes == Call.HOM) | (codes == Call.HEMI)
    beside = lost & ((codes == Call.HET) | (codes == Call.MOSAIC))
    row = calls.proband
    within = beside[row].copy()
    beside[row] = False
    codes[lost & whole] = Call.HET
    codes[beside] = Call.MISSING
    none = np.full((2, len(one)), NONE)
    everywhere = np.ones(len(one), np.bool_)
    return Pairs(calls.family, codes, copies, none, none, everywhere, lost[row], within)


def answers(pairs: Pairs) -> PairAnswers:
    """Answer for every pair."""
    found = phases(pairs)
    copy = pairs.copy.astype(np.intp)
    verdicts = _OF_PHASE[copy, found.lies].copy()
    verdicts[pairs.over & (found.lies == Lie.TRANS)] = _PLACES["inheritance.over_deletion"] << 8
    verdicts[pairs.within] = _PLACES["inheritance.heterozygous_in_deletion"] << 8
    base = (found.lies.astype(np.intp) * 2 + copy) * _SIDE * _SIDE
    for row, table in _compiled(pairs.family):
        place = base + pairs.one[row].astype(np.intp) * _SIDE + pairs.other[row]
        np.maximum(verdicts, table.take(place), out=verdicts)
    return PairAnswers(pairs, verdicts, found.lies, found.evidence)


_OF_PHASE = np.array(
    [
        [_PLACES[f"inheritance.{key}"] << 8 for key in ("phase_unknown", "in_cis", "in_trans")],
        [
            _PLACES[f"inheritance.{key}"] << 8
            for key in ("copy_phase_unknown", "in_cis_with_copy", "in_trans_with_copy")
        ],
    ],
    np.uint16,
)
"""By whether the other is a copy number, and by `Lie`."""


@lru_cache(maxsize=512)
def _compiled(family: Family) -> tuple[tuple[int, npt.NDArray[np.uint16]], ...]:
    """Return a table for each member who was sequenced: phase, copy, code of the one, the other."""
    ranks = {row: rank for rank, row in enumerate(reading_order(family))}
    return tuple(
        (row, _table(family, person, ranks[row]))
        for row, person in enumerate(family)
        if person.sequenced
    )


def _table(family: Family, person: Person, rank: int) -> npt.NDArray[np.uint16]:
    table = np.zeros(len(Lie) * 2 * _SIDE * _SIDE, np.uint16)
    for place in range(len(table)):
        rest, other = divmod(place, _SIDE)
        rest, one = divmod(rest, _SIDE)
        lie, copy = divmod(rest, 2)
        key = _member(family, person, Lie(lie), bool(copy), Call(one), Call(other))
        if key is not None:
            table[place] = _PLACES[f"inheritance.{key}"] << 8 | 255 - rank
    return table


def _member(
    family: Family, person: Person, lie: Lie, copy: bool, one: Call, other: Call
) -> str | None:
    calls = (one, other)
    if person.id == family.proband_id and not all(c in (Call.HET, Call.MOSAIC) for c in calls):
        return "proband_without_call" if _open(calls) else "not_a_pair"
    if person.affected is Affected.UNKNOWN:
        return None
    if person.affected is Affected.NO:
        return _unaffected(lie, copy, one, other)
    if Call.MISSING in calls:
        return "member_without_call"
    if all(call.carries for call in calls) or any(call in _TWO for call in calls):
        return None
    return "pair_not_believed" if any(call in _THIN for call in calls) else "affected_without_pair"


def _open(calls: tuple[Call, Call]) -> bool:
    """Whether a missing call alone keeps the proband from having a pair."""
    return Call.MISSING in calls and all(
        call in (Call.MISSING, Call.HET, Call.MOSAIC) for call in calls
    )


def _unaffected(lie: Lie, copy: bool, one: Call, other: Call) -> str | None:
    if Call.HOM in (one, other):
        return "unaffected_homozygote"
    if copy and one.without:
        return None
    if Call.MISSING in (one, other):
        return "member_without_call"
    pair = one.carries and other.carries and lie is Lie.TRANS
    return "unaffected_with_pair" if pair else None


def phase(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes
) -> tuple[Phase, Evidence | None]:
    """Return the phase of the proband's two alleles, and what it rests on."""
    return phase_of(family, one, other)


def fit(
    family: Family,
    one: FamilyGenotypes,
    other: FamilyGenotypes,
    partner: Allele,
    limits: FamilyLimits | None = None,
) -> Fit:
    """Answer for a pair of alleles; `partner` is the allele that `other` is about.

    Without limits a call without an allele is taken as it stands.
    """
    return replace(_pair(family, one, other, limits).fit(0), partner=partner)


def trans_by_one_parent(family: Family, one: FamilyGenotypes, other: FamilyGenotypes) -> bool:
    """Whether only one parent was tested, and carries one of the two.

    ClinGen SVI counts that as in trans for PM3 (version 1.0, *phasing*); a mode of inheritance is
    not fitted by it, because the other allele may be new on either copy.
    """
    if phase_of(family, one, other) == (Phase.CIS, Evidence.READS):
        return False
    seen, rows = seen_of(family, one, other), rows_of(family)
    parents = (*rows.father, *rows.mother)
    tested = [row for row in parents if seen.called_one[row] and seen.called_other[row]]
    return len(tested) == 1 and seen.has_one[tested[0]] is not seen.has_other[tested[0]]


@lru_cache(maxsize=4096)
def _pair(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes, limits: FamilyLimits | None
) -> PairAnswers:
    calls = CallTable.of(family, [one, other], limits)
    return answers(pairs_of(calls, np.array([0]), np.array([1])))
