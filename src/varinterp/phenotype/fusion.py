"""One score of several measures without training: the mean of their within-case z-scores.

A z-score says how many standard deviations a disease lies above the mean of all diseases for this
patient, so that measures of different units weigh the same. Mean and deviation are those of the
release's own diseases: a disease that a laboratory adds moves no other.
"""

import numpy as np

from varinterp.phenotype.features import FEATURES, Features
from varinterp.phenotype.ragged import Floats

FUSED = tuple(name for name in FEATURES if name != "excluded_lr")
"""The measures that weigh in the default."""


def fusion(features: Features) -> Floats:
    """Return the score of every disease, in mean standard deviations."""
    columns = [FEATURES.index(name) for name in FUSED]
    mean: Floats = z_scores(features)[:, columns].mean(axis=1)
    return mean


def z_scores(features: Features) -> Floats:
    """Return every measure as a z-score; 0 for one that tells no diseases apart."""
    reference = features.values[: features.reference]
    if not len(reference):
        return np.zeros_like(features.values)
    spread = reference.std(axis=0)
    away = features.values - reference.mean(axis=0)
    scores: Floats = np.divide(away, spread, out=np.zeros_like(away), where=spread > 1e-9)
    return scores
