"""One score of several measures with weights that were trained: a logistic model's log-odds.

Measures that weigh in the default enter as within-case z-scores, those in ln units as they are.
The constant of the model is left out: it is the same for every disease of a patient.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from varinterp.phenotype.features import FEATURES, Features
from varinterp.phenotype.fusion import FUSED, z_scores
from varinterp.phenotype.ragged import Floats

RULES = "phenotype.logistic."
"""The rules that hold the weights: one key a measure."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each of FEATURES weighs, in their order."""

    values: tuple[float, ...]

    @classmethod
    def read(cls, number: Callable[[str], float]) -> Self:
        """Read the weights of the rules in force."""
        return cls(tuple(number(RULES + name) for name in FEATURES))


def entering(features: Features) -> Floats:
    """Return what the model reads: one row a disease, one column for each of FEATURES."""
    return np.where([name in FUSED for name in FEATURES], z_scores(features), features.values)


def trained(features: Features, weights: Weights) -> Floats:
    """Return the score of every disease, in log-odds up to a constant."""
    score: Floats = entering(features) @ np.array(weights.values)
    return score
