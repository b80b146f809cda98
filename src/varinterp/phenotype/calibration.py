"""From a score to evidence: how much likelier the phenotype is in a disease than in an average one.

Among diseases of which one is the patient's, let each be the more likely the higher its score:
P(d) proportional to exp(slope x score), which is what a conditional logistic model fits. Then the
phenotype speaks for d by P(d) against 1 / number of diseases. With a small probability, *doubt*,
the phenotype tells nothing (an unusual patient, a disease annotated badly), so that

    LR(d) = doubt + (1 - doubt) x exp(slope x score(d)) / mean of exp(slope x score)

and ln LR lies between ln(doubt) and ln(number of diseases): no phenotype outweighs everything.

Neither can P(terms | d) / P(terms) pass 1 / P(terms): who has nothing but a common finding speaks
little for the disease that consists of this finding, however alike the two are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite, log
from typing import Self

import numpy as np

from varinterp.phenotype.ragged import Floats

_HALVINGS = 30
"""How often the interval of a lowered slope is halved: beyond the decimals that are shown."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Both constants, fitted on the development cases; the rules say where they come from."""

    slope: float
    doubt: float

    @classmethod
    def read(cls, number: Callable[[str], float], method: str) -> Self:
        """Read the constants of a method from the rules in force."""
        return cls(number(f"phenotype.{method}_slope"), number(f"phenotype.{method}_doubt"))


def log_lr(score: Floats, reference: int, calibration: Calibration, most: float = inf) -> Floats:
    """Return ln LR of every disease against an average one of the first `reference`.

    None is above `most`, ln of one over how often the patient's terms are found at all: where it
    would be, the slope is lowered until it is not.
    """
    weight = _at(calibration.slope, score, reference, calibration.doubt)
    if weight[:reference].max(initial=-inf) > most:
        low, high = 0.0, calibration.slope
        for _ in range(_HALVINGS):
            slope = (low + high) / 2
            weight = _at(slope, score, reference, calibration.doubt)
            low, high = (low, slope) if weight[:reference].max() > most else (slope, high)
        weight = _at(low, score, reference, calibration.doubt)
    return np.minimum(weight, most)


def _at(slope: float, score: Floats, reference: int, doubt: float) -> Floats:
    exponent = slope * score
    top = exponent[:reference].max(initial=-inf)
    if not isfinite(top):
        return np.zeros_like(score)
    average = top + log(np.exp(exponent[:reference] - top).mean())
    # One that is not among the diseases of the mean could pass their number.
    ratio = np.exp(np.minimum(exponent - average, log(reference)))
    weight: Floats = np.log(doubt + (1 - doubt) * ratio)
    return weight
