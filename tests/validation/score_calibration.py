"""From log-odds to probabilities: Platt's two constants, and how well a score is calibrated.

A row is a hypothesis of a case in a tier that is shown, and whether it is the causal one. Fitted on
the development half alone; the constants become the rules ``rank.calibration.*``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS, _ENOUGH, _RIDGE = 100, 1e-10, 1e-9
_BINS = 10


@dataclass(frozen=True, slots=True)
class Platt:
    """The score of log-odds x is 1 / (1 + exp(-(intercept + slope x)))."""

    intercept: float
    slope: float

    def of(self, log_odds: Floats) -> Floats:
        """Return the score of each."""
        found: Floats = 1 / (1 + np.exp(-(self.intercept + self.slope * log_odds)))
        return found


def platt(log_odds: Floats, causal: NDArray[np.bool_]) -> Platt:
    """Fit by maximum likelihood (Platt 1999), with his targets, which keep it from certainty."""
    right, wrong = int(causal.sum()), int((~causal).sum())
    if not right or not wrong:
        raise ValueError("calibration takes causal hypotheses, and others")
    target = np.where(causal, (right + 1) / (right + 2), 1 / (wrong + 2))
    design = np.column_stack([np.ones_like(log_odds), log_odds])
    beta = np.array([np.log((right + 1) / (wrong + 1)), 0.0])
    for _ in range(_STEPS):
        found = 1 / (1 + np.exp(-(design @ beta)))
        gradient = design.T @ (target - found)
        curvature = (design * (found * (1 - found))[:, None]).T @ design
        step = np.linalg.solve(curvature + _RIDGE * np.eye(2), gradient)
        beta = beta + step
        if np.abs(step).max() < _ENOUGH:
            break
    return Platt(float(beta[0]), float(beta[1]))


def expected_error(score: Floats, causal: NDArray[np.bool_]) -> float:
    """Return how far scores lie from the share that is causal, over ten bins of equal size."""
    order = np.argsort(score, kind="stable")
    bins = [each for each in np.array_split(order, _BINS) if each.size]
    far = [each.size * abs(score[each].mean() - causal[each].mean()) for each in bins]
    return float(sum(far) / score.size)


def brier(score: Floats, causal: NDArray[np.bool_]) -> float:
    """Return the mean squared error of the score."""
    return float(((score - causal) ** 2).mean())
