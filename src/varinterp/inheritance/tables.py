"""Modes of inheritance as tables over calls: one implementation for an allele and for a genome.

A mode says in plain words what one member's call means (`member`) and what those of the trio mean
together (`trio`); here that is worked out once for a family, for every code (`inheritance.calls`).
An allele's answer is the strongest of what its members' calls say: a mode lists its sentences from
the weakest to the strongest, so that the order of members never matters, and a member who was not
sequenced says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.calls import TRIO_PLACES, Call, CallTable, trio_at
from varinterp.inheritance.order import reading_order
from varinterp.inheritance.sentences import Sentences, Verdicts, row_of
from varinterp.inheritance.told import told
from varinterp.model.family import Family, Person, Role
from varinterp.model.fit import Fit


class Told(NamedTuple):
    """A sentence by its key, and whom it is about."""

    key: str
    role: Role | None = None


Single = Callable[[Family, Person, Call], str | None]
"""What one member's call means, the proband's included; None for nothing."""

Beside = Callable[[Family, Person, Call, Call], str | None]
"""What another member's call means beside the proband's, which comes last."""

Together = Callable[[Family, Call, bool, Call, Call], Told | None]
"""What the trio's calls mean: proband, whether it is believed, father, mother."""


@dataclass(frozen=True, eq=False)
class Mode(Sentences):
    """A mode: what it can say, and when."""

    member: Single
    trio: Together
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a mode answers of each allele of a table."""

    mode: Mode
    calls: CallTable
    verdicts: Verdicts

    @property
    def ranks(self) -> npt.NDArray[np.uint8]:
        """`Answer.rank` of each allele: 0 fits, 1 unknown, 2 does not fit."""
        ranks = np.array([each.answer.rank for each in self.mode.sentences], np.uint8)
        found: npt.NDArray[np.uint8] = ranks.take(self.verdicts >> 8)
        return found

    def fit(self, at: int) -> Fit:
        """Return one allele's answer with its reason."""
        verdict = int(self.verdicts[at])
        row = row_of(self.calls.family, verdict)
        about = self.calls.proband if row is None else row
        return told(self.mode.of(verdict), self.calls, about, at)


def answers(mode: Mode, calls: CallTable) -> Answers:
    """Return a mode's answer for every allele of a family's table."""
    compiled = _compiled(mode, calls.family)
    found: Verdicts = compiled.trio.take(calls.trio)
    for row, table in compiled.members:
        np.maximum(found, table.take(calls.codes[row]), out=found)
    if mode.beside is not None:
        own = calls.codes[calls.proband].astype(np.intp) * len(Call)
        for row, table in compiled.beside:
            np.maximum(found, table.take(own + calls.codes[row]), out=found)
    return Answers(mode, calls, found)


class _Compiled(NamedTuple):
    members: tuple[tuple[int, Verdicts], ...]
    beside: tuple[tuple[int, Verdicts], ...]
    trio: Verdicts


@lru_cache(maxsize=512)
def _compiled(mode: Mode, family: Family) -> _Compiled:
    ranks = {row: rank for rank, row in enumerate(reading_order(family))}
    trio_ranks = {family.role(p): ranks[row] for row, p in enumerate(family)}
    sequenced = [(row, person) for row, person in enumerate(family) if person.sequenced]
    members = tuple((row, _single(mode, family, p, ranks[row])) for row, p in sequenced)
    beside = tuple(
        (row, _beside(mode, mode.beside, family, person, ranks[row]))
        for row, person in sequenced
        if mode.beside is not None and person.id != family.proband_id
    )
    trio = np.zeros(TRIO_PLACES, np.uint16)
    for place, calls in _reachable(family):
        told = mode.trio(family, *calls)
        if told is not None:
            rank = None if told.role is None else trio_ranks[told.role]
            trio[place] = mode.verdict(told.key, rank)
    return _Compiled(members, beside, trio)


Trio = tuple[Call, bool, Call, Call]


@lru_cache(maxsize=1)
def _trios() -> dict[tuple[bool, bool], tuple[tuple[int, Trio], ...]]:
    """Return the places of a trio's table, by whether father and mother were not sequenced."""
    found: dict[tuple[bool, bool], list[tuple[int, Trio]]] = {}
    for place in range(TRIO_PLACES):
        trio = trio_at(place)
        absent = (trio[2] is Call.ABSENT, trio[3] is Call.ABSENT)
        found.setdefault(absent, []).append((place, trio))
    return {absent: tuple(places) for absent, places in found.items()}


def _reachable(family: Family) -> tuple[tuple[int, Trio], ...]:
    """Return the places of a trio's table that a family can have."""
    father, mother = (
        (person := family.parent(family.proband, role)) is None or not person.sequenced
        for role in (Role.FATHER, Role.MOTHER)
    )
    return _trios()[father, mother]


def _single(mode: Mode, family: Family, person: Person, rank: int) -> Verdicts:
    table = np.zeros(len(Call), np.uint16)
    for call in Call:
        key = None if call is Call.ABSENT else mode.member(family, person, call)
        if key is not None:
            table[call] = mode.verdict(key, rank)
    return table


def _beside(mode: Mode, rule: Beside, family: Family, person: Person, rank: int) -> Verdicts:
    table = np.zeros(len(Call) ** 2, np.uint16)
    for place in range(len(table)):
        own, call = (Call(each) for each in divmod(place, len(Call)))
        key = rule(family, person, call, own)
        if key is not None:
            table[place] = mode.verdict(key, rank)
    return table
