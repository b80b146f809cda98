"""One patient against every disease of HPO, with `PatientProfile`."""

from pathlib import Path

from benchmarks.patient import Clinic, read_clinic
from benchmarks.task import Done
from varinterp.phenotype.similarity import PatientProfile


def prepare(_folder: Path) -> Clinic:
    """Read HPO; its ancestors are known from here on, as in a case."""
    return read_clinic()


def work(clinic: Clinic) -> Done:
    """Score every disease; answer with those of the sample."""
    profile = PatientProfile(clinic.patient, clinic.ontology, clinic.content)
    scores = {disease: profile.score(terms) for disease, terms in clinic.diseases.items()}
    return Done({disease: scores[disease] for disease in clinic.sampled})
