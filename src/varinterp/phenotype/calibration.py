"""From a score to evidence: how much likelier the phenotype is in a disease than in an average one.

Among diseases of which one is the patient's, let each be the more likely the higher its score:
P(d) proportional to exp(slope x score), which is what a conditional logistic model fits. Then the
phenotype speaks for d by P(d) against 1 / number of diseases. With a small probability, *doubt*,
the phenotype tells nothing (an unusual patient, a disease annotated badly), so that

    LR(d) = doubt + (1 - doubt) x exp(slope x score(d)) / mean of exp(slope x score)

and ln LR lies between ln(doubt) and ln(number of diseases): no phenotype outweighs everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import Self

import numpy as np

from varinterp.phenotype.ragged import Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """Both constants, fitted on the development cases; the rules say where they come from."""

    slope: float
    doubt: float

    @classmethod
    def read(cls, number: Callable[[str], float], method: str) -> Self:
        """Read the constants of a method from the rules in force."""
        return cls(number(f"phenotype.{method}_slope"), number(f"phenotype.{method}_doubt"))


def log_lr(score: Floats, reference: int, calibration: Calibration) -> Floats:
    """Return ln LR of every disease against an average one of the first `reference`."""
    exponent = calibration.slope * score
    top = exponent[:reference].max(initial=-np.inf)
    if not np.isfinite(top):
        return np.zeros_like(score)
    average = top + log(np.exp(exponent[:reference] - top).mean())
    # One that is not among the diseases of the mean could pass their number.
    ratio = np.exp(np.minimum(exponent - average, log(reference)))
    weight: Floats = np.log(calibration.doubt + (1 - calibration.doubt) * ratio)
    return weight
