"""The class that each scheme gives the same findings, and why they differ where they do."""

from collections.abc import Iterable
from functools import lru_cache

from varinterp.acmg.combine import table
from varinterp.acmg.combine.points import Scale
from varinterp.acmg.combine.schemes import Schemes
from varinterp.acmg.combine.table import Weights
from varinterp.model.assessment import AcmgClass, MachineClass
from varinterp.model.evidence import Direction, Finding, Reason, Strength


def machine_class(findings: Iterable[Finding], schemes: Schemes) -> MachineClass:
    """Return the class of each scheme; `differ` is None where all agree."""
    return _machine_class(table.weights(findings), schemes)


# Kept: what is met comes back in thousands of assessments, and the schemes look at no more.
@lru_cache(maxsize=4096)
def _machine_class(met: Weights, schemes: Schemes) -> MachineClass:
    by_points = _by_points(met, schemes.scale)
    by_table = table.classify(met, schemes.richards2015)
    by_acgs = table.classify(met, schemes.acgs)
    if by_points is by_table is by_acgs:
        return MachineClass(by_points, by_table, by_acgs)
    why = _why(met, schemes, by_points, (by_table, by_acgs))
    differ = Reason.of(f"combine.{why}", sum_of_points=_sum(met), combination=combination(met))
    return MachineClass(by_points, by_table, by_acgs, differ)


def combination(met: Weights) -> str:
    """Return what is met, in words: ``pathogenic 1 very_strong, pathogenic 1 supporting``."""
    counts = (
        (side, strength, met.count((side, strength)))
        for side in Direction
        for strength in reversed(Strength)
    )
    return ", ".join(f"{side} {count} {strength}" for side, strength, count in counts if count)


def _by_points(met: Weights, scale: Scale) -> AcmgClass:
    return AcmgClass.BENIGN if _alone(met) else scale.of(_sum(met))


def _sum(met: Weights) -> int:
    return sum(
        strength.points if side is Direction.PATHOGENIC else -strength.points
        for side, strength in met
    )


def _alone(met: Weights) -> bool:
    return any(strength is Strength.STAND_ALONE for _, strength in met)


def _why(
    met: Weights, schemes: Schemes, by_points: AcmgClass, by_rows: tuple[AcmgClass, AcmgClass]
) -> str:
    """Name what parts the schemes, the weightiest reason first."""
    sides = {side for side, _ in met}
    if len(sides) > 1:
        if _alone(met):
            return "stand_alone"
        tables = (schemes.richards2015, schemes.acgs)
        both = any(table.reached(met, each).both for each in tables)
        return "contradictory" if both else "opposed"
    if Direction.BENIGN in sides:
        return "single_benign" if len(met) == 1 else "benign_sum"
    # Only pathogenic findings: a table without a row for them, or one that draws the line
    # elsewhere.
    if AcmgClass.UNCERTAIN in by_rows and by_points is not AcmgClass.UNCERTAIN:
        return "no_row"
    return "other_line"
