"""The shape of an indicator: rows of figures under columns, some of them masked.

A count of few people can tell who they are; it is masked, and so is whatever would give it away
by subtraction from a total that is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MINIMUM = 5
"""The smallest count, other than none, that is shown."""


class Unit(StrEnum):
    """What a figure is a number of."""

    COUNT = "count"
    SHARE = "share"  # of 1
    DAYS = "days"
    YEARS = "years"


class Kind(StrEnum):
    """How an indicator is drawn."""

    QUARTILES = "quartiles"
    SHARES = "shares"
    STACK = "stack"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; None when it is masked, or when there is nothing to compute it from.

    `few` says that it is masked because it is small itself, and not because it would tell another.
    """

    unit: Unit
    number: float | None
    masked: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a row: a word of a closed vocabulary, or a text of the laboratory's.

    `code` is None for what was not recorded.
    """

    vocabulary: str | None
    code: str | None


ALL = Label("row", "all")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name and its figures, one a column."""

    label: Label
    figures: tuple[Figure, ...]

    @property
    def total(self) -> bool:
        """Whether the row is the sum of the others."""
        return self.label == ALL


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: `name` is the key of its title and definition, `columns` of its headings.

    `counted` is the denominator, `missing` how many were left out because something that it takes
    was not recorded; `plotted` names the columns that the plot shows.
    """

    name: str
    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: Figure
    missing: Figure
    plotted: tuple[str, ...]

    def figure(self, row: Row, column: str) -> Figure:
        """Return the figure of a row under a column."""
        return row.figures[self.columns.index(column)]

    @property
    def empty(self) -> bool:
        """Whether nothing was counted."""
        return not self.counted.masked and not self.counted.number


def hidden(
    numbers: Sequence[int], minimum: int = MINIMUM, also: Sequence[bool] = ()
) -> tuple[bool, ...]:
    """Say which parts of a total that is shown have to be masked.

    Those from 1 to the minimum, and those of `also`; then the smallest others, until the masked
    ones are at least two and together reach the minimum, so that subtraction says no more than the
    mask does.
    """
    masked = {place for place, number in enumerate(numbers) if 0 < number < minimum}
    masked |= {place for place, wanted in enumerate(also) if wanted}
    rest = sorted(set(range(len(numbers))) - masked, key=lambda place: (numbers[place], place))
    for place in rest if masked else ():
        if len(masked) > 1 and sum(numbers[each] for each in masked) >= minimum:
            break
        if numbers[place]:
            masked.add(place)
    return tuple(place in masked for place in range(len(numbers)))


def hidden_shares(
    parts: Sequence[int], wholes: Sequence[int], minimum: int = MINIMUM
) -> tuple[tuple[bool, bool], ...]:
    """Say for each row of shares whether its whole, and whether its part, has to be masked.

    A part that leaves few of its whole is as telling as a small one.
    """
    sizes = hidden(wholes, minimum)
    few = [
        size or 0 < whole - part < minimum
        for size, part, whole in zip(sizes, parts, wholes, strict=True)
    ]
    return tuple(zip(sizes, hidden(parts, minimum, few), strict=True))


def sealed(indicator: Indicator) -> Indicator:
    """Mask what was counted and what was left out together: the page's head gives their sum."""
    pair = (indicator.counted, indicator.missing)
    if pair[0].masked == pair[1].masked or 0 in (each.number for each in pair):
        return indicator
    counted, missing = (replace(each, number=None, masked=True) for each in pair)
    known = {"counted": counted, "missing": missing}
    rows = tuple(
        replace(
            row,
            figures=tuple(
                known.get(column, figure)
                for column, figure in zip(indicator.columns, row.figures, strict=True)
            ),
        )
        if row.total
        else row
        for row in indicator.rows
    )
    return replace(indicator, counted=counted, missing=missing, rows=rows)


def count(number: int, minimum: int = MINIMUM, *, mask: bool = False) -> Figure:
    """Return a count, masked when it is small or when `mask` says so."""
    few = 0 < number < minimum
    masked = mask or few
    return Figure(Unit.COUNT, None if masked else number, masked, few)


def share(part: int, whole: int, minimum: int = MINIMUM, *, mask: bool = False) -> Figure:
    """Return a share of 1, masked with either of the counts that it is made of."""
    if not whole:
        return Figure(Unit.SHARE, None, mask)
    masked = mask or any(0 < number < minimum for number in (part, whole, whole - part))
    return Figure(Unit.SHARE, None if masked else part / whole, masked)
