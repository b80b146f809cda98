"""Every patient against every disease of HPO, all seven measures and the default's score."""

from pathlib import Path

from benchmarks.clinic import ANSWERED, DECIMALS, Clinic, read_clinic
from benchmarks.task import Done
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.features import features
from varinterp.phenotype.fusion import fusion


def prepare(_folder: Path) -> tuple[Clinic, Corpus]:
    """Read HPO and make its corpus."""
    clinic = read_clinic()
    return clinic, Corpus.build(clinic.ontology, clinic.annotations)


def work(prepared: tuple[Clinic, Corpus]) -> Done:
    """Measure and score every patient; answer with PhenoDigm's of the sample."""
    clinic, corpus = prepared
    rows = [corpus.rows[disease] for disease in clinic.sampled]
    answer = []
    for number, patient in enumerate(clinic.patients):
        found = features(corpus, patient)
        fusion(found)
        if number < ANSWERED:
            answer.append(found.column("phenodigm")[rows].round(DECIMALS).tolist())
    return Done(answer)
