"""Copy numbers: a stretch of GRCh38 of which somebody has fewer copies than expected, or more.

The id is ``22-20012478-20521908-DEL-1``: chromosome, first and last base (1-based inclusive), DEL
or DUP, and the copies that were counted where they were.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import BUILD


class Change(StrEnum):
    """Fewer copies than expected, or more."""

    LOSS = "DEL"
    GAIN = "DUP"


@dataclass(frozen=True, slots=True)
class CopyNumber:
    """A loss or a gain; `copies` is the absolute number in the person, None when not counted."""

    chromosome: Chromosome
    start: int
    end: int
    change: Change
    copies: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.end <= self.chromosome.length:
            raise ValueError(f"the stretch is not on chromosome {self.chromosome}")
        if self.copies is not None and self.copies < 0:
            raise ValueError("copies cannot be fewer than none")

    def __str__(self) -> str:
        copies = "" if self.copies is None else f"-{self.copies}"
        return f"{self.place}{copies}"

    def __lt__(self, other: "CopyNumber") -> bool:
        return self._order < other._order

    def __len__(self) -> int:
        return self.end - self.start + 1

    @property
    def _order(self) -> tuple[int, int, int, str, int]:
        copies = -1 if self.copies is None else self.copies
        return (self.chromosome.code, self.start, self.end, self.change, copies)

    @property
    def id(self) -> str:
        """The public id, ``GRCh38:22-20012478-20521908-DEL-1``."""
        return f"{BUILD}:{self}"

    @property
    def span(self) -> str:
        """Key of the stretch: ``22-20012478-20521908``."""
        return f"{self.chromosome}-{self.start}-{self.end}"

    @property
    def place(self) -> str:
        """Key of the stretch and its change, whoever has how many copies: ``…-DEL``."""
        return f"{self.span}-{self.change}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id, with or without the build; raise ValueError otherwise."""
        build, _, bare = text.rpartition(":")
        fields = bare.split("-")
        numbers = fields[1:3] + fields[4:]
        if (
            build not in ("", BUILD)
            or len(fields) not in (4, 5)
            or not all(number.isascii() and number.isdecimal() for number in numbers)
        ):
            raise ValueError(f"expected {BUILD}:chromosome-start-end-type, with or without -copies")
        chromosome = Chromosome.parse(fields[0])
        if chromosome is None:
            raise ValueError("not a primary chromosome")
        copies = int(fields[4]) if len(fields) == 5 else None
        return cls(chromosome, int(fields[1]), int(fields[2]), Change(fields[3]), copies)


def shared_bases(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many bases two stretches of one chromosome share, 1-based inclusive."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)


def reciprocal_overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return what two stretches share as a fraction of the longer one, 0 to 1."""
    longer = max(one[1] - one[0], other[1] - other[0]) + 1
    return shared_bases(one, other) / longer
