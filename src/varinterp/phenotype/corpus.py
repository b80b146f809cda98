"""One release of HPO in numbers, to compare a patient with every disease at once.

A corpus is built once and never changes. Information content and backgrounds come from the
release's own diseases and stay when a disease is added or replaced (`with_disease`), so that
nobody's score with any other disease moves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease, DiseaseAnnotations
from varinterp.phenotype.content import information_content
from varinterp.phenotype.course import mean_onset, onset_lr, periods, sex_lr
from varinterp.phenotype.graph import TermGraph
from varinterp.phenotype.meeting import Meeting, meet
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.ragged import Floats, Ints
from varinterp.phenotype.scale import Scale
from varinterp.phenotype.table import Annotated, Implied, Table, tabled

_KEPT = 128
"""Terms whose weight in every disease is kept: half a megabyte each."""

LEAST_BACKGROUND = 1e-4
"""No finding is taken for rarer among patients than one in ten thousand (as LIRICAL does)."""


class PatientTerms(Protocol):
    """What a patient is known to have, and to have not: HPO ids, in any order."""

    @property
    def observed(self) -> tuple[str, ...]:
        """Terms that were observed."""

    @property
    def excluded(self) -> tuple[str, ...]:
        """Terms that were looked for and not found."""


@dataclass(frozen=True, slots=True)
class Query:
    """A patient's terms as numbers of the corpus, each once and in order.

    `telling` are the observed terms that no other of them implies: who has *focal fit* has *fit*,
    and says nothing more by saying so. `unused` are the ids that cannot be compared: they describe
    no phenotype, or this release does not know what they became.
    """

    observed: tuple[int, ...]
    telling: tuple[int, ...]
    excluded: tuple[int, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Terms, diseases and how they weigh.

    `onset` is the mean over the release's diseases of the share of each period of life. `rows`
    numbers the diseases: the release's own, which `table` holds, come first. `patch` holds those
    that were added or that replace one, in order of `patched`. `meet` weighs a term in every
    disease of `table`, and remembers the last terms that were asked.
    """

    ontology: Ontology
    scale: Scale
    onset: Floats
    table: Table
    rows: Mapping[str, int]
    meet: Callable[[int], Meeting]
    patched: tuple[Disease, ...] = ()
    patch: Table | None = None

    @classmethod
    def build(cls, ontology: Ontology, annotations: DiseaseAnnotations) -> "Corpus":
        """Number a release; a disease without terms is left out, since nothing compares to it."""
        described = sorted(
            (each for each in annotations.diseases.values() if each.terms), key=lambda each: each.id
        )
        graph = TermGraph.of(ontology)
        annotated = Annotated.of(described, graph, ontology)
        implied = Implied.of(annotated, graph)
        ic = information_content(implied.holders.lengths, len(described))
        table = tabled(annotated, implied, ic)
        scale = Scale.of(graph, ic, _background(table))
        return cls(
            ontology,
            scale,
            mean_onset(annotated.course),
            table,
            rows={disease: row for row, disease in enumerate(annotated.diseases)},
            meet=lru_cache(maxsize=_KEPT)(lambda term: meet(scale, table, term)),
        )

    @property
    def graph(self) -> TermGraph:
        """The ontology's phenotypes in numbers."""
        return self.scale.graph

    @property
    def ic(self) -> Floats:
        """The information content of each term, in nats."""
        return self.scale.ic

    @property
    def diseases(self) -> tuple[str, ...]:
        """Ids of all diseases, in order of their rows."""
        return tuple(self.rows)

    @property
    def places(self) -> list[int]:
        """The rows of the diseases of `patch`."""
        return [self.rows[each.id] for each in self.patched]

    @property
    def reference(self) -> int:
        """How many of the first rows are the release's own diseases."""
        return len(self.table)

    def with_disease(self, disease: Disease) -> "Corpus":
        """Return the corpus with one more disease, or with other annotations of a known one.

        Only its row is made anew: information content and backgrounds stay those of the release.
        """
        return self.with_diseases((disease,))

    def with_diseases(self, diseases: Iterable[Disease]) -> "Corpus":
        """Return the corpus with several diseases as in `with_disease`; the last of an id holds."""
        patched = {each.id: each for each in (*self.patched, *diseases)}
        ordered = tuple(patched[disease] for disease in sorted(patched))
        annotated = Annotated.of(ordered, self.graph, self.ontology)
        added = sorted(patched.keys() - self.rows.keys())
        return replace(
            self,
            rows={**self.rows, **{id_: row for row, id_ in enumerate(added, len(self.rows))}},
            patched=ordered,
            patch=tabled(annotated, Implied.of(annotated, self.graph), self.ic),
        )

    def terms(self, disease: str) -> Ints:
        """Return the numbers of a disease's terms; none for a disease that is not described."""
        for place, patched in enumerate(self.patched):
            if patched.id == disease and self.patch is not None:
                return self.patch.annotated.terms[place]
        row = self.rows.get(disease)
        return np.zeros(0, np.int64) if row is None else self.table.annotated.terms[row]

    def course_log_lr(
        self, onset: str | None, sex: Sex, weights: tuple[float, float] = (1.0, 1.0)
    ) -> Floats:
        """Weigh a patient's age of onset and sex in every disease, in ln units (`course`)."""
        asked = () if onset is None else periods(onset, self.ontology)
        found = np.zeros(len(self.rows))
        tables: list[tuple[Table, slice | list[int]]] = [(self.table, slice(self.reference))]
        if self.patch is not None:
            tables.append((self.patch, self.places))
        for table, rows in tables:
            course = table.annotated.course
            found[rows] = weights[0] * onset_lr(course, self.onset, asked)
            found[rows] += weights[1] * sex_lr(course, sex)
        return found

    def read(self, patient: PatientTerms) -> Query:
        """Resolve a patient's ids, obsolete and alternative ones too, to terms of this corpus."""
        observed, unused = self._usable(patient.observed)
        excluded, _ = self._usable(patient.excluded)
        return Query(observed, self._telling(observed), excluded, unused)

    def _telling(self, terms: tuple[int, ...]) -> tuple[int, ...]:
        above = ((term, top) for term in terms for top in self.graph.above[term].tolist())
        implied = {top for term, top in above if top != term}
        return tuple(term for term in terms if term not in implied)

    def _usable(self, terms: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        usable, unused = set(), set()
        for term_id in terms:
            term = self.ontology.resolve(term_id).term
            if term is not None and self.ontology.is_phenotype(term.id):
                usable.add(self.graph.number[term.id])
            else:
                unused.add(term_id)
        return tuple(sorted(usable)), tuple(sorted(unused))


def _background(table: Table) -> Floats:
    holder: Ints = np.repeat(np.arange(len(table.holders)), table.holders.lengths)
    total = np.bincount(holder, np.exp(table.reach), minlength=len(table.holders))
    mean: Floats = np.maximum(total / max(len(table), 1), LEAST_BACKGROUND)
    return mean
