"""The patient's match with a disease, from the HPO releases of the lock."""

from dataclasses import dataclass, field

from varinterp.model.case import PhenotypeScore, TermRow
from varinterp.model.facts import PhenotypeFit
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.similarity import (
    InformationContent,
    MatchKind,
    PatientProfile,
    PhenotypeMatch,
    TermMatch,
    information_content,
)
from varinterp.refs.lock import Releases
from varinterp.sources.hpo import read_annotations, read_ontology

EXTRA_ANNOTATIONS = "disease_phenotypes"
"""A laboratory's own annotations of diseases that HPO does not describe."""


@dataclass(slots=True)
class PatientMatcher:
    """Compares one patient with diseases; `constructed` names those whose terms are made up."""

    ontology: Ontology
    diseases: dict[str, frozenset[str]]
    constructed: frozenset[str]
    profile: PatientProfile
    _matches: dict[str, PhenotypeMatch | None] = field(default_factory=dict)

    def score(self, disease: str) -> PhenotypeScore | None:
        """Return the match that the ranking and the report show; None when not assessable."""
        match = self._match(disease)
        if match is None:
            return None
        rows = tuple(self._row(each) for each in match.matches)
        return PhenotypeScore(match.score, rows, disease in self.constructed)

    def fit(self, disease: str) -> PhenotypeFit | None:
        """Return the match that criteria read; None when not assessable."""
        match = self._match(disease)
        if match is None:
            return None
        exact = sum(each.kind is MatchKind.EXACT for each in match.matches)
        return PhenotypeFit(len(match.matches), exact, disease in self.constructed)

    def names(self, patient: Phenotype) -> dict[str, str]:
        """Return what this release calls the patient's terms, seen and excluded."""
        terms = sorted({*patient.observed, *patient.excluded})
        return {term: self._name(term) for term in terms}

    def _match(self, disease: str) -> PhenotypeMatch | None:
        if disease not in self._matches:
            terms = self.diseases.get(disease, frozenset())
            self._matches[disease] = self.profile.compare(terms)
        return self._matches[disease]

    def _name(self, term: str) -> str:
        """A term that was current once may be retired, or be one of two, in a later release."""
        found = self.ontology.resolve(term).term
        return term if found is None else found.name

    def _row(self, match: TermMatch) -> TermRow:
        return TermRow(
            term=match.patient_term,
            name=self.ontology.term(match.patient_term).name,
            kind=match.kind,
            disease_term=match.disease_term,
            disease_term_name=(
                None if match.disease_term is None else self.ontology.term(match.disease_term).name
            ),
        )


@dataclass(frozen=True, slots=True)
class DiseaseTerms:
    """What the HPO releases say of diseases: the same for every patient."""

    ontology: Ontology
    diseases: dict[str, frozenset[str]]
    constructed: frozenset[str]
    content: InformationContent

    def matcher(self, patient: Phenotype) -> PatientMatcher:
        """Prepare a patient to be compared."""
        return PatientMatcher(
            ontology=self.ontology,
            diseases=self.diseases,
            constructed=self.constructed,
            profile=PatientProfile(patient, self.ontology, self.content),
        )


def read_matcher(releases: Releases, patient: Phenotype) -> PatientMatcher:
    """Read ontology and annotations, and prepare the patient."""
    return read_disease_terms(releases).matcher(patient)


def read_disease_terms(releases: Releases) -> DiseaseTerms:
    """Read ontology and annotations.

    Information content comes from HPO's own annotations alone, so that a laboratory's few extra
    diseases do not move everybody's score.
    """
    ontology = read_ontology(releases["hpo"].folder)
    diseases = read_annotations(releases["hpo"].folder).phenotypes
    content: InformationContent = information_content(diseases, ontology)
    extra = releases.get(EXTRA_ANNOTATIONS)
    added: dict[str, frozenset[str]] = {}
    if extra is not None:
        added = read_annotations(extra.folder).phenotypes
    constructed = extra is not None and extra.manifest.constructed
    return DiseaseTerms(
        ontology=ontology,
        diseases={**diseases, **added},
        constructed=frozenset(added) if constructed else frozenset(),
        content=content,
    )
