"""How a patient's phenotype becomes evidence for each disease: the method in force, and its result.

``ln LR = calibrated score + weight x onset + weight x sex``, the score being the untrained fusion
or the trained model's, as the rules say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from varinterp.model.facts import Rule
from varinterp.model.family import Sex
from varinterp.phenotype.calibration import Calibration, log_lr
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.features import Features
from varinterp.phenotype.fusion import fusion
from varinterp.phenotype.ragged import Floats
from varinterp.phenotype.trained import Weights, trained


class Scoring(StrEnum):
    """Which score of the measures is calibrated."""

    FUSION = "fusion"
    LOGISTIC = "logistic"


@dataclass(frozen=True, slots=True)
class Method:
    """The choice, its constants, and what onset and sex weigh; `weights` for *logistic* alone."""

    calibration: Calibration
    weights: Weights | None = None
    onset: float = 1.0
    sex: float = 1.0

    @classmethod
    def read(cls, rules: Mapping[str, Rule]) -> Self:
        """Read the rules in force; KeyError or TypeError when one is missing or no number."""

        def number(key: str) -> float:
            value = rules[key].value
            if isinstance(value, str | tuple):
                raise TypeError(f"rule {key} is not a number")
            return value

        scoring = Scoring(str(rules["phenotype.method"].value))
        return cls(
            Calibration.read(number, scoring.value),
            Weights.read(number) if scoring is Scoring.LOGISTIC else None,
            number("phenotype.onset_weight"),
            number("phenotype.sex_weight"),
        )

    def log_lr(self, corpus: Corpus, features: Features, onset: str | None, sex: Sex) -> Floats:
        """Return ln LR of every disease of the corpus against an average one."""
        score = fusion(features) if self.weights is None else trained(features, self.weights)
        weight = log_lr(score, features.reference, self.calibration, features.most)
        return weight + corpus.course_log_lr(onset, sex, (self.onset, self.sex))
