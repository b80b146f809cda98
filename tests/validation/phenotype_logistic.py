"""The trained option: a conditional logistic model of which disease is a patient's.

Among the candidates of one patient, P(disease) is proportional to exp(weights · measures), and the
weights make the right diseases likeliest (McFadden's conditional logit), with a little ridge. A
patient's diseases are the CLOSEST by the default score and a random RANDOM of the others, which
count for all of them. Every disease weighs the same, whatever its number of patients, and so does
each setting: else the most published diseases and the larger setting would decide.

Folds keep together all patients whose diseases share a gene. Every figure of the trained option is
of patients whose fold was not trained on; the shipped weights are trained on all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from phenotype_arena import IN_FUSION, MEASURES, Arena, Setting
from published_cases import fold_of, groups
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CLOSEST = 300
RANDOM = 300
RIDGE = 1e-3
FOLDS = 5
SEED = 7
LEAST_DOUBT, MOST_DOUBT = 1e-4, 0.5


@dataclass(frozen=True)
class Choices:
    """For each patient the right disease first, then others; `stands_for` is ln of how many."""

    measures: Floats
    stands_for: Floats
    weights: Floats


def choices(arena: Arena) -> Choices:
    """Draw each patient's candidates; the seed makes them the same each time."""
    draw = np.random.default_rng(SEED)
    measures = np.zeros((len(arena.right), 1 + CLOSEST + RANDOM, len(MEASURES)))
    stands_for = np.full(measures.shape[:2], -np.inf)
    for patient, right in enumerate(arena.right):
        default = arena.entering[patient][:, IN_FUSION].mean(axis=1)
        others = np.argsort(-default, kind="stable")
        others = others[others != right]
        near, far = others[:CLOSEST], draw.choice(others[CLOSEST:], RANDOM, replace=False)
        chosen = np.concatenate(([right], near, far))
        measures[patient] = arena.entering[patient][chosen]
        stands_for[patient, : 1 + CLOSEST] = 0
        stands_for[patient, 1 + CLOSEST :] = np.log((len(others) - CLOSEST) / RANDOM)
    return Choices(measures, stands_for, balanced(arena))


def balanced(arena: Arena) -> Floats:
    """Return each patient's weight: diseases weigh alike, and so do settings."""
    diseases = [each.disease for each in arena.patients.all]
    of = Counter(diseases)
    weights = np.array([1 / of[disease] for disease in diseases])
    for setting in Setting:
        chosen = arena.of(setting)
        weights[chosen] /= weights[chosen].sum()
    return weights


def fit(of: Choices, chosen: NDArray[np.bool_], columns: Sequence[int]) -> Floats:
    """Return the weights of all measures from some of the patients; other columns weigh nothing."""
    measures, stands_for = of.measures[chosen][:, :, list(columns)], of.stands_for[chosen]
    share = of.weights[chosen] / of.weights[chosen].sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = measures @ weights + stands_for
        top = scores.max(axis=1, keepdims=True)
        likely = np.exp(scores - top)
        total = likely.sum(axis=1)
        gained = scores[:, 0] - top[:, 0] - np.log(total)
        expected = np.einsum("pc,pcf->pf", likely / total[:, None], measures)
        slope = share @ (measures[:, 0] - expected)
        return float(RIDGE * weights @ weights - share @ gained), 2 * RIDGE * weights - slope

    found = minimize(loss, np.full(len(columns), 0.1), jac=True, method="L-BFGS-B")
    if not found.success:
        raise RuntimeError(f"the weights did not settle: {found.message}")
    weights = np.zeros(of.measures.shape[2])
    weights[list(columns)] = found.x
    return weights


def folds(arena: Arena, seed: int = SEED) -> Integers:
    """Return each patient's fold."""
    patients = arena.patients.all
    group = groups(patients)
    return np.array([fold_of(group[each.disease], seed, FOLDS) for each in patients])


@dataclass(frozen=True)
class Calibrated:
    """What turns scores into ln likelihood ratios; `nats` is the mean ln chance of the truth."""

    slope: float
    doubt: float
    nats: float


def calibrate(scores: Floats, of: Choices, chosen: NDArray[np.bool_]) -> Calibrated:
    """Fit slope and doubt of `varinterp.phenotype.calibration` by likelihood of the right disease.

    `scores` are those of each patient's choices.
    """
    stands_for, share = of.stands_for[chosen], of.weights[chosen] / of.weights[chosen].sum()
    number = np.exp(stands_for).sum(axis=1)

    def constants(free: Floats) -> tuple[float, float]:
        return float(np.exp(free[0])), float(MOST_DOUBT / (1 + np.exp(-free[1])))

    def loss(free: Floats) -> float:
        slope, doubt = constants(free)
        exponent = slope * scores[chosen] + stands_for
        top = exponent.max(axis=1)
        right = np.exp(exponent[:, 0] - top) / np.exp(exponent - top[:, None]).sum(axis=1)
        return -float(share @ np.log(doubt / number + (1 - doubt) * right))

    found = minimize(loss, np.zeros(2), method="Nelder-Mead")
    slope, doubt = constants(found.x)
    return Calibrated(slope, max(doubt, LEAST_DOUBT), -float(found.fun))


@dataclass(frozen=True)
class Fitted:
    """A score: the weights that a fold's patients are scored with, and those that are shipped.

    The shipped calibration is that of the scores of held-out patients, pooled.
    """

    by_fold: tuple[Floats, ...]
    calibrated_by_fold: tuple[Calibrated, ...]
    shipped: Floats
    calibrated: Calibrated


def fitted(of: Choices, folds_of: Integers, columns: Sequence[int]) -> Fitted:
    """Train a score of some columns: for each fold on the others, and to be shipped on all."""
    by_fold = [fit(of, folds_of != fold, columns) for fold in range(FOLDS)]
    return _calibrated(of, folds_of, by_fold, fit(of, folds_of >= 0, columns))


def untrained(of: Choices, folds_of: Integers, weights: Floats) -> Fitted:
    """Calibrate a score whose weights are given."""
    return _calibrated(of, folds_of, [weights] * FOLDS, weights)


def _calibrated(
    of: Choices, folds_of: Integers, by_fold: Sequence[Floats], shipped: Floats
) -> Fitted:
    held_out = np.einsum("pcm,pm->pc", of.measures, np.array(by_fold)[folds_of])
    return Fitted(
        by_fold=tuple(by_fold),
        calibrated_by_fold=tuple(
            calibrate(of.measures @ weights, of, folds_of != fold)
            for fold, weights in enumerate(by_fold)
        ),
        shipped=shipped,
        calibrated=calibrate(held_out, of, folds_of >= 0),
    )
