"""A release of HPO with what follows from it: what an id implies, and how much terms weigh."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.content import RELATED_IC
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.ontology import Ontology
from varinterp.sources.hpo import read_annotations, read_ontology


@dataclass(frozen=True, slots=True)
class InformationContent:
    """Information content of the terms that any of the diseases has, in nats."""

    diseases: int
    values: Mapping[str, float]

    def of(self, term: str) -> float:
        """Return a term's content; a term that no disease has counts as one that one has."""
        return self.values.get(term, log(self.diseases) if self.diseases else 0.0)


@dataclass(frozen=True, slots=True)
class Hpo:
    """A release with what follows from it."""

    ontology: Ontology
    diseases: Mapping[str, Disease]
    content: InformationContent

    def above(self, term_id: str) -> frozenset[str]:
        """Everything that an id implies today; nothing when it means no single term."""
        term = self.ontology.resolve(term_id).term
        return self.ontology.ancestors(term.id) if term else frozenset()

    def weight(self, term_id: str) -> tuple[bool, bool, tuple[str, ...]]:
        """Whether a term weighs at all, and is specific; if not, its equals among its ancestors.

        Among equals the first id is shown as the match, so that it decides what counts as exact.
        """
        content = self.content.of(term_id)
        if content >= RELATED_IC or term_id not in self.ontology:
            return content > 0, content >= RELATED_IC, ()
        equals = (each for each in self.above(term_id) if self.content.of(each) == content)
        return content > 0, False, tuple(sorted(equals))

    def ids(self) -> frozenset[str]:
        """Every id that the release knows, former ones too."""
        former = (id_ for term in self.ontology for id_ in term.alt_ids)
        return frozenset(term.id for term in self.ontology).union(former)


def read_hpo(folder: Path) -> Hpo:
    """Read a release written by `write_hpo_release`."""
    ontology, annotations = read_ontology(folder), read_annotations(folder)
    corpus = Corpus.build(ontology, annotations)
    held = corpus.table.holders.lengths.astype(bool)
    weighed = zip(corpus.graph.ids, corpus.ic.tolist(), held.tolist(), strict=True)
    values = {term: content for term, content, known in weighed if known}
    return Hpo(ontology, annotations.diseases, InformationContent(corpus.reference, values))
