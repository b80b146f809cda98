"""Modes that ask for two hits, as tables over calls: what `inheritance.tables` is for one.

A mode says in plain words what a pair's phase means, and what one member's two calls mean beside
it; that is worked out once for a family, for every phase and every two codes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from varinterp.inheritance.calls import Call
from varinterp.inheritance.order import reading_order
from varinterp.inheritance.pairs import Pairs
from varinterp.inheritance.phase import EVIDENCE, Found, Lie
from varinterp.inheritance.sentences import Sentences, Verdicts, row_of
from varinterp.model.evidence import Scalar
from varinterp.model.family import Family, Person, Role
from varinterp.model.fit import Fit

_SIDE = len(Call)

Member = Callable[[Family, Person, Lie, bool, Call, Call], str | None]
"""What one member's calls mean, the proband's included, beside the phase of the proband's two, and
whether the other hit is a copy number; None for nothing."""


class Copies(NamedTuple):
    """What a mode says of an allele beside a copy number: of each phase, and where a loss spans it.

    `over` is that of an allele called alone, `within` that of one called beside an intact copy.
    """

    of_phase: Mapping[Lie, str]
    over: str
    within: str


@dataclass(frozen=True, eq=False)
class PairMode(Sentences):
    """A mode: what it can say, and when.

    `of_phase` holds the sentence of each phase, and `copies` those of an allele beside a copy
    number; None where the mode is not asked of copy numbers.
    """

    of_phase: Mapping[Lie, str]
    member: Member
    copies: Copies | None = None

    @cached_property
    def by_phase(self) -> Verdicts:
        """Verdicts by whether the other is a copy number, and by `Lie`."""
        kinds = (self.of_phase, self.of_phase if self.copies is None else self.copies.of_phase)
        return np.array([[self.verdict(kind[lie]) for lie in Lie] for kind in kinds], np.uint16)


@dataclass(frozen=True, slots=True)
class PairAnswers:
    """What a mode answers of each pair."""

    mode: PairMode
    pairs: Pairs
    verdicts: Verdicts
    found: Found

    def fit(self, at: int) -> Fit:
        """Return one pair's answer with its reason."""
        verdict = int(self.verdicts[at])
        sentence = self.mode.of(verdict)
        facts: dict[str, Scalar] = {}
        for name, _ in sentence.reason.facts:
            if name == "evidence":
                facts[name] = EVIDENCE[int(self.found.evidence[at])]
            else:
                facts[name] = self._role(verdict)
        return sentence.telling(**facts)

    def _role(self, verdict: int) -> Role | None:
        family = self.pairs.family
        row = row_of(family, verdict)
        return None if row is None else family.role(family.members[row])


def answers(mode: PairMode, pairs: Pairs, found: Found) -> PairAnswers:
    """Return a mode's answer for every pair, whose phases are `found`."""
    copy = pairs.copy.astype(np.intp)
    verdicts = mode.by_phase[copy, found.lies]
    if mode.copies is not None:
        verdicts[pairs.over & (found.lies == Lie.TRANS)] = mode.verdict(mode.copies.over)
        verdicts[pairs.within] = mode.verdict(mode.copies.within)
    base = (found.lies.astype(np.intp) * 2 + copy) * _SIDE * _SIDE
    for row, table in _compiled(mode, pairs.family):
        place = base + pairs.one[row].astype(np.intp) * _SIDE + pairs.other[row]
        np.maximum(verdicts, table.take(place), out=verdicts)
    return PairAnswers(mode, pairs, verdicts, found)


@lru_cache(maxsize=512)
def _compiled(mode: PairMode, family: Family) -> tuple[tuple[int, Verdicts], ...]:
    """Return a table for each member who was sequenced: phase, copy, code of the one, the other."""
    ranks = {row: rank for rank, row in enumerate(reading_order(family))}
    return tuple(
        (row, _table(mode, family, person, ranks[row]))
        for row, person in enumerate(family)
        if person.sequenced
    )


def _table(mode: PairMode, family: Family, person: Person, rank: int) -> Verdicts:
    table = np.zeros(len(Lie) * 2 * _SIDE * _SIDE, np.uint16)
    for place in range(len(table)):
        rest, other = divmod(place, _SIDE)
        rest, one = divmod(rest, _SIDE)
        lie, copy = divmod(rest, 2)
        key = mode.member(family, person, Lie(lie), bool(copy), Call(one), Call(other))
        if key is not None:
            table[place] = mode.verdict(key, rank)
    return table
