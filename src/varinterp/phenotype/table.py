"""Diseases by terms in numbers: what each is annotated with, and what that implies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.course import Course
from varinterp.phenotype.graph import TermGraph
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.ragged import Floats, Ints, Ragged, grouped

UNSTATED = 1.0
"""The frequency of a term whose frequency nobody stated, as LIRICAL reads it (PMID 32755546)."""


@dataclass(frozen=True, slots=True, eq=False)
class Annotated:
    """Diseases and the numbers of their terms; `frequency` is NaN where it is not stated.

    `denied` gives for each term the diseases that the annotators found without it.
    """

    diseases: tuple[str, ...]
    terms: Ragged
    frequency: Floats
    denied: Ragged
    course: Course

    @classmethod
    def of(cls, diseases: Sequence[Disease], graph: TermGraph, ontology: Ontology) -> "Annotated":
        """Number the terms of diseases; LookupError for a term that the release does not know."""
        current = [_current(disease, graph, ontology) for disease in diseases]
        stated = (value for row in current for value in row.values())
        terms = Ragged.of([graph.number[term] for term in row] for row in current)
        return cls(
            diseases=tuple(each.id for each in diseases),
            terms=terms,
            frequency=np.fromiter(stated, np.float64, len(terms.values)),
            denied=_denied(diseases, graph, ontology),
            course=Course.of(diseases, ontology),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What diseases are annotated with, and by the true-path rule with everything above.

    `holders` gives for each term the diseases that have it or anything below it. Beside its
    values: `reach` is ln of the greatest frequency among those annotations (1 where not stated),
    `stated` the greatest that somebody stated (NaN if nobody did), and `least` the least
    information content among the disease's own terms there. `weight` is what each annotation
    counts in its disease: information content x frequency.
    """

    annotated: Annotated
    holders: Ragged
    reach: Floats
    stated: Floats
    least: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.annotated.diseases)


@dataclass(frozen=True, slots=True, eq=False)
class Implied:
    """The pairs of a term and a disease that has it by the true-path rule, in that order.

    `sources` numbers the annotations behind all of them, `starts` where each pair's begin.
    """

    holders: Ragged
    sources: Ints
    starts: Ints

    @classmethod
    def of(cls, annotated: Annotated, graph: TermGraph) -> "Implied":
        """Follow each annotation to everything above its term."""
        rows = np.repeat(np.arange(len(annotated.diseases)), annotated.terms.lengths)
        places, which = graph.above.gather(annotated.terms.values)
        tops = graph.above.values[places]
        # Diseases are in order already; a small type is sorted by radix.
        order = np.argsort(tops.astype(np.min_scalar_type(len(graph))), kind="stable")
        tops, sources = tops[order], which[order]
        holders = rows[sources]
        new = (np.diff(tops, prepend=-1) != 0) | (np.diff(holders, prepend=-1) != 0)
        first = np.flatnonzero(new)
        return cls(Ragged(grouped(tops[first], len(graph)), holders[first]), sources, first)


def tabled(annotated: Annotated, implied: Implied, ic: Floats) -> Table:
    """Give each implied pair what the features read of it."""
    terms = annotated.terms.values
    assumed = np.where(np.isnan(annotated.frequency), UNSTATED, annotated.frequency)
    return Table(
        annotated,
        implied.holders,
        reach=np.log(_reduced(np.maximum, assumed[implied.sources], implied.starts)),
        stated=_reduced(np.fmax, annotated.frequency[implied.sources], implied.starts),
        least=_reduced(np.minimum, ic[terms[implied.sources]], implied.starts),
        weight=assumed * ic[terms],
    )


def _reduced(operation: np.ufunc, values: Floats, starts: Ints) -> Floats:
    return np.asarray(operation.reduceat(values, starts)) if len(values) else values


def _current(disease: Disease, graph: TermGraph, ontology: Ontology) -> dict[str, float]:
    """Return a disease's terms in order of their current ids, with frequencies or NaN."""
    stated = disease.frequency
    if disease.terms <= graph.number.keys():
        return {term: stated.get(term, np.nan) for term in sorted(disease.terms)}
    found = {current_id(term, graph, ontology): term for term in sorted(disease.terms)}
    return {now: stated.get(found[now], np.nan) for now in sorted(found)}


def current_id(term: str, graph: TermGraph, ontology: Ontology) -> str:
    """Return the current id of a phenotype; LookupError when it is none, without repeating it."""
    now = term if term in graph.number else ontology.term(term).id
    if now not in graph.number:
        raise LookupError("a term of a disease is not a phenotypic abnormality")
    return now


def _denied(diseases: Iterable[Disease], graph: TermGraph, ontology: Ontology) -> Ragged:
    pairs = sorted(
        (graph.number[current_id(term, graph, ontology)], place)
        for place, disease in enumerate(diseases)
        for term in disease.excluded
    )
    terms, places = np.array(pairs, np.int64).reshape(-1, 2).T
    return Ragged(grouped(terms, len(graph)), places)
