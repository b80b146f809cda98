"""A patient's HPO terms: as written, then as terms of one release of the ontology."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from varinterp.errors import Fault, InputError, Severity
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Resolution, Status, Term
from varinterp.sources import plain_text
from varinterp.sources.fault_book import FaultBook, shown

_ID = re.compile(r"HP:[0-9]{7}", re.ASCII)
_NEARLY = re.compile(r"(?:HPO?[:_ ]?)?([0-9]{1,7})", re.ASCII | re.IGNORECASE)
_EXCLUDED = "!"
_EXPECTED = "a term such as HP:0001250, with ! before it when the patient does not have it"


class TermLookup(Protocol):
    """What this module asks of an ontology (`varinterp.phenotype.ontology.Ontology` has it)."""

    def __iter__(self) -> Iterator[Term]: ...

    def resolve(self, term_id: str) -> Resolution:
        """Say what an id means."""

    def is_phenotype(self, term_id: str) -> bool:
        """Whether a current term describes a patient."""

    def ancestors(self, term_id: str) -> frozenset[str]:
        """A current term and everything above it."""


@dataclass(frozen=True, slots=True, repr=False)
class PatientTerm:
    """A term as written, and where: `number` counts the terms of its line or list from 1."""

    text: str
    excluded: bool
    file: str
    line: int | None
    column: str | None
    number: int


@dataclass(frozen=True, slots=True)
class CheckedTerms:
    """Current terms, and what a person should know of how they were reached."""

    phenotype: Phenotype
    warnings: tuple[Fault, ...]


def inline_terms(cell: str, file: str, line: int, column: str) -> tuple[PatientTerm, ...]:
    """Split ``HP:0001250;!HP:0001251``."""
    parts = [part.strip() for part in cell.split(";")]
    return tuple(
        _written(part, file, line, column, number)
        for number, part in enumerate((part for part in parts if part), start=1)
    )


def file_terms(path: Path) -> tuple[PatientTerm, ...]:
    """Read one term a line; ``#`` starts a comment, and a label may follow an id.

    Raises InputError when the file is not text.
    """
    book = FaultBook(str(path), plain_text.RULES)
    lines = plain_text.read_lines(path, book)
    if book.rejects:
        raise InputError(book.faults())
    terms = []
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if text:
            first = text.split(maxsplit=1)[0]
            is_id = _ID.fullmatch(first.removeprefix(_EXCLUDED))
            terms.append(_written(first if is_id else text, str(path), number, None, 1))
    return tuple(terms)


def _written(
    text: str, file: str, line: int | None, column: str | None, number: int
) -> PatientTerm:
    excluded = text.startswith(_EXCLUDED)
    return PatientTerm(text.removeprefix(_EXCLUDED).strip(), excluded, file, line, column, number)


def spelling_faults(terms: Sequence[PatientTerm]) -> list[Fault]:
    """Say which terms are not written as ids; needs no ontology."""
    return [
        _fault("hpo.spelling", term, shown(term.text), _EXPECTED, _spelling_advice(term.text))
        for term in terms
        if not _ID.fullmatch(term.text)
    ]


def _spelling_advice(text: str) -> str:
    if "," in text:
        return "separate terms by ;"
    nearly = nearly_an_id(text)
    if nearly is not None:
        return f"type {nearly} if that is the term"
    return "look the label up at https://hpo.jax.org and type its id"


def nearly_an_id(text: str) -> str | None:
    """Return the id that ``hp:0001250``, ``HP_0001250`` or ``1250`` may mean, and an id is not."""
    nearly = None if _ID.fullmatch(text) else _NEARLY.fullmatch(text)
    return f"HP:{int(nearly[1]):07d}" if nearly else None


def check_terms(terms: Sequence[PatientTerm], ontology: TermLookup) -> CheckedTerms:
    """Resolve terms in a release; raise InputError for those that are not one current term.

    An id with one successor is replaced and warned of; an obsolete id that offers a choice is
    asked back; terms of inheritance or onset are warned of and left out.
    """
    faults: list[Fault] = []
    observed: dict[str, PatientTerm] = {}
    excluded: dict[str, PatientTerm] = {}
    for term in terms:
        current = _resolve(term, ontology, faults)
        if current is None:
            continue
        if not ontology.is_phenotype(current):
            faults.append(_not_a_phenotype(term))
            continue
        (excluded if term.excluded else observed).setdefault(current, term)
    faults += _contradictions(observed, excluded, ontology)
    if any(fault.severity is Severity.REJECT for fault in faults):
        raise InputError(faults)
    return CheckedTerms(Phenotype.of(observed, excluded), tuple(faults))


def _resolve(term: PatientTerm, ontology: TermLookup, faults: list[Fault]) -> str | None:
    if not _ID.fullmatch(term.text):
        faults.append(_labelled(term, ontology))
        return None
    resolution = ontology.resolve(term.text)
    if resolution.term is not None:
        if resolution.status is Status.REPLACED:
            faults.append(_replaced(term))
        return resolution.term.id
    if resolution.status is Status.AMBIGUOUS:
        choices = ", ".join(resolution.candidates)
        found, expected, advice = "an obsolete term", f"one of {choices}", "choose and type it"
    elif resolution.status is Status.RETIRED:
        found, expected, advice = "an obsolete term", "a current term", "choose another, or none"
    else:
        found, expected = "an id without a term", "a term of the HPO release"
        advice = "check the digits, or update the HPO release"
    faults.append(_fault(f"hpo.{resolution.status.value}", term, found, expected, advice))
    return None


def _labelled(term: PatientTerm, ontology: TermLookup) -> Fault:
    """A label is never taken for its term, but its id is offered."""
    same = [known for known in ontology if known.name.casefold() == term.text.casefold()]
    advice = f"type {same[0].id}" if len(same) == 1 else _spelling_advice(term.text)
    return _fault("hpo.spelling", term, shown(term.text), _EXPECTED, advice)


def _replaced(term: PatientTerm) -> Fault:
    return _fault(
        "hpo.replaced",
        term,
        "an id that HPO has replaced",
        "a current id",
        "nothing to do: its one successor is used",
        Severity.WARN,
    )


def _not_a_phenotype(term: PatientTerm) -> Fault:
    return _fault(
        "hpo.not_a_phenotype",
        term,
        "a term of inheritance, onset or another branch",
        "a phenotypic abnormality",
        "nothing to do: it is not used",
        Severity.WARN,
    )


def _contradictions(
    observed: dict[str, PatientTerm], excluded: dict[str, PatientTerm], ontology: TermLookup
) -> list[Fault]:
    """A patient with a term has its ancestors: excluding one of them contradicts it."""
    faults = []
    for term_id, term in observed.items():
        if ontology.ancestors(term_id) & excluded.keys():
            faults.append(
                _fault(
                    "hpo.contradiction",
                    term,
                    "a term that is, or lies under, one with !",
                    "a term that the patient has, or one that the patient has not",
                    "delete one of the two",
                )
            )
    return faults


def _fault(
    rule: str,
    term: PatientTerm,
    found: str,
    expected: str,
    advice: str,
    severity: Severity = Severity.REJECT,
) -> Fault:
    column = term.column or "line"
    place = (
        column if term.line is not None and term.column is None else f"{column}, term {term.number}"
    )
    return Fault(rule, term.file, found, expected, advice, term.line, place, severity)
