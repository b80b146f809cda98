"""Schemes that are tables: rows of findings, each of which is enough for a class.

A row is written in words, ``1 strong, 2 supporting``. A stronger finding fills the place of a
weaker one, so that raising a strength never takes a row away; the tables have no row for two very
strong findings, and none for benign ones at strengths that their text does not know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import accumulate

from varinterp.model.assessment import BENIGN, PATHOGENIC, AcmgClass
from varinterp.model.evidence import Direction, Finding, Strength

_STRONGEST_FIRST = tuple(reversed(Strength))

Weights = tuple[tuple[Direction, Strength], ...]
"""What is met, as far as a scheme looks at it: the side and the strength of each finding."""

Row = tuple[int, ...]
"""How many findings a row asks for at a strength or above it, strongest first."""


class Opposed(StrEnum):
    """When evidence on both sides makes a class uncertain: always, or where both reach one."""

    ANY = "any"
    BOTH_REACH = "both_reach_a_class"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of each class, and what becomes of evidence on both sides."""

    rows: Mapping[AcmgClass, tuple[Row, ...]] = field(hash=False)
    opposed: Opposed = Opposed.BOTH_REACH


@dataclass(frozen=True, slots=True)
class Reached:
    """The class that each side of the evidence reaches by itself; None for none."""

    pathogenic: AcmgClass | None
    benign: AcmgClass | None
    sides: frozenset[Direction] = field(default=frozenset())

    @property
    def both(self) -> bool:
        """Whether the evidence is contradictory: each side reaches a class."""
        return self.pathogenic is not None and self.benign is not None


@cache
def rows(words: tuple[str, ...]) -> tuple[Row, ...]:
    """Read rows; raise ValueError for one that asks for nothing or in another form."""
    return tuple(_row(each) for each in words)


def weights(findings: Iterable[Finding]) -> Weights:
    """Return what is met, in one order whatever that of the findings."""
    return tuple(
        sorted(
            (finding.criterion.direction, finding.strength)
            for finding in findings
            if finding.strength is not None
        )
    )


def reached(met: Weights, table: Table) -> Reached:
    """Return what each side of the evidence reaches."""
    return Reached(
        _first(PATHOGENIC, met, Direction.PATHOGENIC, table),
        _first(BENIGN, met, Direction.BENIGN, table),
        frozenset(side for side, _ in met),
    )


def classify(met: Weights, table: Table) -> AcmgClass:
    """Return the class that a table gives."""
    sides = reached(met, table)
    against = len(sides.sides) > 1 if table.opposed is Opposed.ANY else sides.both
    if against:
        return AcmgClass.UNCERTAIN
    return sides.pathogenic or sides.benign or AcmgClass.UNCERTAIN


def _row(text: str) -> Row:
    asked: dict[Strength, int] = {}
    for part in text.split(", "):
        count, _, word = part.partition(" ")
        strength = Strength(word)
        if not count.isdecimal() or int(count) < 1 or strength in asked:
            raise ValueError(f"no row of a table: {text[:40]!r}")
        asked[strength] = int(count)
    return tuple(accumulate(asked.get(strength, 0) for strength in _STRONGEST_FIRST))


def _first(
    classes: tuple[AcmgClass, ...], met: Weights, side: Direction, table: Table
) -> AcmgClass | None:
    found = [strength for of, strength in met if of is side]
    if not found:
        return None
    have = tuple(accumulate(found.count(strength) for strength in _STRONGEST_FIRST))
    return next(
        (
            value
            for value in classes
            for row in table.rows[value]
            if all(there >= asked for there, asked in zip(have, row, strict=True))
        ),
        None,
    )
