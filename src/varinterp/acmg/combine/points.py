"""Points: Tavtigian 2020 (PMID 32720330); posterior probability: Tavtigian 2018 (PMID 29300386).

Each finding counts signed points, and their sum falls on a scale. A stand-alone benign criterion
makes the allele benign whatever else is met.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil, floor

from varinterp.model.assessment import AcmgClass, Uncertainty
from varinterp.model.evidence import Finding, Strength

_PRIOR = 0.1
_ODDS_VERY_STRONG = 350.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Where each class begins: at least so many points on one side, at most on the other.

    Between the two sides the class is uncertain; `high` and `mid` part it. The defaults are
    Tavtigian 2020's, by which conclusions were drawn that carry no scale of their own.
    """

    pathogenic: float = 10
    likely_pathogenic: float = 6
    high: float = 4
    mid: float = 2
    likely_benign: float = -1
    benign: float = -7

    def __post_init__(self) -> None:
        upper = (self.pathogenic, self.likely_pathogenic, self.high, self.mid)
        falling = (*upper, self.likely_benign, self.benign)
        if any(low >= high for high, low in pairwise(falling)):
            raise ValueError("the classes of a scale do not follow one another")

    def of(self, points: float) -> AcmgClass:
        """Return the class of a sum of points."""
        if points >= self.pathogenic:
            return AcmgClass.PATHOGENIC
        if points >= self.likely_pathogenic:
            return AcmgClass.LIKELY_PATHOGENIC
        if points <= self.benign:
            return AcmgClass.BENIGN
        return AcmgClass.LIKELY_BENIGN if points <= self.likely_benign else AcmgClass.UNCERTAIN

    def uncertainty(self, points: float) -> Uncertainty | None:
        """Return where in *uncertain significance* a sum lies; None in another class."""
        if self.of(points) is not AcmgClass.UNCERTAIN:
            return None
        if points >= self.high:
            return Uncertainty.HIGH
        return Uncertainty.MID if points >= self.mid else Uncertainty.LOW

    def up(self, points: int) -> tuple[AcmgClass, int] | None:
        """Return the next class up and the points that are short of it; None at the top."""
        return next(
            (
                (self.of(reached), reached - points)
                for reached in range(points, ceil(self.pathogenic) + 1)
                if self.of(reached) is not self.of(points)
            ),
            None,
        )

    def down(self, points: int) -> tuple[AcmgClass, int] | None:
        """Return the next class down and the points that would have to go; None at the bottom."""
        return next(
            (
                (self.of(reached), points - reached)
                for reached in range(points, floor(self.benign) - 1, -1)
                if self.of(reached) is not self.of(points)
            ),
            None,
        )


TAVTIGIAN = Scale()


def total(findings: Iterable[Finding]) -> int:
    """Return the signed sum of the points of all met findings."""
    return sum(finding.points for finding in findings)


def alone(findings: Iterable[Finding]) -> bool:
    """Whether a benign criterion is met that stands alone."""
    return any(finding.strength is Strength.STAND_ALONE for finding in findings)


def classify(findings: Iterable[Finding], scale: Scale = TAVTIGIAN) -> AcmgClass:
    """Return the class that the points give."""
    counted = tuple(findings)
    return AcmgClass.BENIGN if alone(counted) else scale.of(total(counted))


@cache
def posterior(points: int) -> float:
    """Return the probability of pathogenicity, rounded to four decimals.

    >>> posterior(0), posterior(6), posterior(10)
    (0.1, 0.8999, 0.9941)
    """
    odds: float = _ODDS_VERY_STRONG ** (points / 8)
    return round(odds * _PRIOR / ((odds - 1) * _PRIOR + 1), 4)
