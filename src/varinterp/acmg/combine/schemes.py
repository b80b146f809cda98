"""The combining schemes in force, read from the rules: a specification may state its own."""

from dataclasses import dataclass
from functools import cache

from varinterp.acmg.combine.points import Scale
from varinterp.acmg.combine.table import Opposed, Table, rows
from varinterp.acmg.question import Question
from varinterp.model.assessment import AcmgClass

SCALE = (
    "scheme.points.pathogenic",
    "scheme.points.likely_pathogenic",
    "scheme.points.uncertain_high",
    "scheme.points.uncertain_mid",
    "scheme.points.likely_benign",
    "scheme.points.benign",
)
"""The rules of the scale, in the order of its fields."""

RICHARDS_2015, ACGS = "richards2015", "acgs"

_Stated = tuple[tuple[str, ...], ...]
"""The words of a table's rules, in the order of `table_rules`."""

_CLASSES = tuple(value for value in AcmgClass if value is not AcmgClass.UNCERTAIN)


@dataclass(frozen=True, slots=True, eq=False)
class Schemes:
    """The three schemes that every assessment is put to; the same rules give the same object."""

    scale: Scale
    richards2015: Table
    acgs: Table


def schemes(beside: Question) -> Schemes:
    """Read the schemes; InternalError or ValueError when the rules do not hold them."""
    return beside.shared("scheme", _read)


def _read(ask: Question) -> Schemes:
    return _schemes(
        tuple(ask.number(rule) for rule in SCALE),
        _words(ask, RICHARDS_2015),
        _words(ask, ACGS),
    )


def table_rules(scheme: str) -> tuple[str, ...]:
    """Return the rules that a table is read from: its classes' rows, then what opposes."""
    return (*(f"scheme.{scheme}.{value}" for value in _CLASSES), f"scheme.{scheme}.opposed")


_RULES = {scheme: table_rules(scheme) for scheme in (RICHARDS_2015, ACGS)}


def _words(beside: Question, scheme: str) -> _Stated:
    return tuple(beside.words(rule) for rule in _RULES[scheme])


# Kept by value: thousands of assessments are put to the same few schemes.
@cache
def _schemes(scale: tuple[float, ...], richards2015: _Stated, acgs: _Stated) -> Schemes:
    return Schemes(Scale(*scale), _table(richards2015), _table(acgs))


def _table(words: _Stated) -> Table:
    *stated, (opposed,) = words
    return Table(
        {value: rows(each) for value, each in zip(_CLASSES, stated, strict=True)}, Opposed(opposed)
    )
