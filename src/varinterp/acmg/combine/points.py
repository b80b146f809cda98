"""Points: Tavtigian 2020 (PMID 32720330); posterior probability: Tavtigian 2018 (PMID 29300386).

Pathogenic from 10, likely pathogenic 6 to 9, uncertain 0 to 5, likely benign -6 to -1, benign from
-7 down. A stand-alone benign criterion makes the allele benign whatever else is met.
"""

from collections.abc import Iterable

from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Finding, Strength

_PRIOR = 0.1
_ODDS_VERY_STRONG = 350.0


def total(findings: Iterable[Finding]) -> int:
    """Return the signed sum of the points of all met findings."""
    return sum(finding.points for finding in findings)


def classify(findings: Iterable[Finding]) -> AcmgClass:
    """Return the class that the points give."""
    counted = tuple(findings)
    if any(finding.strength is Strength.STAND_ALONE for finding in counted):
        return AcmgClass.BENIGN
    points = total(counted)
    if points >= 10:
        return AcmgClass.PATHOGENIC
    if points >= 6:
        return AcmgClass.LIKELY_PATHOGENIC
    if points >= 0:
        return AcmgClass.UNCERTAIN
    return AcmgClass.LIKELY_BENIGN if points >= -6 else AcmgClass.BENIGN


def posterior(points: int) -> float:
    """Return the probability of pathogenicity, rounded to four decimals.

    >>> posterior(0), posterior(6), posterior(10)
    (0.1, 0.8999, 0.9941)
    """
    odds: float = _ODDS_VERY_STRONG ** (points / 8)
    return round(odds * _PRIOR / ((odds - 1) * _PRIOR + 1), 4)
