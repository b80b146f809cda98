"""The Human Phenotype Ontology as a graph of terms: what a term implies, what an old id became.

True-path rule: whoever has a term has every one of its ancestors (Robinson 2008, PMID 18950739).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

PHENOTYPIC_ABNORMALITY = "HP:0000118"
"""Root of the terms that describe a patient; inheritance, onset and modifiers lie beside it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology. An obsolete one has no parents, and may say what took its place."""

    id: str
    name: str
    parents: tuple[str, ...] = ()
    alt_ids: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()


class Status(StrEnum):
    """What became of an id that somebody wrote down."""

    CURRENT = "current"
    REPLACED = "replaced"
    AMBIGUOUS = "ambiguous"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to an id: `term` when it means one current term, else `candidates` if any.

    *Ambiguous* asks a person to choose between the candidates; *retired* ids have none, and
    *unknown* ids are in no term of this release.
    """

    status: Status
    term: Term | None = None
    candidates: tuple[str, ...] = ()


class Ontology:
    """An immutable release of the ontology. Ancestors and descendants are kept once computed."""

    __slots__ = ("_ancestors", "_children", "_descendants", "_former", "_terms", "release")

    def __init__(self, terms: Iterable[Term], release: str) -> None:
        self.release = release
        self._terms = _by_id(terms)
        self._children = _children(self._terms)
        self._former = _former_ids(self._terms)
        self._ancestors: dict[str, frozenset[str]] = {}
        self._descendants: dict[str, frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __contains__(self, term_id: str) -> bool:
        """Whether an id is that of a current term."""
        return term_id in self._terms and not self._terms[term_id].obsolete

    def term(self, term_id: str) -> Term:
        """Return the current term that an id means; raise LookupError when it is not just one.

        The message does not repeat the id, which may be a patient's.
        """
        known = self._terms.get(term_id)
        if known is not None and not known.obsolete:
            return known
        resolution = self.resolve(term_id)
        if resolution.term is None:
            raise LookupError(
                f"an id is {resolution.status} in HPO {self.release}: resolve it before using it"
            )
        return resolution.term

    def ancestors(self, term_id: str) -> frozenset[str]:
        """Return a term and everything above it: what having the term implies.

        An alternative or replaced id answers as its current term; LookupError as in `term`.
        """
        if term_id in self._ancestors:
            return self._ancestors[term_id]
        term = self.term(term_id)
        if term.id not in self._ancestors:
            above = (self.ancestors(parent) for parent in term.parents)
            self._ancestors[term.id] = frozenset({term.id}).union(*above)
        return self._ancestors[term.id]

    def descendants(self, term_id: str) -> frozenset[str]:
        """Return a term and everything below it; ids as in `ancestors`."""
        term = self.term(term_id)
        if term.id not in self._descendants:
            below = (self.descendants(child) for child in self._children[term.id])
            self._descendants[term.id] = frozenset({term.id}).union(*below)
        return self._descendants[term.id]

    def closure(self, term_ids: Iterable[str]) -> frozenset[str]:
        """Return everything that a set of terms implies, the terms included."""
        return frozenset().union(*(self.ancestors(term_id) for term_id in term_ids))

    def is_phenotype(self, term_id: str) -> bool:
        """Whether a term describes a patient, rather than inheritance, onset or severity."""
        return PHENOTYPIC_ABNORMALITY in self.ancestors(term_id)

    def resolve(self, term_id: str) -> Resolution:
        """Say what an id means in this release; never a guess between two possible terms."""
        if term_id in self:
            return Resolution(Status.CURRENT, self._terms[term_id])
        successors = self._successors(term_id, set())
        if len(successors) == 1:
            return Resolution(Status.REPLACED, self._terms[successors.pop()])
        suggested = successors or self._suggestions(term_id)
        if suggested:
            return Resolution(Status.AMBIGUOUS, candidates=tuple(sorted(suggested)))
        return Resolution(Status.RETIRED if term_id in self._terms else Status.UNKNOWN)

    def _successors(self, term_id: str, seen: set[str]) -> set[str]:
        """Current terms that an id was merged into or replaced by, followed to the end."""
        if term_id in self:
            return {term_id}
        if term_id in seen:
            return set()
        seen.add(term_id)
        following = set(self._former.get(term_id, ()))
        if term_id in self._terms:
            following.update(self._terms[term_id].replaced_by)
        return set().union(*(self._successors(each, seen) for each in following))

    def _suggestions(self, term_id: str) -> set[str]:
        term = self._terms.get(term_id)
        return {each for each in term.consider if each in self} if term else set()


def _by_id(terms: Iterable[Term]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for term in terms:
        if term.id in found:
            raise ValueError(f"{term.id} is defined twice")
        found[term.id] = term
    return found


def _children(terms: dict[str, Term]) -> dict[str, list[str]]:
    """Invert the parents; raise ValueError for a parent that is no current term, or a cycle."""
    children: dict[str, list[str]] = {term_id: [] for term_id in terms}
    for term in terms.values():
        for parent in term.parents:
            if parent not in terms or terms[parent].obsolete:
                raise ValueError(f"{term.id} is_a {parent}, which is not a current term")
            children[parent].append(term.id)
    try:
        TopologicalSorter(children).prepare()
    except CycleError as error:
        raise ValueError(f"is_a runs in a circle: {' '.join(error.args[1])}") from error
    return children


def _former_ids(terms: dict[str, Term]) -> dict[str, list[str]]:
    former: dict[str, list[str]] = {}
    for term in terms.values():
        for alternative in term.alt_ids:
            former.setdefault(alternative, []).append(term.id)
    return former
