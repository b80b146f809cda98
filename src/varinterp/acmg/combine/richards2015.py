"""The table of Richards 2015 (PMID 25741868), table 5.

A very strong finding beyond the first counts as a strong one: the table has no row for two.
Evidence that reaches a class on both sides is contradictory, and then the class is uncertain.
"""

from collections import Counter
from collections.abc import Iterable

from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Direction, Finding, Strength


def classify(findings: Iterable[Finding]) -> AcmgClass:
    """Return the class that the table gives."""
    counted = [finding for finding in findings if finding.met]
    pathogenic = _pathogenic(_count(counted, Direction.PATHOGENIC))
    benign = _benign(_count(counted, Direction.BENIGN))
    if pathogenic is not None and benign is not None:
        return AcmgClass.UNCERTAIN
    return pathogenic or benign or AcmgClass.UNCERTAIN


def _count(findings: list[Finding], direction: Direction) -> Counter[Strength | None]:
    return Counter(f.strength for f in findings if f.criterion.direction is direction)


def _pathogenic(count: Counter[Strength | None]) -> AcmgClass | None:
    very_strong = min(count[Strength.VERY_STRONG], 1)
    strong = count[Strength.STRONG] + count[Strength.VERY_STRONG] - very_strong
    moderate, supporting = count[Strength.MODERATE], count[Strength.SUPPORTING]
    beside_very_strong = (
        strong >= 1 or moderate >= 2 or (moderate >= 1 and supporting >= 1) or supporting >= 2
    )
    beside_strong = (
        moderate >= 3 or (moderate >= 2 and supporting >= 2) or (moderate >= 1 and supporting >= 4)
    )
    if (very_strong and beside_very_strong) or strong >= 2 or (strong and beside_strong):
        return AcmgClass.PATHOGENIC
    likely = (
        (very_strong and moderate >= 1)
        or (strong and (moderate >= 1 or supporting >= 2))
        or moderate >= 3
        or (moderate >= 2 and supporting >= 2)
        or (moderate >= 1 and supporting >= 4)
    )
    return AcmgClass.LIKELY_PATHOGENIC if likely else None


def _benign(count: Counter[Strength | None]) -> AcmgClass | None:
    strong = count[Strength.STRONG] + count[Strength.VERY_STRONG]
    if count[Strength.STAND_ALONE] or strong >= 2:
        return AcmgClass.BENIGN
    supporting = count[Strength.SUPPORTING] + count[Strength.MODERATE]
    if (strong and supporting >= 1) or supporting >= 2:
        return AcmgClass.LIKELY_BENIGN
    return None
