"""Schemes that count families of evidence: each within its limits, and their sum on a scale.

The successor of the guideline of 2015 is drafted in this form. Its file is read and tried; no
assessment is put to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varinterp.acmg.combine.points import Scale
from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Criterion, Direction, Finding, Strength


@dataclass(frozen=True, slots=True)
class Family:
    """A family of evidence: the criteria that speak for it, its least and its most points."""

    code: str
    criteria: frozenset[Criterion]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Families:
    """A scheme of families; a criterion that is in none is not counted."""

    name: str
    version: str
    scale: Scale
    weights: Mapping[Strength, float]
    families: tuple[Family, ...]


def by_family(findings: Iterable[Finding], scheme: Families) -> dict[str, float]:
    """Return what each family counts, those without a met criterion left out."""
    met = [finding for finding in findings if finding.met]
    counted = {}
    for family in scheme.families:
        held = [each for each in met if each.criterion in family.criteria]
        if held:
            summed = sum(_weight(each, scheme) for each in held)
            counted[family.code] = min(max(summed, family.least), family.most)
    return counted


def classify(findings: Iterable[Finding], scheme: Families) -> AcmgClass:
    """Return the class of the families' sum."""
    return scheme.scale.of(sum(by_family(findings, scheme).values()))


def _weight(finding: Finding, scheme: Families) -> float:
    sign = -1 if finding.criterion.direction is Direction.BENIGN else 1
    return 0.0 if finding.strength is None else sign * scheme.weights[finding.strength]
