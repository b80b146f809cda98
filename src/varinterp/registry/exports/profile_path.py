"""A path that a profile's field may be filled from: what it is, and how it answers.

A path answers with plain values: words of a closed list, codes, text, dates, numbers. What is not
known is no value at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import VariantView

Plain = str | int | float | bool | date
"""What a path answers with."""


class FieldType(StrEnum):
    """The type of a field and of the path that fills it."""

    CODE = "code"
    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Context:
    """What a path is asked of: a case, on a day, with Mondo's codes, and one finding of it."""

    subject: Subject
    on: date
    codes: DiseaseCodes
    view: VariantView | None = None

    @property
    def finding(self) -> VariantView:
        """The finding; only paths of findings ask for it."""
        if self.view is None:
            raise KeyError("no finding here")
        return self.view


@dataclass(frozen=True, slots=True)
class SourcePath:
    """A path: its type, what it means, its words when they are a closed list, and its answer."""

    type: FieldType
    meaning: str
    read: Callable[[Context], Iterable[Plain | None]]
    words: tuple[str, ...] = ()


def words_of(enum: type[Enum], *left_out: Enum) -> tuple[str, ...]:
    """Return the words of a closed list."""
    return tuple(str(member.value) for member in enum if member not in left_out)


def one_word(meaning: str, enum: type[Enum], read: Callable[[Context], Plain | None]) -> SourcePath:
    """A path to one word of a closed list."""
    return SourcePath(FieldType.CODE, meaning, lambda at: (read(at),), words_of(enum))


def one(kind: FieldType, meaning: str, read: Callable[[Context], Plain | None]) -> SourcePath:
    """A path to one value."""
    return SourcePath(kind, meaning, lambda at: (read(at),))


def mappings(at: Context, diseases: Iterable[str]) -> Iterable[str]:
    """Return the ORPHAcodes of diseases with their relation and Mondo's release, for people."""
    return (code.text for disease in diseases for code in at.codes.of(disease))


TEXT, CODE = FieldType.TEXT, FieldType.CODE
