"""People, their pedigree and their sex; all names here are pseudonyms."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """Sex as the sample sheet or PED states it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    """Whether a person shows the disease under study. Unknown is neither."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a member is to the proband, for people to read."""

    PROBAND = "proband"
    FATHER = "father"
    MOTHER = "mother"
    SIBLING = "sibling"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a family. `sequenced` is False for a parent known from the pedigree alone."""

    id: str
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    father: str | None = None
    mother: str | None = None
    sequenced: bool = True


@dataclass(frozen=True, slots=True)
class Family:
    """A pedigree with one proband."""

    id: str
    proband_id: str
    members: tuple[Person, ...]
    consanguineous: bool = False

    def __post_init__(self) -> None:
        if self.proband_id not in {person.id for person in self.members}:
            raise ValueError("the proband is not a member of the family")

    def __iter__(self) -> Iterator[Person]:
        return iter(self.members)

    @property
    def proband(self) -> Person:
        """The person whose disease is to be explained."""
        return self.person(self.proband_id)

    def person(self, person_id: str) -> Person:
        """Return the member of that id; raise KeyError when there is none."""
        for person in self.members:
            if person.id == person_id:
                return person
        raise KeyError("no such member")

    def parent(self, child: Person, role: Role) -> Person | None:
        """Return a child's father or mother when the pedigree holds that person."""
        parent_id = child.father if role is Role.FATHER else child.mother
        return next((person for person in self.members if person.id == parent_id), None)

    @property
    def sequenced(self) -> tuple[Person, ...]:
        """The members with genotypes, in the pedigree's order."""
        return tuple(person for person in self.members if person.sequenced)

    def role(self, person: Person) -> Role:
        """Say what a member is to the proband."""
        proband = self.proband
        if person.id == proband.id:
            return Role.PROBAND
        if person.id == proband.father:
            return Role.FATHER
        if person.id == proband.mother:
            return Role.MOTHER
        shared = {proband.father, proband.mother} & {person.father, person.mother} - {None}
        return Role.SIBLING if shared else Role.RELATIVE
