"""The ranks of the package's scores: the untrained default and the trained option, out of fold."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from phenotype_arena import IN_FUSION, MEASURES, Arena
from phenotype_logistic import Fitted, choices, fitted, folds, untrained
from ranking_figures import rank_of

from varinterp.phenotype.calibration import Calibration, log_lr
from varinterp.phenotype.method import Method

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Scorer = Callable[[int], Floats]

DEFAULT, TRAINED = "default", "trained"
EXCLUDED, COURSE = " with excluded terms", " with onset and sex"
FUSED = [int(column) for column in np.flatnonzero(IN_FUSION)]
EXCLUDED_LR = {"excluded_lr": 1.0}
EDGES = np.array([0.0, 0.001, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0])


class Scores:
    """The fitted scores, and what they give each patient's candidates."""

    def __init__(self, arena: Arena, method: Method) -> None:
        self.arena, self.folds = arena, folds(arena)
        self._course = {"onset": method.onset, "sex": method.sex}
        of = choices(arena)
        self.fits = {
            DEFAULT: untrained(of, self.folds, IN_FUSION / IN_FUSION.sum()),
            TRAINED: fitted(of, self.folds, FUSED),
            TRAINED + EXCLUDED: fitted(of, self.folds, (*FUSED, MEASURES.index("excluded_lr"))),
        }
        self.ranks = {name: self._ranks(scorer) for name, scorer in self._scorers().items()}
        self.published_ranks = {
            name: self._ranks(self._as_published(self.fits[name])) for name in (DEFAULT, TRAINED)
        }

    def _scorers(self) -> dict[str, Scorer]:
        default, trained = self.fits[DEFAULT], self.fits[TRAINED]
        return {
            DEFAULT: self._plain(default),
            TRAINED: self._plain(trained),
            DEFAULT + EXCLUDED: self._with(default, EXCLUDED_LR),
            TRAINED + EXCLUDED: self._plain(self.fits[TRAINED + EXCLUDED]),
            DEFAULT + COURSE: self._with(default, self._course),
            TRAINED + COURSE: self._with(trained, self._course),
        }

    def _plain(self, fit: Fitted) -> Scorer:
        return lambda patient: self._measured(patient) @ fit.by_fold[self.folds[patient]]

    def _as_published(self, fit: Fitted) -> Scorer:
        """Score with the patient still in the annotations of the right disease."""

        def scorer(patient: int) -> Floats:
            weights = fit.by_fold[self.folds[patient]]
            scores: Floats = self._measured(patient) @ weights
            own = self.arena.as_published[patient].astype(float)
            scores[self.arena.right[patient]] = own @ weights
            return scores

        return scorer

    def _with(self, fit: Fitted, added: Mapping[str, float]) -> Scorer:
        """Add measures in ln units, each by its weight, to a score's ln likelihood ratio."""
        weights = np.array([added.get(name, 0.0) for name in MEASURES])

        def scorer(patient: int) -> Floats:
            more: Floats = self._measured(patient) @ weights
            return self.log_lr(fit, patient) + more

        return scorer

    def _measured(self, patient: int) -> Floats:
        return np.asarray(self.arena.entering[patient], dtype=float)

    def log_lr(self, fit: Fitted, patient: int) -> Floats:
        """Return every candidate's ln likelihood ratio by what was fitted on other folds."""
        fold = self.folds[patient]
        scores = self._measured(patient) @ fit.by_fold[fold]
        constants = fit.calibrated_by_fold[fold]
        calibration = Calibration(constants.slope, constants.doubt)
        return log_lr(scores, len(scores), calibration, float(self.arena.most[patient]))

    def _ranks(self, scorer: Scorer) -> Integers:
        rights = enumerate(self.arena.right)
        return np.array([rank_of(scorer(patient), int(right)) for patient, right in rights])

    def reliability(self, name: str, patients: Integers) -> list[tuple[int, float, float]]:
        """Return, by bin of EDGES, the candidates in it, their mean chance and the share right."""
        number, chance, hits = np.zeros((3, len(EDGES) - 1))
        for patient in patients:
            ratios = np.exp(self.log_lr(self.fits[name], int(patient)))
            likely = np.minimum(ratios / len(ratios), 1)
            of = np.clip(np.searchsorted(EDGES, likely, side="right") - 1, 0, len(EDGES) - 2)
            number += np.bincount(of, minlength=len(number))
            chance += np.bincount(of, likely, minlength=len(number))
            hits[of[self.arena.right[patient]]] += 1
        return [
            (int(many), float(sure / max(many, 1)), float(right / max(many, 1)))
            for many, sure, right in zip(number, chance, hits, strict=True)
        ]
