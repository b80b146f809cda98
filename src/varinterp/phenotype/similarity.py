"""How much of a patient's phenotype a disease explains, by shared information content.

The score is PhenoDigm's (Smedley 2013, PMID 23660285) on the human ontology alone, which needs no
training and whose every part can be shown to a person.

* Information content of a term: IC = -ln(share of diseases that have it, or anything below it)
  (Resnik 1995, arXiv cmp-lg/9511007). Its base cancels out of the score.
* Two terms: sqrt(IC of their most informative common ancestor x Jaccard of their ancestors); a
  term with itself gives sqrt(IC), the most that it can reach.
* *Best*: the highest pair between patient and disease, as a share of the patient's highest.
* *Mean*: how much of the patient the disease covers (each patient's term with its best disease
  term, as a share of what they reach with themselves) and how much of the disease the patient
  shows (the same the other way), averaged.
* The score is the mean of *best* and *mean*. It is 1 when patient and disease have the same
  terms, and then only.

PhenoDigm measures both directions against the patient's own best, and pools them term by term, so
that its share can pass 1 and a disease with many annotations outvotes the patient; here each
direction is measured against itself and weighs the same.

Excluded terms do not enter the score: that a disease is annotated with a term does not mean that
every patient has it. Those that meet the disease are listed, for a person to weigh.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, log, sqrt
from typing import Protocol

from varinterp.phenotype.ontology import Ontology

RELATED_IC = -log(0.3)
"""An ancestor says something of a term under it when at most three diseases in ten have it.

*Seizure* and *intellectual disability* pass, whole organ systems do not. It decides the words
shown to a person, and not the score.
"""

DECIMALS = 6
"""Scores are rounded, so that the last bits of a platform's logarithm never order two diseases."""


class PatientTerms(Protocol):
    """What a patient is known to have, and to have not: HPO ids, in any order."""

    @property
    def observed(self) -> tuple[str, ...]:
        """Terms that were observed."""

    @property
    def excluded(self) -> tuple[str, ...]:
        """Terms that were looked for and not found."""


@dataclass(frozen=True, slots=True)
class InformationContent:
    """Information content of terms, in nats, from the diseases of one annotation release."""

    diseases: int
    values: Mapping[str, float]

    def of(self, term: str) -> float:
        """Return a term's content; a term that no disease has counts as one that one disease has.

        So a finding that is new to the annotations weighs most, and no disease explains it whole.
        """
        return self.values.get(term, log(self.diseases) if self.diseases else 0.0)


class MatchKind(StrEnum):
    """How a patient's term meets a disease.

    *Exact*: the disease has the term itself, or a term of at least RELATED_IC that it is a kind
    of. *Related*: the disease has a kind of it, or both fall under an ancestor of at least
    RELATED_IC. *Absent*: the annotations hold nothing like it, which does not mean that the
    disease excludes it.
    """

    EXACT = "exact"
    RELATED = "related"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A patient's term beside the disease's best term for it.

    `shared` is the term that both fall under and `ic` its information content in nats;
    `disease_term`, `shared` and `ic` are None when the match is *absent*.
    """

    patient_term: str
    kind: MatchKind
    disease_term: str | None = None
    shared: str | None = None
    ic: float | None = None


@dataclass(frozen=True, slots=True)
class PhenotypeMatch:
    """How a disease meets a patient: a score from 0 to 1, and one match for each patient's term.

    `matches` are in order of the patient's terms' ids, `excluded` are the terms that the patient
    has not and the disease has, and `unused` the patient's terms that could not be compared: they
    describe no phenotype, or this release does not know what they became.
    """

    score: float
    matches: tuple[TermMatch, ...]
    excluded: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def information_content(
    diseases: Mapping[str, frozenset[str]], ontology: Ontology
) -> InformationContent:
    """Count in how many diseases each term holds by the true-path rule; empty sets do not count."""
    counts: Counter[str] = Counter()
    annotated = [terms for terms in diseases.values() if terms]
    for terms in annotated:
        counts.update(ontology.closure(terms))
    values = {term: log(len(annotated) / count) for term, count in counts.items()}
    return InformationContent(len(annotated), values)


def compare(
    patient: PatientTerms,
    disease_terms: frozenset[str],
    ontology: Ontology,
    ic: InformationContent,
) -> PhenotypeMatch | None:
    """Compare a patient with one disease; None (not assessed) when either has nothing to compare.

    `disease_terms` are current phenotype terms of the ontology's release; LookupError otherwise.
    """
    return PatientProfile(patient, ontology, ic).compare(disease_terms)


def compare_all(
    patient: PatientTerms,
    diseases: Mapping[str, frozenset[str]],
    ontology: Ontology,
    ic: InformationContent,
) -> dict[str, PhenotypeMatch | None]:
    """Compare a patient with many diseases: the work on each pair of terms is done once."""
    profile = PatientProfile(patient, ontology, ic)
    return {disease: profile.compare(terms) for disease, terms in diseases.items()}


class PatientProfile:
    """A patient made ready to be compared with diseases; it remembers each pair of terms."""

    def __init__(self, patient: PatientTerms, ontology: Ontology, ic: InformationContent) -> None:
        self._ontology, self._ic = ontology, ic
        usable, unused = _usable(patient.observed, ontology)
        self.terms: tuple[str, ...] = tuple(sorted(usable))
        self.unused: tuple[str, ...] = tuple(sorted(unused))
        self._excluded = sorted(_usable(patient.excluded, ontology)[0])
        self._content = {term: ic.of(term) for term in ontology.closure(self.terms)}
        self._pairs: dict[str, dict[str, float]] = {term: {} for term in self.terms}
        self._best: dict[str, float] = {}
        self._whole: dict[str, float] = {}
        ideal = [sqrt(self._content[term]) for term in self.terms]
        self._ideal_best, self._ideal_sum = max(ideal, default=0.0), fsum(ideal)

    def score(self, disease_terms: frozenset[str]) -> float | None:
        """Return the score alone; None when the patient or the disease has nothing to compare."""
        for term in disease_terms.difference(self._best):
            self._learn(term)
        # Sums are exact (fsum), because a set's order differs from run to run.
        whole = fsum(map(self._whole.__getitem__, disease_terms))
        if not whole or not self._ideal_sum:
            return None
        forward = [max(map(pairs.__getitem__, disease_terms)) for pairs in self._pairs.values()]
        best = max(forward) / self._ideal_best
        patient_covered = fsum(forward) / self._ideal_sum
        disease_shown = fsum(map(self._best.__getitem__, disease_terms)) / whole
        return round((best + (patient_covered + disease_shown) / 2) / 2, DECIMALS)

    def compare(self, disease_terms: frozenset[str]) -> PhenotypeMatch | None:
        """Return the score and how each of the patient's terms meets the disease, or None."""
        score = self.score(disease_terms)
        if score is None:
            return None
        return PhenotypeMatch(
            score=score,
            matches=tuple(self._match(term, disease_terms) for term in self.terms),
            excluded=tuple(
                term
                for term in self._excluded
                if not self._ontology.descendants(term).isdisjoint(disease_terms)
            ),
            unused=self.unused,
        )

    def _learn(self, disease_term: str) -> None:
        """Score a disease's term against each of the patient's."""
        theirs = self._ontology.ancestors(disease_term)
        for term, pairs in self._pairs.items():
            ours = self._ontology.ancestors(term)
            common = ours & theirs
            jaccard = len(common) / (len(ours) + len(theirs) - len(common))
            pairs[disease_term] = sqrt(max(map(self._content.__getitem__, common)) * jaccard)
        scores = (pairs[disease_term] for pairs in self._pairs.values())
        self._best[disease_term] = max(scores, default=0.0)
        self._whole[disease_term] = sqrt(self._ic.of(disease_term))

    def _match(self, term: str, disease_terms: frozenset[str]) -> TermMatch:
        """Describe the best disease term for a patient's; ties go to the first id."""
        implied = self._ontology.ancestors(term) & disease_terms
        general = min(implied, key=self._most_informative, default=None)
        if general is not None and (general == term or self._content[general] >= RELATED_IC):
            return TermMatch(term, MatchKind.EXACT, general, general, self._content[general])
        pairs = self._pairs[term]
        best = min(disease_terms, key=lambda each: (-pairs[each], each))
        common = self._ontology.ancestors(term) & self._ontology.ancestors(best)
        shared = min(common, key=self._most_informative)
        content = self._content[shared]
        if shared == term or content >= RELATED_IC:
            return TermMatch(term, MatchKind.RELATED, best, shared, content)
        return TermMatch(term, MatchKind.ABSENT)

    def _most_informative(self, term: str) -> tuple[float, str]:
        return -self._content[term], term


def _usable(terms: tuple[str, ...], ontology: Ontology) -> tuple[set[str], set[str]]:
    """Part a patient's ids into current phenotype terms, and ids that cannot be compared."""
    usable, unused = set(), set()
    for term_id in terms:
        term = ontology.resolve(term_id).term
        if term is not None and ontology.is_phenotype(term.id):
            usable.add(term.id)
        else:
            unused.add(term_id)
    return usable, unused
