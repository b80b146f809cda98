"""Who stored an allele that ClinVar says something new of: the delta's keys looked up."""

from pathlib import Path

import numpy as np

from benchmarks.task import Done
from varinterp.cohort.store import CohortStore


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Open the store and look up; count pairs of allele and case, and cases."""
    found = CohortStore.open(folder / "cohort").carriers(np.load(folder / "delta.npy"))
    return Done([found.height, found["case"].n_unique()])
