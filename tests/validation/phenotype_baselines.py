"""The phenotype scores of two published methods, written from their descriptions.

PhenoDigm as Exomiser uses it (Smedley 2013, PMID 23660285; 2015, PMID 26562621), on the human
ontology alone: Exomiser's table of pairs of terms is made across species and cannot be had here.
LIRICAL's likelihood ratios of observed and excluded terms (Robinson 2020, PMID 32755546), without
the part of the genotype. Where the description of PhenoDigm leaves open how both directions are
averaged, the way that ranked better on these patients was taken (each direction by itself, not
pooled). No code of either program was used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.ontology import PHENOTYPIC_ABNORMALITY, Ontology

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

UNKNOWN_FREQUENCY = 1.0
LEAST_BACKGROUND = 1e-4
NOTHING_IN_COMMON = 0.01
AGAINST = 1 / 1000
PER_STEP = 0.1
DECIMALS = 9
"""Scores are rounded so that two that are equal on paper are a tie here."""


class Graph:
    """The phenotypic abnormalities of a release by number, with what lies above and below each."""

    def __init__(self, ontology: Ontology) -> None:
        usable = (each.id for each in ontology if not each.obsolete)
        self.terms = sorted(each for each in usable if ontology.is_phenotype(each))
        self.index = {term: number for number, term in enumerate(self.terms)}
        self.root = self.index[PHENOTYPIC_ABNORMALITY]
        parents = [ontology.term(term).parents for term in self.terms]
        self.parents = [[self.index[each] for each in of if each in self.index] for of in parents]
        self.above = [self.numbers(ontology.ancestors(term)) for term in self.terms]
        self.below = _inverted(self.above)
        self.children = np.bincount([each for of in self.parents for each in of],
                                    minlength=len(self.terms))  # fmt: skip

    def numbers(self, terms: Iterable[str]) -> Integers:
        """Return the numbers of those terms that are phenotypic abnormalities, in order."""
        return np.array(sorted(self.index[term] for term in terms if term in self.index), dtype=int)

    def steps_up(self, term: int) -> dict[int, int]:
        """Return every term above one with the fewest steps to it; the term itself is 0 away."""
        steps, level = {term: 0}, [term]
        while level:
            level = [above for each in level for above in self.parents[each] if above not in steps]
            steps.update((each, max(steps.values()) + 1) for each in level)
        return steps


def _inverted(above: Sequence[Integers]) -> list[Integers]:
    below: list[list[int]] = [[] for _ in above]
    for term, higher in enumerate(above):
        for each in higher:
            below[each].append(term)
    return [np.array(each) for each in below]


@dataclass(frozen=True)
class Diseases:
    """Diseases as flat arrays: the terms of each, one after the other, with their frequencies."""

    graph: Graph
    ids: tuple[str, ...]
    terms: Integers
    frequencies: Floats
    starts: Integers
    excluded: tuple[Integers, ...]

    @classmethod
    def of(cls, diseases: Sequence[Disease], graph: Graph) -> "Diseases":
        """Make the arrays; every disease must have a term."""
        terms = [graph.numbers(each.terms) for each in diseases]
        frequencies = [
            [each.frequency.get(graph.terms[term], UNKNOWN_FREQUENCY) for term in of]
            for each, of in zip(diseases, terms, strict=True)
        ]
        return cls(
            graph=graph,
            ids=tuple(each.id for each in diseases),
            terms=np.concatenate(terms),
            frequencies=np.concatenate(frequencies),
            starts=np.cumsum([0, *map(len, terms)])[:-1],
            excluded=tuple(graph.numbers(each.excluded) for each in diseases),
        )

    @cached_property
    def sizes(self) -> Integers:
        """The number of terms of each disease."""
        return np.diff(np.append(self.starts, len(self.terms)))

    @cached_property
    def owners(self) -> Integers:
        """The disease of each of `terms`."""
        return np.repeat(np.arange(len(self.ids)), self.sizes)

    @cached_property
    def stated(self) -> dict[int, tuple[Integers, Floats]]:
        """For each term, the diseases that are annotated with it, and how frequent it is there."""
        return _by_term(self.terms, self.owners, self.frequencies)

    @cached_property
    def implied(self) -> dict[int, tuple[Integers, Floats]]:
        """As `stated`, with every term above: it is as frequent as the most frequent below it."""
        above = [self.graph.above[term] for term in self.terms]
        lengths = [len(each) for each in above]
        return _by_term(
            np.concatenate(above),
            np.repeat(self.owners, lengths),
            np.repeat(self.frequencies, lengths),
        )

    @cached_property
    def ruled_out(self) -> dict[int, Integers]:
        """For each term, the diseases that are said not to have it, or something above it."""
        found: dict[int, set[int]] = {}
        for disease, terms in enumerate(self.excluded):
            for term in terms:
                for below in self.graph.below[term]:
                    found.setdefault(int(below), set()).add(disease)
        return {term: np.array(sorted(diseases)) for term, diseases in found.items()}


def _by_term(
    terms: Integers, owners: Integers, values: Floats
) -> dict[int, tuple[Integers, Floats]]:
    """Group by term; of several values of one disease the highest stays."""
    order = np.lexsort((-values, owners, terms))
    terms, owners, values = terms[order], owners[order], values[order]
    new = np.append(True, (np.diff(terms) != 0) | (np.diff(owners) != 0))
    terms, owners, values = terms[new], owners[new], values[new]
    starts = np.flatnonzero(np.append(True, np.diff(terms) != 0))
    ends = np.append(starts[1:], len(terms))
    return {
        int(terms[start]): (owners[start:end], values[start:end])
        for start, end in zip(starts, ends, strict=True)
    }


class Phenodigm:
    """Mean of the best pair and of the mean of best pairs, as shares of the patient's own best.

    A pair of terms scores sqrt(information content of the best common ancestor x Jaccard of their
    ancestors), information content counting the diseases of all sources. The score stays below 1.
    """

    def __init__(self, graph: Graph, content_from: Iterable[Disease]) -> None:
        self._graph = graph
        counts, number = np.zeros(len(graph.terms)), 0
        for disease in content_from:
            own = [graph.above[term] for term in graph.numbers(disease.terms)]
            if own:
                counts[np.unique(np.concatenate(own))] += 1
                number += 1
        self.content: Floats = np.log2(number / np.maximum(counts, 1))
        self._ancestors = np.array([len(each) for each in graph.above])
        self._pairs: dict[int, NDArray[np.float32]] = {}

    def scores(self, observed: Integers, diseases: Diseases) -> Floats:
        """Return the score of each disease."""
        own = np.sqrt(self.content[observed])
        pairs = np.array([self._against_all(term) for term in observed])[:, diseases.terms]
        forward = np.maximum.reduceat(pairs, diseases.starts, axis=1)
        backward = np.add.reduceat(pairs.max(axis=0), diseases.starts) / diseases.sizes
        best = forward.max(axis=0) / own.max()
        mean = (forward.mean(axis=0) + backward) / 2 / own.mean()
        return np.asarray(np.round(np.minimum((best + mean) / 2, 1), DECIMALS), dtype=float)

    def _against_all(self, term: int) -> NDArray[np.float32]:
        """Return the pair score of a term with every term of the ontology."""
        if term not in self._pairs:
            above = self._graph.above[term]
            common, best = np.zeros(len(self._graph.terms)), np.zeros(len(self._graph.terms))
            for each in above[np.argsort(self.content[above], kind="stable")]:
                common[self._graph.below[each]] += 1
                best[self._graph.below[each]] = self.content[each]
            jaccard = common / (self._ancestors + len(above) - common)
            self._pairs[term] = np.sqrt(best * jaccard).astype(np.float32)
        return self._pairs[term]


class Lirical:
    """Sum over the patient's terms of ln(chance of the term in the disease / in any disease)."""

    def __init__(self, graph: Graph, background_from: Diseases) -> None:
        self._graph = graph
        self.background = np.full(len(graph.terms), LEAST_BACKGROUND)
        for term, (_, frequencies) in background_from.implied.items():
            mean = frequencies.sum() / len(background_from.ids)
            self.background[term] = max(mean, LEAST_BACKGROUND)
        self._kept: dict[tuple[int, int, bool], NDArray[np.float32]] = {}

    def scores(self, observed: Integers, excluded: Integers, diseases: Diseases) -> Floats:
        """Return the score of each disease; without `excluded` terms when there are none."""
        total = np.zeros(len(diseases.ids))
        for terms, present in ((observed, True), (excluded, False)):
            for term in terms:
                total += self._ratio(int(term), diseases, present)
        return np.round(total, 4)  # the rows are kept as float32

    def _ratio(self, term: int, diseases: Diseases, present: bool) -> NDArray[np.float32]:
        key = (id(diseases), term, present)
        if key not in self._kept:
            ratio = self._of_observed if present else self._of_excluded
            row = np.log(ratio(term, diseases)).astype(np.float32)
            if len(diseases.ids) == 1:  # the disease of one patient, not worth keeping
                return row
            self._kept[key] = row
        return self._kept[key]

    def _of_observed(self, term: int, diseases: Diseases) -> Floats:
        ratio = np.full(len(diseases.ids), NOTHING_IN_COMMON)
        steps = self._graph.steps_up(term)
        above = [each for each in steps if each not in (term, self._graph.root)]
        for each in above:  # something under a common ancestor
            _raise(
                ratio, diseases.implied.get(each), PER_STEP ** steps[each], self.background[term]
            )
        kinds: dict[int, float] = {}
        for each in above:  # the disease has what this is a kind of
            for disease, frequency in zip(*diseases.stated.get(each, ((), ())), strict=True):
                share = frequency / max(self._graph.children[each], 1)
                kinds[disease] = max(kinds.get(disease, 0.0), share)
        for disease, share in kinds.items():
            ratio[disease] = max(share / self.background[term], NOTHING_IN_COMMON)
        for disease in diseases.ruled_out.get(term, ()):
            ratio[disease] = AGAINST
        if term in diseases.implied:  # the disease has it, or a kind of it
            having, frequencies = diseases.implied[term]
            ratio[having] = np.maximum(frequencies, AGAINST) / self.background[term]
        return ratio

    def _of_excluded(self, term: int, diseases: Diseases) -> Floats:
        rest = 1 - min(self.background[term], 1 - LEAST_BACKGROUND)
        ratio = np.full(len(diseases.ids), 1 / rest)
        if term in diseases.implied:
            having, frequencies = diseases.implied[term]
            ratio[having] = np.maximum(NOTHING_IN_COMMON, 1 - frequencies) / rest
        ratio[diseases.ruled_out.get(term, np.array([], dtype=int))] = 1 / AGAINST
        return ratio


def _raise(
    ratio: Floats,
    having: tuple[Integers, Floats] | None,
    factor: float,
    background: float,
) -> None:
    if having is not None:
        owners, frequencies = having
        ratio[owners] = np.maximum(ratio[owners], frequencies * factor / background)
