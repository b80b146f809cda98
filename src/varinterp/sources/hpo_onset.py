"""When the disease began: an HPO term of onset as written, then as a term of one release.

A Phenopacket may give an age instead; HPO's own limits make a term of it (its definitions of the
terms under HP:0003674, release 2025-01-16).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.errors import Fault, InputError, Severity
from varinterp.phenotype.ontology import Resolution, Status
from varinterp.sources.fault_book import shown
from varinterp.sources.hpo_terms import TermLookup

ONSET = "HP:0003674"
"""Root of the terms of onset."""
ANTENATAL = "HP:0030674"

_ID = re.compile(r"HP:[0-9]{7}", re.ASCII)
_AGE = re.compile(
    r"P(?:(\d{1,3}(?:\.\d+)?)Y)?(?:(\d{1,4}(?:\.\d+)?)M)?(?:(\d{1,4}(?:\.\d+)?)W)?"
    r"(?:(\d{1,5}(?:\.\d+)?)D)?(?:T[0-9HMS.]+)?",
    re.ASCII,
)
_DAYS = (365.25, 365.25 / 12, 7.0, 1.0)
_BEFORE: tuple[tuple[float, str], ...] = (
    (28, "HP:0003623"),
    (365.25, "HP:0003593"),
    (5 * 365.25, "HP:0011463"),
    (16 * 365.25, "HP:0003621"),
    (40 * 365.25, "HP:0011462"),
    (60 * 365.25, "HP:0003596"),
)
"""Neonatal, infantile, childhood, juvenile, young adult and middle age, each until a day."""
_LATE = "HP:0003584"
_EXPECTED = "one current HPO term of onset, such as HP:0003593 or Infantile onset"


@dataclass(frozen=True, slots=True, repr=False)
class OnsetInput:
    """An onset as written, and where."""

    text: str
    file: str
    line: int | None
    column: str


@dataclass(frozen=True, slots=True)
class CheckedOnset:
    """A current term of onset, None where nothing was written; and what a person should know."""

    term: str | None
    warnings: tuple[Fault, ...] = ()


def onset_of_age(duration: str) -> str | None:
    """Return the term for an ISO 8601 age such as ``P3Y6M``; None when it is not one."""
    found = _AGE.fullmatch(duration)
    parts = found.groups() if found else ()
    if not any(parts):
        return None
    days = sum(float(part or 0) * unit for part, unit in zip(parts, _DAYS, strict=True))
    return next((term for limit, term in _BEFORE if days < limit), _LATE)


def check_onset(onset: OnsetInput | None, ontology: TermLookup) -> CheckedOnset:
    """Resolve an onset in a release; raise InputError when it is not one current term of onset.

    A term is written by its id, or by its name as HPO has it.
    """
    if onset is None:
        return CheckedOnset(None)
    resolution = _resolved(onset, ontology)
    term = resolution.term
    if term is None:
        raise InputError([_unresolved(onset, resolution, ontology)])
    if term.id == ONSET or ONSET not in ontology.ancestors(term.id):
        raise InputError([_fault("onset.not_an_onset", onset, "a term of another branch")])
    if resolution.status is Status.REPLACED:
        warning = Fault(
            "onset.replaced", onset.file, "an id that HPO has replaced", "a current id",
            "nothing to do: its one successor is used", onset.line, onset.column, Severity.WARN,
        )  # fmt: skip
        return CheckedOnset(term.id, (warning,))
    return CheckedOnset(term.id)


def _resolved(onset: OnsetInput, ontology: TermLookup) -> Resolution:
    if _ID.fullmatch(onset.text):
        return ontology.resolve(onset.text)
    named = [term.id for term in ontology if _named(term.name, onset.text) and not term.obsolete]
    return ontology.resolve(named[0]) if len(named) == 1 else Resolution(Status.UNKNOWN)


def _named(name: str, text: str) -> bool:
    """``infantile`` stands for *Infantile onset*."""
    return name.casefold() in (text.casefold(), f"{text.casefold()} onset")


def _unresolved(onset: OnsetInput, resolution: Resolution, ontology: TermLookup) -> Fault:
    if resolution.status is Status.AMBIGUOUS:
        return _fault("onset.ambiguous", onset, "an obsolete term", resolution.candidates)
    if resolution.status is Status.RETIRED:
        return _fault("onset.retired", onset, "an obsolete term without a successor")
    return _fault("onset.unknown", onset, shown(onset.text), _terms_of_onset(ontology))


def _terms_of_onset(ontology: TermLookup) -> tuple[str, ...]:
    return tuple(
        term.name
        for term in sorted(ontology, key=lambda term: term.id)
        if not term.obsolete and term.id != ONSET and ONSET in ontology.ancestors(term.id)
    )


def _fault(rule: str, onset: OnsetInput, found: str, choices: Sequence[str] = ()) -> Fault:
    offered = ", ".join(choices)
    advice = f"type one of: {offered}" if offered else "type the id of another term, or nothing"
    return Fault(rule, onset.file, found, _EXPECTED, advice, onset.line, onset.column)
