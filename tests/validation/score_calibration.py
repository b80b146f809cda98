"""From log-odds to probabilities: the two constants, and how well a score is calibrated.

A list is what a patient is shown: the hypotheses of the tiers *proposed*, *possible* and *known
allele*, with their log-odds x. One of them is causal, or none is:

    score = exp(slope · x) / (exp(unsolved) + sum of exp(slope · x) over the list)

Whether a patient's cause is on the list at all cannot be learnt from patients who are all solved.
Every patient therefore counts twice, with the causal hypothesis and as an unsolved twin without it:
half are unsolved. Fitted on the development half alone; the constants are the rules
``rank.calibration.*``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Listed:
    """A patient's list: log-odds, and which of them is causal, if any."""

    log_odds: Floats
    causal: NDArray[np.bool_]

    @property
    def twin(self) -> "Listed":
        """The same patient without the causal hypothesis."""
        return Listed(self.log_odds[~self.causal], self.causal[~self.causal])

    def thinned(self, share: float, chance: np.random.Generator) -> "Listed":
        """Return the list with a share of the others, as a filter by frequency would leave."""
        kept = self.causal | (chance.random(self.causal.size) < share)
        return Listed(self.log_odds[kept], self.causal[kept])


@dataclass(frozen=True, slots=True)
class Calibration:
    """The constants of the score."""

    slope: float
    unsolved: float

    def of(self, each: Listed) -> Floats:
        """Return the score of each hypothesis of a list."""
        weights = np.exp(self.slope * each.log_odds)
        found: Floats = weights / (np.exp(self.unsolved) + weights.sum())
        return found


def with_twins(some: Sequence[Listed]) -> list[Listed]:
    """Return solved patients, and each again as an unsolved one."""
    return [*some, *(each.twin for each in some)]


def fit(some: Sequence[Listed]) -> Calibration:
    """Fit both constants by maximum likelihood."""

    def lost(constants: Floats) -> float:
        found = Calibration(*constants)
        return -sum(_log_likelihood(found, each) for each in some)

    best = minimize(lost, (1.0, 3.0), method="Nelder-Mead")
    return Calibration(*map(float, best.x))


def _log_likelihood(constants: Calibration, each: Listed) -> float:
    exponents = constants.slope * each.log_odds
    whole = np.logaddexp.reduce([constants.unsolved, *exponents])
    right = exponents[each.causal][0] if each.causal.any() else constants.unsolved
    return float(right - whole)


def brier(constants: Calibration, some: Sequence[Listed]) -> float:
    """Return the squared errors of a patient's scores, summed, as a mean over patients."""
    return float(np.mean([((constants.of(e) - e.causal) ** 2).sum() for e in some]))


def reliability(constants: Calibration, some: Sequence[Listed]) -> list[list[str]]:
    """Return the first of each list by its score: how many, mean score, and share that is right."""
    scores = [constants.of(each) for each in some]
    first = np.array([found.max(initial=0.0) for found in scores])
    right = np.array([
        bool(found.size) and bool(each.causal[found.argmax()])
        for found, each in zip(scores, some, strict=True)
    ])  # fmt: skip
    rows = []
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 0.9), (0.9, 1.0)):
        inside = (first >= low) & ((first < high) | (high == 1.0))
        if inside.any():
            means = (f"{first[inside].mean():.2f}", f"{right[inside].mean():.2f}")
            rows.append([f"{low:g} to {high:g}", str(inside.sum()), *means])
    return rows
