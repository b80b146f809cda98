"""What must not be counted twice: each pair of the rules, either way round, and the caps."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import pytest

from core_builders import RULES, Setting, finding
from varinterp.acmg.exclusive import CAPPED, EXCLUSIVE, Together, counted_once, once, together
from varinterp.acmg.question import Question
from varinterp.model.evidence import (
    Criterion,
    Finding,
    Reason,
    Strength,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import Rule
from varinterp.model.reads import Kind, Read, Reader

SU, MO, ST, VS = (
    Strength.SUPPORTING,
    Strength.MODERATE,
    Strength.STRONG,
    Strength.VERY_STRONG,
)
C = Criterion
PAIRS = [
    *(("PVS1", "PM4"), ("PVS1", "PP3"), ("PVS1", "PM1"), ("PVS1", "PP2"), ("PS1", "PM5")),
    *(("PS2", "PM6"), ("PM1", "PP2"), ("BA1", "BS1"), ("BP3", "PM4")),
]


def every(*found: Finding) -> tuple[Finding, ...]:
    given = {each.criterion: each for each in found}
    return tuple(given.get(code, Finding(code, not_assessed("test"))) for code in C)


def counted(*found: Finding, rules: Mapping[str, Rule] | None = None) -> dict[Criterion, Finding]:
    beside = Question(Setting().key, None, Reader(Setting(rules=rules or RULES).evidence))
    return {each.criterion: each for each in once(every(*found), beside)}


def strength(code: Criterion) -> Strength:
    return Strength.STAND_ALONE if code is C.BA1 else MO


def test_the_rules_name_the_pairs_that_the_guidelines_name() -> None:
    named = [tuple(pair.split()) for pair in RULES[EXCLUSIVE].value]  # type: ignore[union-attr]

    assert set(PAIRS) <= set(named)
    assert "PM1 PP3 4" in RULES[CAPPED].value  # type: ignore[operator]
    assert "PVS1 PS3 8" in RULES[CAPPED].value  # type: ignore[operator]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_of_two_that_say_the_same_the_first_stands(first: str, second: str) -> None:
    one, other = C(first), C(second)
    found = counted(finding(one, strength(one)), finding(other, SU))

    assert found[one] == finding(one, strength(one))
    assert found[other].verdict == not_met("exclusive.counted_as", by=first)
    assert counted(finding(other, SU))[other] == finding(other, SU)
    assert counted(finding(one, strength(one)))[one] == finding(one, strength(one))


def test_one_that_is_not_counted_takes_nothing_from_a_third() -> None:
    found = counted(finding(C.PVS1, VS), finding(C.PM1, MO), finding(C.PP2, SU))

    assert [code for code in (C.PVS1, C.PM1, C.PP2) if found[code].met] == [C.PVS1]
    assert found[C.PP2].verdict.reason["by"] == "PVS1"


def test_a_finding_keeps_what_it_read_and_that_it_was_constructed() -> None:
    read = Read("revel", "a key", Kind.POINT, "a digest")
    scored = Finding(C.PP3, met(SU, "test"), (read,), constructed=True)
    found = counted(finding(C.PVS1, VS), scored)[C.PP3]

    assert (found.reads, found.constructed, found.met) == ((read,), True, False)


@pytest.mark.parametrize(
    ("pm1", "pp3", "left"),
    [
        (SU, SU, (SU, SU)),
        (MO, MO, (MO, MO)),
        (MO, SU, (MO, SU)),
        (MO, ST, (None, ST)),
        (ST, MO, (ST, None)),
        (ST, ST, (None, ST)),
        (SU, ST, (None, ST)),
        (ST, SU, (ST, None)),
        (None, ST, (None, ST)),
        (None, VS, (None, VS)),
    ],
)
def test_a_hot_spot_and_a_predictor_count_four_points_together(
    pm1: Strength | None, pp3: Strength, left: tuple[Strength | None, Strength | None]
) -> None:
    given = [finding(C.PP3, pp3)] + ([] if pm1 is None else [finding(C.PM1, pm1)])
    found = counted(*given)

    assert (found[C.PM1].strength, found[C.PP3].strength) == left
    for code, other in ((C.PM1, "PP3"), (C.PP3, "PM1")):
        gave_way = found[code].verdict.reason == Reason.of("exclusive.capped", by=other)
        was_met = code is C.PP3 or pm1 is not None
        assert gave_way is (was_met and not found[code].met)


@pytest.mark.parametrize(
    ("pvs1", "ps3", "left"),
    [
        pytest.param(VS, ST, (VS, None), id="TP53, RUNX1: not beside a full PVS1"),
        pytest.param(VS, SU, (VS, None), id="not even supporting"),
        pytest.param(ST, ST, (ST, ST), id="RUNX1: a strong PVS1 becomes very strong"),
        pytest.param(ST, MO, (ST, MO), id="strong and moderate"),
        pytest.param(SU, ST, (SU, ST), id="a lost start that an assay shows to matter"),
        pytest.param(MO, VS, (None, VS), id="the weaker one gives way"),
    ],
)
def test_a_null_allele_and_its_assay_count_very_strong_at_most(
    pvs1: Strength, ps3: Strength, left: tuple[Strength | None, Strength | None]
) -> None:
    found = counted(finding(C.PVS1, pvs1), finding(C.PS3, ps3))

    assert (found[C.PVS1].strength, found[C.PS3].strength) == left


@pytest.mark.parametrize(
    ("most", "left"),
    [(1, None), (4, None), (5, SU), (6, MO), (7, MO), (8, ST), (12, ST)],
)
def test_the_weaker_one_keeps_what_fits(most: int, left: Strength | None) -> None:
    pairs = together((), (f"PM1 PP3 {most}",))
    found = counted_once(every(finding(C.PM1, ST), finding(C.PP3, ST)), pairs)
    kept = {each.criterion: each for each in found}

    assert kept[C.PM1].strength is left
    assert kept[C.PP3].strength is ST
    if left is not None:
        assert kept[C.PM1].verdict.reason.key == "test"


def test_a_lowered_one_keeps_its_reason() -> None:
    pairs = together((), ("PM1 PP3 6",))
    found = counted_once(every(finding(C.PM1, ST), finding(C.PP3, MO)), pairs)

    assert {each.criterion: each.strength for each in found if each.met} == {C.PM1: ST, C.PP3: MO}
    tight = counted_once(
        every(finding(C.PM1, VS), finding(C.PP3, ST)), together((), ("PM1 PP3 9",))
    )
    kept = {each.criterion: each.verdict for each in tight}[C.PP3]
    assert kept == met(SU, "test", lowered_from=ST, lowered_because="together")


def test_benign_points_are_capped_like_pathogenic_ones() -> None:
    pairs = together((), ("BP4 BP7 4",))
    found = counted_once(every(finding(C.BP4, ST), finding(C.BP7, SU)), pairs)

    assert [each.criterion for each in found if each.met] == [C.BP4]


def test_the_order_of_the_findings_makes_no_difference() -> None:
    four = (finding(C.PVS1, VS), finding(C.PM1, MO), finding(C.PP3, ST), finding(C.PM5, MO))
    pairs = together(RULES[EXCLUSIVE].value, RULES[CAPPED].value)
    results = [
        {each.criterion: each for each in counted_once((*order, *_silent(order)), pairs)}
        for order in permutations(four)
    ]

    assert all(result == results[0] for result in results)


def _silent(order: tuple[Finding, ...]) -> list[Finding]:
    there = {each.criterion for each in order}
    return [Finding(code, not_assessed("test")) for code in C if code not in there]


def test_the_pairs_are_read_from_words() -> None:
    assert together(("PVS1 PM4",), ("PM1 PP3 4",)) == Together(
        ((C.PVS1, C.PM4),), (((C.PM1, C.PP3), 4),)
    )
    for wrong in (("PVS1",), ("PVS1 PM4 PM5",), ("PVS1 XX9",)):
        with pytest.raises(ValueError, match=r"unpack|Criterion"):
            together(wrong, ())
    for wrong in (("PM1 PP3",), ("PM1 PP3 four",)):
        with pytest.raises(ValueError, match=r"unpack|int"):
            together((), wrong)


def test_nothing_is_lost_or_added() -> None:
    found = counted(finding(C.PVS1, VS))

    assert list(found) == list(C)


def test_both_rules_are_read() -> None:
    read = {each.key for each in Setting().assess().reads}

    assert {EXCLUSIVE, CAPPED} <= read


def test_a_specification_adds_pairs_of_its_own() -> None:
    own = {"panel/evidence.exclusive_also": Rule(("PM1 PM5",))}
    setting = Setting(specification="panel", rules={**RULES, **own})
    two = every(finding(C.PM1, MO), finding(C.PM5, MO))
    for rules, left in (("panel", {C.PM1}), ("core", {C.PM1, C.PM5})):
        beside = Question(replace(setting.key, rules=rules), None, Reader(setting.evidence))
        assert {each.criterion for each in once(two, beside) if each.met} == left
