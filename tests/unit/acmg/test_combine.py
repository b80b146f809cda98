"""The three schemes: their tables, row by row, and the laws that no scheme may break."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import RULES, SCHEMES, Setting, finding, schemes_of
from varinterp.acmg.combine import points, table
from varinterp.acmg.combine.classes import combination, machine_class
from varinterp.acmg.combine.points import TAVTIGIAN, Scale
from varinterp.acmg.combine.schemes import ACGS, RICHARDS_2015, SCALE, schemes, table_rules
from varinterp.acmg.combine.table import Opposed, Table, rows, weights
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.assessment import AcmgClass, Uncertainty
from varinterp.model.evidence import (
    Criterion,
    Direction,
    Finding,
    Reason,
    Strength,
    not_assessed,
    not_met,
)
from varinterp.model.facts import RULE, Rule
from varinterp.model.reads import Reader

Classify = Callable[[Iterable[Finding]], AcmgClass]


def by_points(findings: Iterable[Finding]) -> AcmgClass:
    return points.classify(findings, SCHEMES.scale)


def by_table(findings: Iterable[Finding]) -> AcmgClass:
    return table.classify(weights(findings), SCHEMES.richards2015)


def by_acgs(findings: Iterable[Finding]) -> AcmgClass:
    return table.classify(weights(findings), SCHEMES.acgs)


def strict(findings: Iterable[Finding]) -> AcmgClass:
    return table.classify(weights(findings), replace(SCHEMES.richards2015, opposed=Opposed.ANY))


CLASSIFIERS = [
    pytest.param(by_points, id="points"),
    pytest.param(by_table, id="2015"),
    pytest.param(by_acgs, id="acgs"),
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


# Published worked examples. Posteriors to three or four decimals: Tavtigian 2018, PMID 29300386,
# table of the guideline's own rules, at a prior of 0.1; None where it gives none.
TAVTIGIAN_2018 = [
    # Richards 2015, PMID 25741868, table 5: evidence, table, points, ACGS, posterior
    pytest.param("VS S", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.999, id="pathogenic (i) a"),
    pytest.param("VS M M", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.999, id="pathogenic (i) b"),
    pytest.param("VS M P", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.997, id="pathogenic (i) c"),
    pytest.param("VS P P", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.994, id="pathogenic (i) d"),
    pytest.param(
        *("S S", PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.975),
        id="pathogenic (ii), the rule that is likely pathogenic by its odds",
    ),
    pytest.param("S M M M", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.994, id="pathogenic (iii) a"),
    pytest.param("S M M P P", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.994, id="pathogenic (iii) b"),
    pytest.param("S M P P P P", PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.994, id="pathogenic (iii) c"),
    pytest.param(
        *("VS M", LIKELY_PATHOGENIC, PATHOGENIC, PATHOGENIC, 0.994),
        id="likely pathogenic (i), the rule that is pathogenic by its odds",
    ),
    pytest.param(
        *("S M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.900),
        id="likely pathogenic (ii), one moderate",
    ),
    pytest.param(
        *("S M M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, None),
        id="likely pathogenic (ii), two moderate",
    ),
    pytest.param(
        *("S P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.900),
        id="likely pathogenic (iii)",
    ),
    pytest.param(
        *("M M M", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.900),
        id="likely pathogenic (iv)",
    ),
    pytest.param(
        *("M M P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.900),
        id="likely pathogenic (v)",
    ),
    pytest.param(
        *("M P P P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.900),
        id="likely pathogenic (vi)",
    ),
    pytest.param("/ A", BENIGN, BENIGN, BENIGN, None, id="benign (i), stand-alone"),
    pytest.param("/ S S", BENIGN, BENIGN, BENIGN, 0.0003, id="benign (ii)"),
    pytest.param(
        *("/ S P", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, 0.0028), id="likely benign (i)"
    ),
    pytest.param(
        *("/ P P", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, 0.025), id="likely benign (ii)"
    ),
]

OTHERS = [
    # ClinGen SVI, PM2 version 1.0, September 2020: PVS1 with PM2 as supporting, 0.988
    ("VS P", UNCERTAIN, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, 0.988),
    # Short of a row
    ("", UNCERTAIN, UNCERTAIN, UNCERTAIN, 0.1),
    ("VS", UNCERTAIN, LIKELY_PATHOGENIC, UNCERTAIN, None),
    ("S", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("S P", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("M M", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("M M P", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("M P P P", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("P P P P P P", UNCERTAIN, LIKELY_PATHOGENIC, UNCERTAIN, None),
    ("P P P P P P P P P P", UNCERTAIN, PATHOGENIC, UNCERTAIN, None),
    ("S M M P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, None),
    ("S M P P P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, None),
    ("S P P P P P P", LIKELY_PATHOGENIC, PATHOGENIC, LIKELY_PATHOGENIC, None),
    # ACGS v4.01, table 3: three strong, and two with a moderate or two supporting
    ("S S S", PATHOGENIC, PATHOGENIC, PATHOGENIC, None),
    ("S S M", PATHOGENIC, PATHOGENIC, PATHOGENIC, None),
    ("S S P P", PATHOGENIC, PATHOGENIC, PATHOGENIC, None),
    ("S S P", PATHOGENIC, LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, None),
    # A stronger finding fills the place of a weaker one
    ("VS VS", PATHOGENIC, PATHOGENIC, PATHOGENIC, None),
    ("/ VS S", BENIGN, BENIGN, BENIGN, None),
    ("/ M M", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, None),
    ("/ S M", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, None),
    # One benign finding, which is likely benign by points alone
    ("/ P", UNCERTAIN, LIKELY_BENIGN, UNCERTAIN, None),
    ("/ M", UNCERTAIN, LIKELY_BENIGN, UNCERTAIN, None),
    ("/ S", UNCERTAIN, LIKELY_BENIGN, UNCERTAIN, None),
    ("/ VS", UNCERTAIN, BENIGN, UNCERTAIN, None),
    # Evidence on both sides: points add, the tables look at each side
    ("VS S / A", UNCERTAIN, BENIGN, UNCERTAIN, None),
    ("S / A", BENIGN, BENIGN, BENIGN, None),
    ("S M / S P", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("VS M / S P", UNCERTAIN, UNCERTAIN, UNCERTAIN, None),
    ("VS M M / S P", UNCERTAIN, LIKELY_PATHOGENIC, UNCERTAIN, None),
    ("VS M / P", LIKELY_PATHOGENIC, LIKELY_PATHOGENIC, PATHOGENIC, None),
    ("S M M / S", LIKELY_PATHOGENIC, UNCERTAIN, LIKELY_PATHOGENIC, None),
    ("P / P P", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, None),
    # Walker 2023's commonest silent allele: absent, with BP4 and BP7
    ("P / P P P", LIKELY_BENIGN, LIKELY_BENIGN, LIKELY_BENIGN, None),
]


@pytest.mark.parametrize(
    ("text", "in_2015", "in_points", "in_acgs", "probability"), [*TAVTIGIAN_2018, *OTHERS]
)
def test_published_combinations(
    text: str,
    in_2015: AcmgClass,
    in_points: AcmgClass,
    in_acgs: AcmgClass,
    probability: float | None,
) -> None:
    findings = evidence(text)
    machine = machine_class(findings, SCHEMES)

    assert machine.richards2015 is in_2015
    assert machine.points is in_points
    assert machine.acgs is in_acgs
    if probability is not None:
        found = points.posterior(points.total(findings))
        assert found == pytest.approx(probability, abs=0.0011)


# A reading of the table of 2015 as the guideline writes it, by counts; the rows are data.


def literally(very_strong: int, strong: int, moderate: int, supporting: int) -> AcmgClass:
    beyond = max(very_strong - 1, 0)
    strong, very = strong + beyond, very_strong >= 1
    if (
        (very and (strong >= 1 or moderate >= 2 or (moderate and supporting) or supporting >= 2))
        or strong >= 2
        or (
            strong
            and (
                moderate >= 3
                or (moderate >= 2 and supporting >= 2)
                or (moderate >= 1 and supporting >= 4)
            )
        )
    ):
        return PATHOGENIC
    likely = (
        (very and moderate)
        or (strong and (moderate or supporting >= 2))
        or moderate >= 3
        or (moderate >= 2 and supporting >= 2)
        or (moderate >= 1 and supporting >= 4)
    )
    return LIKELY_PATHOGENIC if likely else UNCERTAIN


def test_the_rows_are_the_table_of_2015_whatever_is_met() -> None:
    for counts in product(range(3), range(4), range(5), range(6)):
        words = [word for word, count in zip(("VS", "S", "M", "P"), counts, strict=True)
                 for _ in range(count)]  # fmt: skip
        assert by_table(evidence(" ".join(words))) is literally(*counts), counts


# The scale


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
    assert by_points(findings) is expected
    assert TAVTIGIAN.of(total) is expected


@pytest.mark.parametrize(
    ("score", "tier"),
    [
        *((-1, None), (0, Uncertainty.LOW), (1, Uncertainty.LOW), (2, Uncertainty.MID)),
        *((3, Uncertainty.MID), (4, Uncertainty.HIGH), (5, Uncertainty.HIGH), (6, None)),
    ],
)
def test_the_thirds_of_uncertain_of_eldomery_2024(score: int, tier: Uncertainty | None) -> None:
    assert TAVTIGIAN.uncertainty(score) is tier


@pytest.mark.parametrize(
    ("score", "up", "down"),
    [
        (14, None, (LIKELY_PATHOGENIC, 5)),
        (10, None, (LIKELY_PATHOGENIC, 1)),
        (9, (PATHOGENIC, 1), (UNCERTAIN, 4)),
        (6, (PATHOGENIC, 4), (UNCERTAIN, 1)),
        (5, (LIKELY_PATHOGENIC, 1), (LIKELY_BENIGN, 6)),
        (0, (LIKELY_PATHOGENIC, 6), (LIKELY_BENIGN, 1)),
        (-1, (UNCERTAIN, 1), (BENIGN, 6)),
        (-6, (UNCERTAIN, 6), (BENIGN, 1)),
        (-7, (LIKELY_BENIGN, 1), None),
        (-20, (LIKELY_BENIGN, 14), None),
    ],
)
def test_how_far_the_next_class_is(
    score: int, up: tuple[AcmgClass, int] | None, down: tuple[AcmgClass, int] | None
) -> None:
    assert TAVTIGIAN.up(score) == up
    assert TAVTIGIAN.down(score) == down


def test_the_rules_hold_the_scale_of_tavtigian_2020() -> None:
    assert SCHEMES.scale == TAVTIGIAN == Scale(10, 6, 4, 2, -1, -7)


@pytest.mark.parametrize(
    "wrong",
    [
        *((6, 6, 4, 2, -1, -7), (10, 4, 4, 2, -1, -7), (10, 6, 2, 2, -1, -7)),
        *((10, 6, 4, -1, -1, -7), (10, 6, 4, 2, -7, -7), (6, 10, 4, 2, -1, -7)),
    ],
)
def test_a_scale_whose_classes_do_not_follow_one_another_is_refused(
    wrong: tuple[float, ...],
) -> None:
    with pytest.raises(ValueError, match="do not follow one another"):
        Scale(*wrong)


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


# Why the schemes differ


DIFFER = [
    ("VS P", "no_row"),
    ("VS", "no_row"),
    ("VS M", "other_line"),
    ("S S", "other_line"),
    ("S P P P P P P", "other_line"),
    ("/ P", "single_benign"),
    ("/ VS", "single_benign"),
    ("/ S M P", "benign_sum"),
    ("VS S / A", "stand_alone"),
    ("VS M M / S P", "contradictory"),
    ("VS M / P", "opposed"),
    ("S M M / S", "opposed"),
    ("VS P / P", "opposed"),
]


@pytest.mark.parametrize(("text", "why"), DIFFER)
def test_why_the_schemes_differ_is_said(text: str, why: str) -> None:
    findings = evidence(text)
    machine = machine_class([*findings, Finding(Criterion.BP6, not_met("test"))], SCHEMES)

    assert machine.differ == Reason.of(
        f"combine.{why}",
        sum_of_points=points.total(findings),
        combination=combination(weights(findings)),
    )


def test_what_is_met_is_said_strongest_first_and_pathogenic_before_benign() -> None:
    told = combination(weights(evidence("P VS P / S")))

    assert told == "pathogenic 1 very_strong, pathogenic 2 supporting, benign 1 strong"


@pytest.mark.parametrize("text", ["", "S M", "VS S", "/ A", "/ P P", "P / P P"])
def test_where_all_agree_there_is_nothing_to_say(text: str) -> None:
    assert machine_class(evidence(text), SCHEMES).differ is None


@given(st.data())
def test_a_reason_is_given_exactly_where_two_schemes_differ(data: st.DataObject) -> None:
    findings = data.draw(met_findings())
    machine = machine_class(findings, SCHEMES)

    assert (machine.differ is None) is (
        len({machine.points, machine.richards2015, machine.acgs}) == 1
    )


# Tables are data


def test_rows_are_read_from_words() -> None:
    assert rows(("1 very_strong, 2 moderate", "1 stand_alone", "3 supporting")) == (
        (0, 1, 1, 3, 3),
        (1, 1, 1, 1, 1),
        (0, 0, 0, 0, 3),
    )


@pytest.mark.parametrize(
    "wrong", ["", "1", "strong", "one strong", "0 strong", "1 strong,1 moderate", "-1 strong",
              "1 strong, 1 strong", "1 convincing", "1 strong 1 moderate"],
)  # fmt: skip
def test_a_row_in_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"row|Strength"):
        rows((wrong,))


def test_any_opposing_evidence_can_be_told_to_make_a_class_uncertain() -> None:
    assert strict(evidence("VS M / P")) is UNCERTAIN
    assert strict(evidence("P / P P")) is UNCERTAIN
    assert strict(evidence("VS M")) is LIKELY_PATHOGENIC
    assert strict(evidence("/ P P")) is LIKELY_BENIGN


def test_the_schemes_of_the_rules_are_what_an_assessment_is_put_to() -> None:
    eased = {
        **RULES,
        "scheme.richards2015.likely_pathogenic": Rule(("1 very_strong, 1 supporting",)),
        "scheme.points.pathogenic": Rule(9.0),
    }
    changed = schemes_of(eased)
    machine = machine_class(evidence("VS P"), changed)

    assert machine.richards2015 is LIKELY_PATHOGENIC
    assert machine.points is PATHOGENIC
    assert machine.acgs is LIKELY_PATHOGENIC
    assert changed.acgs == SCHEMES.acgs


def test_rules_say_what_opposing_evidence_does_to_one_table() -> None:
    changed = schemes_of({**RULES, "scheme.richards2015.opposed": Rule(("any",))})
    machine = machine_class(evidence("VS M / P"), changed)

    assert machine.richards2015 is UNCERTAIN
    assert machine.acgs is machine_class(evidence("VS M / P"), SCHEMES).acgs is not UNCERTAIN


@pytest.mark.parametrize("rule", [*SCALE, *table_rules(RICHARDS_2015), *table_rules(ACGS)])
def test_a_scheme_is_read_and_recorded_whole(rule: str) -> None:
    read = {read.key for read in Setting().assess().reads if read.source == RULE.source}

    assert rule in read
    with pytest.raises(InternalError, match=rule.replace(".", r"\.")):
        schemes_of({name: value for name, value in RULES.items() if name != rule})


def test_the_way_to_a_limit_between_two_points_is_told() -> None:
    scale = replace(points.TAVTIGIAN, pathogenic=9.5, benign=-3.5)
    assert scale.up(9) == (AcmgClass.PATHOGENIC, 1)
    assert scale.down(-3) == (AcmgClass.BENIGN, 1)


def test_a_specification_brings_its_own_rows() -> None:
    own = "tango2-panel/scheme.richards2015.likely_pathogenic"
    key = replace(Setting().key, rules="tango2-panel")
    setting = Setting(rules={**RULES, own: Rule(("1 very_strong",))})
    found = schemes(Question(key, None, Reader(setting.evidence)))

    assert table.classify(weights(evidence("VS")), found.richards2015) is LIKELY_PATHOGENIC
    assert found.scale == TAVTIGIAN


# Laws


@pytest.mark.parametrize("classify", CLASSIFIERS)
@pytest.mark.parametrize("strength", [s for s in Strength if s is not Strength.STAND_ALONE])
def test_pm3_at_very_strong_is_not_weaker_than_pm3(classify: Classify, strength: Strength) -> None:
    findings = [
        finding(Criterion.PVS1, Strength.VERY_STRONG),
        finding(Criterion.PM2, Strength.MODERATE),
        finding(Criterion.PM3, strength),
    ]

    assert classify(findings) is PATHOGENIC


@pytest.mark.parametrize("classify", CLASSIFIERS)
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


@pytest.mark.parametrize("classify", CLASSIFIERS)
@settings(max_examples=60)
@given(findings=met_findings(), code=st.sampled_from(FOR))
def test_raising_a_pathogenic_strength_never_lowers_the_class(
    classify: Classify, findings: list[Finding], code: Criterion
) -> None:
    rest = [each for each in findings if each.criterion is not code]
    ladder = [classify(rest)]
    ladder += [classify([*rest, finding(code, strength)]) for strength in strengths(code)]

    assert all(low.rank <= high.rank for low, high in pairwise(ladder))


@pytest.mark.parametrize("classify", CLASSIFIERS)
@settings(max_examples=60)
@given(findings=met_findings(), code=st.sampled_from(AGAINST))
def test_adding_or_raising_benign_evidence_never_raises_the_class(
    classify: Classify, findings: list[Finding], code: Criterion
) -> None:
    rest = [each for each in findings if each.criterion is not code]
    ladder = [classify(rest)]
    ladder += [classify([*rest, finding(code, strength)]) for strength in strengths(code)]

    assert all(high.rank >= low.rank for high, low in pairwise(ladder))


@pytest.mark.parametrize("classify", CLASSIFIERS)
@settings(max_examples=40)
@given(findings=met_findings(), data=st.data())
def test_order_is_irrelevant(
    classify: Classify, findings: list[Finding], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(findings))

    assert classify(shuffled) is classify(findings)
    assert machine_class(shuffled, SCHEMES) == machine_class(findings, SCHEMES)


@pytest.mark.parametrize("classify", CLASSIFIERS)
@settings(max_examples=40)
@given(findings=met_findings(), data=st.data())
def test_what_is_not_met_or_not_assessed_changes_nothing(
    classify: Classify, findings: list[Finding], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(list(Criterion)))
    silent = data.draw(st.sampled_from((not_met("test"), not_assessed("test"))))

    assert classify([*findings, Finding(code, silent)]) is classify(findings)
    assert points.total([*findings, Finding(code, silent)]) == points.total(findings)


@settings(max_examples=40)
@given(findings=met_findings())
def test_the_total_is_the_sum_of_both_sides(findings: list[Finding]) -> None:
    pathogenic = [each for each in findings if each.criterion.direction is Direction.PATHOGENIC]
    benign = [each for each in findings if each.criterion.direction is Direction.BENIGN]

    assert points.total(findings) == points.total(pathogenic) + points.total(benign)
    assert points.total(pathogenic) >= 0 >= points.total(benign)


def test_a_table_without_rows_reaches_nothing() -> None:
    nothing = Table({value: () for value in AcmgClass})

    assert table.classify(weights(evidence("VS VS")), nothing) is UNCERTAIN
    assert table.reached(weights(evidence("VS / A")), SCHEMES.acgs) == table.Reached(
        None, BENIGN, frozenset(Direction)
    )
