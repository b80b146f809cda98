"""A scheme of families of evidence: each counts within its limits, and their sum has a class."""

import pytest

from core_builders import finding
from varinterp.acmg.combine.families import Families, Family, by_family, classify
from varinterp.acmg.combine.points import TAVTIGIAN
from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Criterion, Finding, Strength, not_assessed, not_met

SU, MO, ST, VS = (
    Strength.SUPPORTING,
    Strength.MODERATE,
    Strength.STRONG,
    Strength.VERY_STRONG,
)
C = Criterion
SCHEME = Families(
    "a draft", "1", TAVTIGIAN,
    {SU: 1, MO: 2, ST: 4, VS: 8, Strength.STAND_ALONE: 8},
    (
        Family("people", frozenset({C.PS4, C.PM2, C.BS1, C.BA1}), -7.5, 3.0),
        Family("effect", frozenset({C.PVS1, C.PS3, C.PP3, C.BP4}), -4.0, 9.0),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "families", "value"),
    [
        pytest.param([finding(C.PM2, MO)], {"people": 2}, AcmgClass.UNCERTAIN, id="one"),
        pytest.param(
            [finding(C.PS4, ST), finding(C.PVS1, VS)], {"people": 3.0, "effect": 8},
            AcmgClass.PATHOGENIC, id="people count three points at most",
        ),
        pytest.param(
            [finding(C.PVS1, VS), finding(C.PS3, ST)], {"effect": 9.0},
            AcmgClass.LIKELY_PATHOGENIC, id="a family's criteria are summed, nine at most",
        ),
        pytest.param(
            [finding(C.BA1, Strength.STAND_ALONE)], {"people": -7.5}, AcmgClass.BENIGN,
            id="a benign criterion counts against, down to the family's least",
        ),
        pytest.param(
            [finding(C.BS1, ST), finding(C.PM2, SU), finding(C.PP3, MO)],
            {"people": -3, "effect": 2}, AcmgClass.LIKELY_BENIGN, id="both sides in a family",
        ),
        pytest.param(
            [finding(C.PP1, ST)], {}, AcmgClass.UNCERTAIN, id="a criterion of no family",
        ),
        pytest.param(
            [Finding(C.PS3, not_met("test")), Finding(C.PM2, not_assessed("test"))], {},
            AcmgClass.UNCERTAIN, id="what is not met opens no family",
        ),
    ],
)  # fmt: skip
def test_what_each_family_counts_and_the_class_of_the_sum(
    findings: list[Finding], families: dict[str, float], value: AcmgClass
) -> None:
    assert by_family(findings, SCHEME) == families
    assert classify(findings, SCHEME) is value
