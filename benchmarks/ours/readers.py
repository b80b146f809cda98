"""Which assessments read a fact that moved: the facts looked up in the index of reads."""

from pathlib import Path

import numpy as np

from benchmarks.task import Done
from varinterp.cohort.reads_index import ReadsIndex


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Open the index and look up; count assessments."""
    index = ReadsIndex.open(folder / "cohort" / "reads")
    return Done(int(index.readers(np.load(folder / "facts.npy")).size))
