"""The patient's match with a disease, from the HPO releases of the lock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from varinterp.model.case import PhenotypeScore, TermRow
from varinterp.model.facts import PhenotypeFit, Rule
from varinterp.model.family import Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.features import Features
from varinterp.phenotype.match import Matcher, MatchKind, TermMatch
from varinterp.phenotype.method import Method
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.ragged import Floats
from varinterp.pipeline.collection import held_still
from varinterp.refs.lock import Releases
from varinterp.sources.hpo import read_annotations, read_ontology

EXTRA_ANNOTATIONS = "disease_phenotypes"
"""A laboratory's own annotations of diseases that HPO does not describe."""

DECIMALS, LOG_DECIMALS = 6, 4
"""Scores and log-odds are rounded, so that the last bits of a platform's logarithm never order two
diseases."""


@dataclass(frozen=True, slots=True)
class DiseaseTerms:
    """What the HPO releases say of diseases: the same for every patient.

    `constructed` names those whose terms are made up.
    """

    corpus: Corpus
    described: Mapping[str, Disease]
    constructed: frozenset[str]

    def matcher(
        self, patient: Phenotype, sex: Sex = Sex.UNKNOWN, rules: Mapping[str, Rule] | None = None
    ) -> "PatientMatcher":
        """Prepare a patient to be compared; without rules there are fits and no scores."""
        return PatientMatcher(self, patient, sex, None if rules is None else Method.read(rules))


class PatientMatcher:
    """Compares one patient with diseases."""

    def __init__(
        self, known: DiseaseTerms, patient: Phenotype, sex: Sex, method: Method | None
    ) -> None:
        self._known, self._patient, self._sex, self._method = known, patient, sex, method
        self._matcher = Matcher(known.corpus, patient)
        self._fits: dict[str, PhenotypeFit | None] = {}

    @property
    def ontology(self) -> Ontology:
        """The ontology of the release."""
        return self._known.corpus.ontology

    @cached_property
    def diseases(self) -> dict[str, frozenset[str]]:
        """The terms of every disease that is described."""
        return {name: disease.terms for name, disease in self._known.described.items()}

    def scores(self, diseases: Iterable[str]) -> dict[str, PhenotypeScore]:
        """Return the matches that ranking and report show, where they are assessable."""
        features = self._matcher.features()
        weights = self._weights(features)
        found = {disease: self._score(disease, features, weights) for disease in diseases}
        return {disease: score for disease, score in found.items() if score is not None}

    def score(self, disease: str) -> PhenotypeScore | None:
        """Return one match as `scores` does; None when not assessable."""
        return self.scores((disease,)).get(disease)

    def fit(self, disease: str) -> PhenotypeFit | None:
        """Return the match that criteria read; None when not assessable."""
        if disease not in self._fits:
            kinds = self._matcher.kinds(disease)
            constructed = disease in self._known.constructed
            self._fits[disease] = (
                None
                if kinds is None
                else PhenotypeFit(len(kinds), kinds.count(MatchKind.EXACT), constructed)
            )
        return self._fits[disease]

    def ranked(self) -> tuple[tuple[str, float], ...]:
        """Return every described disease with its ln LR, best first; equal ones in order of id."""
        weights = self._weights(self._matcher.features())
        found = zip(self._known.corpus.diseases, np.round(weights, LOG_DECIMALS), strict=True)
        return tuple(sorted(((id_, float(w)) for id_, w in found), key=lambda x: (-x[1], x[0])))

    def modes(self, disease: str) -> tuple[Inheritance, ...]:
        """Return the modes of inheritance that HPO states; none says nothing."""
        described = self._known.described.get(disease)
        return () if described is None else tuple(sorted(described.modes))

    def names(self, patient: Phenotype) -> dict[str, str]:
        """Return what this release calls the patient's terms, seen and excluded, and the onset."""
        onset = () if patient.onset is None else (patient.onset,)
        terms = sorted({*patient.observed, *patient.excluded, *onset})
        return {term: self._name(term) for term in terms}

    def _weights(self, features: Features) -> Floats:
        if self._method is None:
            raise ValueError("a score needs the rules in force: give them to the matcher")
        return self._method.log_lr(self._known.corpus, features, self._patient.onset, self._sex)

    def _score(self, disease: str, features: Features, weights: Floats) -> PhenotypeScore | None:
        match = self._matcher.match(disease, features)
        if match is None:
            return None
        row = self._known.corpus.rows[disease]
        return PhenotypeScore(
            score=round(float(features.column("phenodigm")[row]), DECIMALS),
            rows=tuple(self._row(each) for each in (*match.matches, *match.excluded)),
            constructed=disease in self._known.constructed,
            log_lr=round(float(weights[row]), LOG_DECIMALS),
            modes=self.modes(disease),
        )

    def _name(self, term: str) -> str:
        """A term that was current once may be retired, or be one of two, in a later release."""
        found = self.ontology.resolve(term).term
        return term if found is None else found.name

    def _row(self, match: TermMatch) -> TermRow:
        return TermRow(
            term=match.patient_term,
            name=self._name(match.patient_term),
            kind=match.kind,
            disease_term=match.disease_term,
            disease_term_name=self._name_of(match.disease_term),
            shared=match.shared,
            shared_name=self._name_of(match.shared),
            weight=round(match.weight, LOG_DECIMALS),
            organ=match.organ,
            organ_name=self._name_of(match.organ),
        )

    def _name_of(self, term: str | None) -> str | None:
        return None if term is None else self._name(term)


def read_matcher(
    releases: Releases,
    patient: Phenotype,
    sex: Sex = Sex.UNKNOWN,
    rules: Mapping[str, Rule] | None = None,
) -> PatientMatcher:
    """Read ontology and annotations, and prepare the patient as `DiseaseTerms.matcher` does."""
    return read_disease_terms(releases).matcher(patient, sex, rules)


def read_disease_terms(releases: Releases) -> DiseaseTerms:
    """Read ontology and annotations.

    Information content comes from HPO's own annotations alone, so that a laboratory's few extra
    diseases do not move everybody's score.
    """
    with held_still():
        ontology = read_ontology(releases["hpo"].folder)
        annotations = read_annotations(releases["hpo"].folder)
        added = dict(_extra(releases))
        corpus = Corpus.build(ontology, annotations)
    extra = releases.get(EXTRA_ANNOTATIONS)
    constructed = extra is not None and extra.manifest.constructed
    return DiseaseTerms(
        corpus=corpus.with_diseases(added.values()) if added else corpus,
        described={**annotations.diseases, **added},
        constructed=frozenset(added) if constructed else frozenset(),
    )


def _extra(releases: Releases) -> Iterator[tuple[str, Disease]]:
    """A laboratory's own diseases; one without terms takes nothing from HPO's."""
    extra = releases.get(EXTRA_ANNOTATIONS)
    if extra is not None:
        diseases = read_annotations(extra.folder).diseases
        yield from ((name, disease) for name, disease in diseases.items() if disease.terms)
