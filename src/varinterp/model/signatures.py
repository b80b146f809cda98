"""Two signatures of two different people: what turns a proposal into an act."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signatures:
    """The two people who signed, in order; ValueError when they are one, whatever the capitals."""

    first: str
    second: str

    def __post_init__(self) -> None:
        if not self.first.strip() or not self.second.strip():
            raise ValueError("a signature has a name")
        if same_person(self.first, self.second):
            raise ValueError("two different people sign")


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: spaces around and capitals do not make two people."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """Return the form of a name that two spellings of one person share."""
    return " ".join(name.split()).casefold()
