"""The ontology's phenotypes in numbers: what lies above and below each term, and how far."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from varinterp.phenotype.ontology import PHENOTYPIC_ABNORMALITY, Ontology
from varinterp.phenotype.ragged import Ints, Ragged, grouped


@dataclass(frozen=True, slots=True, eq=False)
class TermGraph:
    """Phenotypes and what is above them, numbered in order of id.

    `above` holds for each term itself and its ancestors, in order of number, and `steps` beside
    it the least number of is_a steps that lead there; `below` is the same the other way round, and
    `organs` the number of the organ system of each term, -1 for the terms above all organs.
    """

    ids: tuple[str, ...]
    number: Mapping[str, int]
    above: Ragged
    steps: Ints
    below: Ragged
    organs: Ints

    @classmethod
    def of(cls, ontology: Ontology) -> "TermGraph":
        """Number the phenotypes of a release."""
        parents = _parents(ontology)
        ids = tuple(sorted(parents))
        number = {term: place for place, term in enumerate(ids)}
        edges = Ragged.of([number[parent] for parent in parents[term]] for term in ids)
        above, steps = _above(edges)
        root = number.get(PHENOTYPIC_ABNORMALITY)
        return cls(ids, number, above, steps, _inverted(above), _organs(above, steps, root))

    def __len__(self) -> int:
        return len(self.ids)


def _parents(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """Return the parents of every phenotype and of everything above one."""
    if PHENOTYPIC_ABNORMALITY not in ontology:
        return {}
    children: dict[str, list[str]] = {}
    for term in ontology:
        for parent in () if term.obsolete else term.parents:
            children.setdefault(parent, []).append(term.id)
    wanted, ahead = set[str](), [PHENOTYPIC_ABNORMALITY]
    while ahead:
        term_id = ahead.pop()
        if term_id not in wanted:
            wanted.add(term_id)
            ahead += children.get(term_id, ())
    found: dict[str, tuple[str, ...]] = {}
    ahead = list(wanted)
    while ahead:
        term_id = ahead.pop()
        if term_id not in found:
            found[term_id] = ontology.term(term_id).parents
            ahead += found[term_id]
    return found


def _above(parents: Ragged) -> tuple[Ragged, Ints]:
    """Return the ancestors of each term, itself included, with the least steps to them."""
    count = len(parents)
    pairs = np.arange(count) * (count + 1)  # a pair is term x count + ancestor
    rounds = [pairs]
    while len(pairs):
        places, which = parents.gather(pairs % max(count, 1))
        pairs = np.unique(pairs[which] // max(count, 1) * count + parents.values[places])
        rounds.append(pairs)
    steps = np.repeat(np.arange(len(rounds)), [len(each) for each in rounds])
    # the first place of a pair is that of its least steps
    every, first = np.unique(np.concatenate(rounds), return_index=True)
    terms, tops = np.divmod(every, max(count, 1))
    return Ragged(grouped(terms, count), tops), steps[first]


def _inverted(above: Ragged) -> Ragged:
    terms = np.repeat(np.arange(len(above)), above.lengths)
    order = np.argsort(above.values, kind="stable")
    return Ragged(grouped(above.values[order], len(above)), terms[order])


def _organs(above: Ragged, steps: Ints, root: int | None) -> Ints:
    """Return the organ system that the fewest steps lead to; of two the one of the lower id."""
    organs = np.full(len(above), -1)
    terms = np.repeat(np.arange(len(above)), above.lengths)
    systems = terms[(above.values == (-1 if root is None else root)) & (steps == 1)]
    inside = np.flatnonzero(np.isin(above.values, systems))
    order = inside[np.lexsort((above.values[inside], steps[inside], terms[inside]))]
    found, first = np.unique(terms[order], return_index=True)
    organs[found] = above.values[order[first]]
    return organs
