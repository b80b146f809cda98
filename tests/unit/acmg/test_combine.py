"""The two schemes: their tables, row by row, and the laws that no scheme may break."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import finding
from varinterp.acmg.combine import points, richards2015
from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import (
    Criterion,
    Direction,
    Finding,
    Strength,
    not_assessed,
    not_met,
)

Classify = Callable[[Iterable[Finding]], AcmgClass]
SCHEMES = [
    pytest.param(points.classify, id="points"),
    pytest.param(richards2015.classify, id="2015"),
]
BENIGN, LIKELY_BENIGN = AcmgClass.BENIGN, AcmgClass.LIKELY_BENIGN
UNCERTAIN = AcmgClass.UNCERTAIN
LIKELY_PATHOGENIC, PATHOGENIC = AcmgClass.LIKELY_PATHOGENIC, AcmgClass.PATHOGENIC

USUAL = {
    "VS": Strength.VERY_STRONG,
    "S": Strength.STRONG,
    "M": Strength.MODERATE,
    "P": Strength.SUPPORTING,
    "A": Strength.STAND_ALONE,
}
FOR = tuple(c for c in Criterion if c.direction is Direction.PATHOGENIC)
AGAINST = tuple(c for c in Criterion if c.direction is Direction.BENIGN)


def evidence(text: str) -> list[Finding]:
    """Findings from ``VS M P / P P``: pathogenic before the stroke, benign after it."""
    sides = zip((FOR, AGAINST), text.split("/"), strict=False)
    return [
        finding(criterion, USUAL[word])
        for codes, words in sides
        for criterion, word in zip(codes, words.split(), strict=False)
    ]


@pytest.mark.parametrize(
    ("text", "table", "by_points"),
    [
        # Richards 2015, table 5: pathogenic
        ("VS S", PATHOGENIC, PATHOGENIC),
        ("VS M M", PATHOGENIC, PATHOGENIC),
        ("VS M P", PATHOGENIC, PATHOGENIC),
        ("VS P P", PATHOGENIC, PATHOGENIC),
        ("S S", PATHOGENIC, LIKELY_PATHOGENIC),
        ("S M M M", PATHOGENIC, PATHOGENIC),
        ("S M M P P", PATHOGENIC, PATHOGENIC),
        ("S M P P P P", PATHOGENIC, PATHOGENIC),
        # likely pathogenic
        ("VS M", LIKELY_PATHOGENIC, PATHOGENIC),
        ("S M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("S M M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("S P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("M M M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("M M P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("M P P P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        # no row
        ("", UNCERTAIN, UNCERTAIN),
        ("VS", UNCERTAIN, LIKELY_PATHOGENIC),
        ("VS P", UNCERTAIN, LIKELY_PATHOGENIC),
        ("S P", UNCERTAIN, UNCERTAIN),
        ("M M P", UNCERTAIN, UNCERTAIN),
        ("M P P P", UNCERTAIN, UNCERTAIN),
        ("P P P P P P", UNCERTAIN, LIKELY_PATHOGENIC),
        # benign, likely benign
        ("/ A", BENIGN, BENIGN),
        ("/ S S", BENIGN, BENIGN),
        ("/ S P", LIKELY_BENIGN, LIKELY_BENIGN),
        ("/ P P", LIKELY_BENIGN, LIKELY_BENIGN),
        ("/ P", UNCERTAIN, LIKELY_BENIGN),
        ("/ S", UNCERTAIN, LIKELY_BENIGN),
        ("/ M M", LIKELY_BENIGN, LIKELY_BENIGN),
        ("/ M", UNCERTAIN, LIKELY_BENIGN),
        ("/ VS", UNCERTAIN, BENIGN),
        ("/ VS S", BENIGN, BENIGN),
        # evidence on both sides
        ("VS S / A", UNCERTAIN, BENIGN),
        ("S M / S P", UNCERTAIN, UNCERTAIN),
        ("VS M / P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC),
        ("P / P P", LIKELY_BENIGN, LIKELY_BENIGN),
        # Walker 2023's commonest silent allele, and SVI's PVS1 with PM2
        ("P / P P P", LIKELY_BENIGN, LIKELY_BENIGN),
    ],
)
def test_the_table_and_the_points(text: str, table: AcmgClass, by_points: AcmgClass) -> None:
    assert richards2015.classify(evidence(text)) is table
    assert points.classify(evidence(text)) is by_points


BOUNDARIES = [(12, PATHOGENIC), (10, PATHOGENIC), (9, LIKELY_PATHOGENIC), (6, LIKELY_PATHOGENIC)]
BOUNDARIES += [(5, UNCERTAIN), (0, UNCERTAIN), (-1, LIKELY_BENIGN), (-6, LIKELY_BENIGN)]
BOUNDARIES += [(-7, BENIGN), (-10, BENIGN)]


@pytest.mark.parametrize(("total", "expected"), BOUNDARIES)
def test_the_boundaries_of_the_points(total: int, expected: AcmgClass) -> None:
    codes = FOR if total > 0 else AGAINST
    findings = [finding(code, Strength.SUPPORTING) for code in codes[: abs(total)]]
    if abs(total) > len(findings):
        pytest.fail("too few criteria to reach the total one point at a time")

    assert points.total(findings) == total
    assert points.classify(findings) is expected


@pytest.mark.parametrize(
    ("score", "probability"),
    [
        (-7, 0.0007),
        (-1, 0.0507),
        (0, 0.1),
        (1, 0.1877),
        (5, 0.8121),
        (6, 0.8999),
        (9, 0.9878),
        (10, 0.9941),
    ],
)
def test_the_posterior_of_tavtigian_2018(score: int, probability: float) -> None:
    assert points.posterior(score) == probability


@given(st.integers(-112, 128))
def test_the_posterior_is_a_probability_that_rises_with_the_points(score: int) -> None:
    assert 0 <= points.posterior(score) <= points.posterior(score + 1) <= 1


# The faults of other programs that the strength as a part of a code's name led to.
@pytest.mark.parametrize("classify", SCHEMES)
@pytest.mark.parametrize("strength", [s for s in Strength if s is not Strength.STAND_ALONE])
def test_pm3_at_very_strong_is_not_weaker_than_pm3(classify: Classify, strength: Strength) -> None:
    findings = [
        finding(Criterion.PVS1, Strength.VERY_STRONG),
        finding(Criterion.PM2, Strength.MODERATE),
        finding(Criterion.PM3, strength),
    ]

    assert classify(findings) is PATHOGENIC


@pytest.mark.parametrize("classify", SCHEMES)
def test_two_very_strong_findings_are_pathogenic(classify: Classify) -> None:
    findings = [
        finding(Criterion.PVS1, Strength.VERY_STRONG),
        finding(Criterion.PS2, Strength.VERY_STRONG),
    ]

    assert classify(findings) is PATHOGENIC


def strengths(criterion: Criterion) -> list[Strength]:
    """What a criterion may count as, weakest first; only a benign one stands alone."""
    benign = criterion.direction is Direction.BENIGN
    return [s for s in Strength if benign or s is not Strength.STAND_ALONE]


@st.composite
def met_findings(draw: st.DrawFn) -> list[Finding]:
    chosen = draw(st.lists(st.sampled_from(list(Criterion)), unique=True, max_size=10))
    return [finding(code, draw(st.sampled_from(strengths(code)))) for code in chosen]


@pytest.mark.parametrize("classify", SCHEMES)
@given(findings=met_findings(), code=st.sampled_from(FOR))
def test_raising_a_pathogenic_strength_never_lowers_the_class(
    classify: Classify, findings: list[Finding], code: Criterion
) -> None:
    rest = [each for each in findings if each.criterion is not code]
    ladder = [classify(rest)]
    ladder += [classify([*rest, finding(code, strength)]) for strength in strengths(code)]

    assert all(low.rank <= high.rank for low, high in pairwise(ladder))


@pytest.mark.parametrize("classify", SCHEMES)
@given(findings=met_findings(), code=st.sampled_from(AGAINST))
def test_adding_or_raising_benign_evidence_never_raises_the_class(
    classify: Classify, findings: list[Finding], code: Criterion
) -> None:
    rest = [each for each in findings if each.criterion is not code]
    ladder = [classify(rest)]
    ladder += [classify([*rest, finding(code, strength)]) for strength in strengths(code)]

    assert all(high.rank >= low.rank for high, low in pairwise(ladder))


@pytest.mark.parametrize("classify", SCHEMES)
@given(findings=met_findings(), data=st.data())
def test_order_is_irrelevant(
    classify: Classify, findings: list[Finding], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(findings))

    assert classify(shuffled) is classify(findings)
    assert points.total(shuffled) == points.total(findings)


@pytest.mark.parametrize("classify", SCHEMES)
@given(findings=met_findings(), data=st.data())
def test_what_is_not_met_or_not_assessed_changes_nothing(
    classify: Classify, findings: list[Finding], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(list(Criterion)))
    silent = data.draw(st.sampled_from((not_met("test"), not_assessed("test"))))

    assert classify([*findings, Finding(code, silent)]) is classify(findings)
    assert points.total([*findings, Finding(code, silent)]) == points.total(findings)


@given(findings=met_findings())
def test_the_total_is_the_sum_of_both_sides(findings: list[Finding]) -> None:
    pathogenic = [each for each in findings if each.criterion.direction is Direction.PATHOGENIC]
    benign = [each for each in findings if each.criterion.direction is Direction.BENIGN]

    assert points.total(findings) == points.total(pathogenic) + points.total(benign)
    assert points.total(pathogenic) >= 0 >= points.total(benign)
