"""HPO terms that a person types at a terminal: what each means, or what became of it.

Nothing here goes to a log, so that a message repeats the term.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from varinterp.errors import Fault, InputError
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Ontology, Status, Term
from varinterp.sources.fault_book import shown
from varinterp.sources.hpo_terms import nearly_an_id

_PLACE = "the command line"
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Replaced:
    """An id that HPO has replaced by one other, which is used."""

    written: str
    term: Term


@dataclass(frozen=True, slots=True)
class Asked:
    """The patient that the terms describe, and the ids that were brought up to date."""

    patient: Phenotype
    replaced: tuple[Replaced, ...]


def asked_terms(observed: Sequence[str], excluded: Sequence[str], ontology: Ontology) -> Asked:
    """Resolve terms; raise InputError saying of each that is none what became of it."""
    faults: list[Fault] = []
    replaced: list[Replaced] = []
    found: list[set[str]] = []
    for written in (observed, excluded):
        terms = [_resolved(text.strip(), ontology, faults, replaced) for text in written]
        found.append({term for term in terms if term is not None})
    faults += _contradictions(found[0], found[1], ontology)
    if faults:
        raise InputError(faults)
    return Asked(Phenotype.of(found[0], found[1]), tuple(replaced))


def _resolved(
    text: str, ontology: Ontology, faults: list[Fault], replaced: list[Replaced]
) -> str | None:
    resolution = ontology.resolve(text)
    if resolution.term is None:
        faults.append(_unresolved(text, resolution.status, resolution.candidates, ontology))
        return None
    if not ontology.is_phenotype(resolution.term.id):
        faults.append(
            _fault(
                "not_a_phenotype", f"{text} {resolution.term.name}", "a phenotypic abnormality",
                "leave it out; an onset is given with --onset",
            )
        )  # fmt: skip
        return None
    if resolution.status is Status.REPLACED:
        replaced.append(Replaced(text, resolution.term))
    return resolution.term.id


def _unresolved(text: str, status: Status, candidates: Sequence[str], ontology: Ontology) -> Fault:
    release = f"HPO {ontology.release}"
    if status is Status.AMBIGUOUS:
        choices = ", ".join(_named(ontology.term(each)) for each in candidates)
        return _fault(
            "ambiguous", f"{text}, which {release} has retired", f"one of {choices}",
            "choose and type it",
        )  # fmt: skip
    if status is Status.RETIRED:
        return _fault(
            "retired", f"{text}, which {release} has retired without a successor",
            "a current term", "choose another, or none",
        )  # fmt: skip
    near = list(_near(text, ontology))
    if near:
        offered = " or ".join(f"{term.id} for {term.name}" for term in near)
        return _fault("unknown", shown(text), "the id of a term", f"type {offered}")
    return _fault(
        "unknown", shown(text), f"a term of {release}, such as HP:0001250",
        _misspelt(text, ontology)
        or "check the digits, or look the term up at https://hpo.jax.org",
    )  # fmt: skip


def _misspelt(text: str, ontology: Ontology) -> str | None:
    """Say how to type an id that is nearly one; it is never taken for it."""
    if text.startswith("!"):
        return "give what the patient has not with --excluded, without the !"
    if re.search(r"\d[,;|]", text):
        return "separate terms by spaces"
    nearly = nearly_an_id(text)
    if nearly is None or nearly not in ontology:
        return None
    return f"type {nearly} for {ontology.term(nearly).name}"


def _near(text: str, ontology: Ontology) -> Iterator[Term]:
    """Yield the terms that a label may mean: the one of that name, or those that look like it."""
    if text.upper().startswith("HP:") or not text:
        return
    names = {term.name.casefold(): term for term in ontology if not term.obsolete}
    wanted = text.casefold()
    close = [wanted] if wanted in names else get_close_matches(wanted, names, n=_OFFERED)
    yield from (names[each] for each in close)


def _contradictions(observed: set[str], excluded: set[str], ontology: Ontology) -> Iterator[Fault]:
    for term in sorted(observed):
        for other in sorted(ontology.ancestors(term) & excluded):
            yield _fault(
                "contradiction",
                f"{_named(ontology.term(term))} observed, {_named(ontology.term(other))} excluded",
                "a patient who has a term has what lies above it", "leave one of the two out",
            )  # fmt: skip


def _named(term: Term) -> str:
    return f"{term.id} {term.name}"


def _fault(rule: str, found: str, expected: str, advice: str) -> Fault:
    return Fault(f"phenotype.{rule}", _PLACE, found, expected, advice)
