"""The same loop over term pairs with every term's ancestors remembered by the ontology."""

from pathlib import Path

from benchmarks.baseline.phenotype import score_sample
from benchmarks.patient import Clinic, read_clinic
from benchmarks.task import Done


def prepare(_folder: Path) -> Clinic:
    """Read HPO."""
    return read_clinic()


def work(clinic: Clinic) -> Done:
    """Score the sampled diseases."""
    return score_sample(clinic, clinic.ontology.ancestors)
