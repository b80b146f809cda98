"""Which criteria a gene specification uses, and up to which strength."""

from dataclasses import replace

import pytest

from core_builders import RULES, Setting
from varinterp.acmg.applicability import inapplicable, strengths_rule, within_allowed
from varinterp.acmg.question import Question
from varinterp.model.evidence import (
    Criterion,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import Rule
from varinterp.model.reads import Reader

SU, MO, ST, VS = (
    Strength.SUPPORTING,
    Strength.MODERATE,
    Strength.STRONG,
    Strength.VERY_STRONG,
)
PANEL = "panel-1"


def asked(*words: str, rules: str = PANEL) -> Question:
    """A question under a specification that states these strengths of PM1; none without words."""
    stated = Rule(words if len(words) != 1 else words[0])
    own = {f"{PANEL}/criterion.PM1.strengths": stated} if words else {}
    setting = Setting(rules={**RULES, **own})
    return Question(replace(setting.key, rules=rules), None, Reader(setting.evidence))


def test_a_criterion_that_a_panel_does_not_use_is_not_assessed() -> None:
    found = inapplicable(Criterion.PM1, asked("not_applicable"))

    assert found == not_assessed("specification.not_applicable", specification=PANEL)


@pytest.mark.parametrize(
    "question",
    [asked("moderate"), asked("moderate", "strong"), asked(), asked("none"),
     asked("not_applicable", rules="core")],
    ids=["one strength", "two", "nothing said", "voided", "no specification"],
)  # fmt: skip
def test_any_other_is_asked(question: Question) -> None:
    assert inapplicable(Criterion.PM1, question) is None


def test_another_criterion_of_the_panel_is_asked() -> None:
    assert inapplicable(Criterion.PM2, asked("not_applicable")) is None


@pytest.mark.parametrize(
    ("allowed", "given", "left"),
    [
        (("moderate",), MO, MO),
        (("moderate",), ST, MO),
        (("moderate", "supporting"), VS, MO),
        (("supporting", "strong"), VS, ST),
        (("supporting", "strong"), MO, SU),
        (("strong", "supporting"), MO, SU),
        (("very_strong", "supporting"), VS, VS),
        (("strong",), MO, None),
        (("stand_alone", "strong"), Strength.STAND_ALONE, Strength.STAND_ALONE),
        (("very_strong",), Strength.STAND_ALONE, VS),
        (("stand_alone", "strong"), VS, ST),
        (("stand_alone",), VS, None),
    ],
)
def test_a_strength_is_lowered_to_one_that_the_panel_allows(
    allowed: tuple[str, ...], given: Strength, left: Strength | None
) -> None:
    question = asked(*allowed)
    found = within_allowed(Criterion.PM1, met(given, "hotspot.in", codon=175), question)

    if left is None:
        assert found == not_met(
            "specification.strength_not_used", specification=PANEL, strength=given
        )
    elif left is given:
        assert found == met(left, "hotspot.in", codon=175)
    else:
        told = {"lowered_from": given, "lowered_because": "specification"}
        assert found == met(left, "hotspot.in", codon=175, **told)


@pytest.mark.parametrize("verdict", [not_met("hotspot.outside"), not_assessed("no_gene")])
def test_an_answer_without_strength_stays(verdict: Verdict) -> None:
    assert within_allowed(Criterion.PM1, verdict, asked("supporting")) is verdict


def test_without_a_word_of_the_panel_every_strength_stands() -> None:
    strong = met(ST, "hotspot.in")

    assert within_allowed(Criterion.PM1, strong, asked()) is strong
    assert within_allowed(Criterion.PM1, strong, asked("none")) is strong
    assert within_allowed(Criterion.PM1, strong, asked("supporting", rules="core")) is strong


def test_the_general_rules_are_never_asked() -> None:
    question = asked("moderate", rules="core")
    inapplicable(Criterion.PM1, question)
    within_allowed(Criterion.PM1, met(MO, "hotspot.in"), question)

    assert question.read.reads == ()


def test_what_a_specification_says_is_read_and_recorded() -> None:
    question = asked("moderate")
    inapplicable(Criterion.PM1, question)

    assert f"{PANEL}/{strengths_rule(Criterion.PM1)}" in {read.key for read in question.read.reads}
    assert strengths_rule(Criterion.PM1) == "criterion.PM1.strengths"
