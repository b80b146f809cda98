"""How each of a patient's terms meets one disease, in words and for a person to check."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from varinterp.phenotype.content import RELATED_IC
from varinterp.phenotype.corpus import Corpus, PatientTerms
from varinterp.phenotype.features import Features, measured
from varinterp.phenotype.ragged import Ints


class MatchKind(StrEnum):
    """How a patient's term meets a disease.

    *Exact*: the disease has the term itself, or a term of at least RELATED_IC that it is a kind
    of. *Related*: the disease has a kind of it, or both fall under an ancestor of at least
    RELATED_IC. *Absent*: the annotations hold nothing like it, which does not mean that the
    disease excludes it. *Excluded*: the patient has not what the disease has.
    """

    EXACT = "exact"
    RELATED = "related"
    ABSENT = "absent"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A patient's term beside the disease's best term for it.

    `shared` is the term that both fall under and `ic` its information content in nats;
    `disease_term`, `shared` and `ic` are None when the match is *absent*. `weight` is the bounded
    ln likelihood ratio of the term alone (`meeting`, `excluded`), and `organ` the organ system that
    the patient's term belongs to, None for a term above all of them.
    """

    patient_term: str
    kind: MatchKind
    disease_term: str | None = None
    shared: str | None = None
    ic: float | None = None
    weight: float = 0.0
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class PhenotypeMatch:
    """How a disease meets a patient: one match for each of the patient's terms, in order of id.

    `excluded` are the terms that the patient has not and the disease has, or a kind of them.
    """

    matches: tuple[TermMatch, ...]
    excluded: tuple[TermMatch, ...] = ()


class Matcher:
    """A patient made ready to be matched, disease by disease, with a corpus."""

    def __init__(self, corpus: Corpus, patient: PatientTerms) -> None:
        self.corpus = corpus
        self.query = corpus.read(patient)

    def features(self) -> Features:
        """Measure the patient against every disease; nothing of it is kept, for it is large."""
        return measured(self.corpus, self.query)

    def kinds(self, disease: str) -> tuple[MatchKind, ...] | None:
        """Say how each telling term meets a disease, without measuring every disease.

        None (not assessed) when either side has nothing to compare: terms whose information
        content is 0, which every disease has, are nothing to compare.
        """
        terms = self._comparable(disease)
        if terms is None:
            return None
        return tuple(self._kind(term, terms)[0] for term in self.query.telling)

    def match(self, disease: str, features: Features) -> PhenotypeMatch | None:
        """Match one disease term by term; `features` are the patient's, None as in `kinds`."""
        terms = self._comparable(disease)
        if terms is None:
            return None
        row = self.corpus.rows[disease]
        observed = zip(self.query.observed, features.observed[:, row].tolist(), strict=True)
        return PhenotypeMatch(
            tuple(self._named(term, *self._kind(term, terms), weight) for term, weight in observed),
            tuple(self._excluded(terms, features.excluded[:, row].tolist())),
        )

    def _comparable(self, disease: str) -> Ints | None:
        terms, ic = self.corpus.terms(disease), self.corpus.ic
        comparable = ic[terms].any() and ic[list(self.query.observed)].any()
        return terms if comparable else None

    def _excluded(self, terms: Ints, weights: list[float]) -> Iterator[TermMatch]:
        """A disease's term under the excluded one is shown: itself, or the first id."""
        for term, weight in zip(self.query.excluded, weights, strict=True):
            under = np.intersect1d(self.corpus.graph.below[term], terms, assume_unique=True)
            if len(under):
                best = term if term in under else int(under[0])
                yield self._named(term, MatchKind.EXCLUDED, best, term, weight)

    def _kind(self, term: int, terms: Ints) -> tuple[MatchKind, int | None, int | None]:
        """Return the kind of match, the best disease term and what is shared; ties by id."""
        ic, above = self.corpus.ic, self.corpus.graph.above
        implied = np.intersect1d(above[term], terms, assume_unique=True)
        if len(implied):
            general = self._most_informative(implied)
            if general == term or ic[general] >= RELATED_IC:
                return MatchKind.EXACT, general, general
        best = int(terms[np.argmax(self.corpus.scale.pairs(term).digm[terms])])
        shared = self._most_informative(
            np.intersect1d(above[term], above[best], assume_unique=True)
        )
        if shared == term or ic[shared] >= RELATED_IC:
            return MatchKind.RELATED, best, shared
        return MatchKind.ABSENT, None, None

    def _most_informative(self, terms: Ints) -> int:
        return int(terms[np.argmax(self.corpus.ic[terms])])

    def _named(
        self, term: int, kind: MatchKind, best: int | None, shared: int | None, weight: float
    ) -> TermMatch:
        ids, organ = self.corpus.graph.ids, int(self.corpus.graph.organs[term])
        return TermMatch(
            patient_term=ids[term],
            kind=kind,
            disease_term=None if best is None else ids[best],
            shared=None if shared is None else ids[shared],
            ic=None if shared is None else float(self.corpus.ic[shared]),
            weight=weight,
            organ=None if organ < 0 else ids[organ],
        )
