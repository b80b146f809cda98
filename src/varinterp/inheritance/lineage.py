"""Who descends from whom: sides of a family, lines of mothers, consanguinity."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from varinterp.model.family import Family, Person, Role


class Side(StrEnum):
    """Through whom a relative shares ancestors with the proband.

    Full siblings and their descendants share both parents; children are the proband's own.
    """

    FATHER = "father"
    MOTHER = "mother"
    SIBLING = "sibling"
    CHILD = "child"
    OTHER = "other"


def line(family: Family, person_id: str) -> frozenset[str]:
    """Return a person and all ancestors; a parent without a row of its own is known by its id."""
    known = {member.id: member for member in family}
    found: set[str] = set()
    left = [person_id]
    while left:
        name = left.pop()
        member = known.get(name)
        if name not in found and member is not None:
            left += [each for each in (member.father, member.mother) if each is not None]
        found.add(name)
    return frozenset(found)


@lru_cache(maxsize=1024)
def consanguineous(family: Family) -> bool:
    """Whether the parents are stated to be related, or share an ancestor in the pedigree."""
    father, mother = family.proband.father, family.proband.mother
    if family.consanguineous or father is None or mother is None:
        return family.consanguineous
    return bool(line(family, father) & line(family, mother))


def side(family: Family, person: Person) -> Side:
    """Return through whom a person is related to the proband.

    `OTHER` is who is not, who is by both sides (but for full siblings), and the proband.
    """
    proband = family.proband
    if person.id == proband.id:
        return Side.OTHER
    if proband.id in (person.father, person.mother):
        return Side.CHILD
    if None not in (proband.father, proband.mother) and (person.father, person.mother) == (
        proband.father,
        proband.mother,
    ):
        return Side.SIBLING
    own = line(family, person.id)
    by_father = proband.father is not None and bool(own & line(family, proband.father))
    by_mother = proband.mother is not None and bool(own & line(family, proband.mother))
    if by_father == by_mother or proband.id in own:
        return Side.OTHER
    return Side.FATHER if by_father else Side.MOTHER


def shares_mitochondria(family: Family, person: Person) -> bool:
    """Whether a person has their mitochondria from the same line of mothers as the proband."""
    mothers = {member.id: member.mother for member in family}
    return _eldest(mothers, person.id) == _eldest(mothers, family.proband_id)


def shares_y(family: Family, person: Person) -> bool:
    """Whether a man has his Y from the same line of fathers as the proband."""
    fathers = {member.id: member.father for member in family}
    return _eldest(fathers, person.id) == _eldest(fathers, family.proband_id)


def _eldest(parents: Mapping[str, str | None], person_id: str) -> str:
    """Return the eldest of a line of mothers, or of fathers; the person where none is known."""
    name, seen = person_id, {person_id}
    while (parent := parents.get(name)) is not None and parent not in seen:
        seen.add(parent)
        name = parent
    return name


class Rows(NamedTuple):
    """Who stands where, by rows of the pedigree; a child comes with the other parent."""

    father: tuple[int, ...]
    mother: tuple[int, ...]
    fathers_side: tuple[int, ...]
    mothers_side: tuple[int, ...]
    siblings: tuple[int, ...]
    children: tuple[tuple[int, int], ...]

    @property
    def beyond_parents(self) -> bool:
        """Whether anybody but the parents may tell a phase."""
        return any((self.fathers_side, self.mothers_side, self.siblings, self.children))


@lru_cache(maxsize=1024)
def rows_of(family: Family) -> Rows:
    """Return who stands where to the proband."""
    names = {person.id: row for row, person in enumerate(family)}
    sides = [side(family, person) for person in family]
    parents = {role: family.parent(family.proband, role) for role in (Role.FATHER, Role.MOTHER)}
    own = {role: () if p is None else (names[p.id],) for role, p in parents.items()}
    both = {row for rows in own.values() for row in rows}

    def of(wanted: Side) -> tuple[int, ...]:
        return tuple(at for at, each in enumerate(sides) if each is wanted and at not in both)

    children = tuple(
        (at, names[partner])
        for at in of(Side.CHILD)
        for partner in (family.members[at].father, family.members[at].mother)
        if partner is not None and partner != family.proband_id and partner in names
    )
    return Rows(
        own[Role.FATHER],
        own[Role.MOTHER],
        of(Side.FATHER),
        of(Side.MOTHER),
        of(Side.SIBLING),
        children,
    )
