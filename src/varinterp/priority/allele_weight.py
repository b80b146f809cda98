"""What one allele weighs in the sum of a hypothesis, worked out once for all of its pairs."""

from dataclasses import dataclass
from typing import Self

from varinterp.model.assessment import Assessment
from varinterp.model.case import Candidate
from varinterp.priority.effect import Effect, effect
from varinterp.priority.weights import Weights


@dataclass(frozen=True, slots=True)
class AlleleWeight:
    """Points on the allele itself, of how it runs in the family, and of what it is predicted to do.

    `points` are without this patient's phenotype and family. `effect` is an effect that no
    criterion spoke of, `effect_points` what that counts (0 where there is none).
    """

    points: int
    family: int
    effect: Effect | None = None
    effect_points: float = 0.0

    @classmethod
    def of(
        cls,
        assessed: Assessment,
        candidate: Candidate,
        proband: str,
        weights: Weights,
        *,
        paired: bool,
    ) -> Self:
        """Weigh an allele by its conclusion, and by its effect where that says nothing."""
        met = [each for each in assessed.findings if each.verdict.strength is not None]
        found = effect(assessed, candidate, proband, paired=paired)
        return cls(
            points=sum(each.points for each in met if each.criterion not in weights.left_out),
            family=sum(each.points for each in met if each.criterion in weights.family),
            effect=found,
            effect_points=0.0 if found is None else weights.effect[found],
        )

    @property
    def all_points(self) -> float:
        """What speaks of the allele itself."""
        return self.points + self.effect_points
