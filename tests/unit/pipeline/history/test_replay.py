"""A stored conclusion is replayed from its own slice; what differs is the code's and is shown."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import varinterp.pipeline.history.replay as replay_module
from core_builders import (
    HET,
    RULES,
    Setting,
    calls,
    comparator,
    consequence,
    frequency,
    missense,
    predictions,
    trio,
)
from varinterp import __version__
from varinterp.acmg.assess import assess
from varinterp.errors import InternalError
from varinterp.model.assessment import AcmgClass, Assessment, SignedClass
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Criterion, Strength, met
from varinterp.model.facts import Coverage
from varinterp.model.transcript import Term
from varinterp.pipeline.history.replay import Likeness, Replay, consulted, replay

SETTINGS = (
    Setting(consequence=missense(), frequency=frequency(3)),
    Setting(consequence=missense(), coverage=Coverage(True), comparators=(comparator("E"),)),
    Setting(consequence=missense(), predictions=predictions(revel=0.95)),
    Setting(consequence=consequence(Term.STOP_GAINED, cds_position=460)),
    Setting(
        consequence=missense(),
        assertion=Assertion((Significance.PATHOGENIC,), ("a disease",), 2),
        family=trio(),
        genotypes=calls(proband=HET, father=HET, mother=HET),
    ),
    Setting(inheritance=None),
    Setting(consequence=missense(), consulted=frozenset({"clinvar", "gnomad"})),
    Setting(consequence=missense(), consulted=frozenset({"assertion.vkgl", "mitomap"})),
)


def slice_of(setting: Setting, stored: Assessment) -> dict[tuple[str, str], Any]:
    return setting.evidence.slice(stored.reads)


def again(setting: Setting, software: str = __version__) -> Replay:
    stored = setting.assess()
    return replay(stored, slice_of(setting, stored), RULES, software)


@given(st.sampled_from(SETTINGS))
def test_the_same_version_concludes_the_same_from_the_slice_alone(setting: Setting) -> None:
    found = again(setting)
    assert found.likeness is Likeness.SAME
    assert found.now is not None
    assert found.now.digest == found.stored.digest


def test_the_stored_assessment_is_returned_as_it_was() -> None:
    stored = SETTINGS[0].assess()
    assert replay(stored, {}, RULES, "0.0.1").stored is stored


def test_a_signature_is_peoples_and_makes_no_difference() -> None:
    setting = SETTINGS[0]
    signed = SignedClass(AcmgClass.PATHOGENIC, "A", "B", "2026-01-01")
    stored = replace(setting.assess(), signed=signed)
    found = replay(stored, slice_of(setting, stored), RULES, __version__)
    assert found.likeness is Likeness.SAME
    assert found.now is not None
    assert found.now.signed == signed


@pytest.fixture
def changed_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version in which PM2 counts as moderate."""

    def other(*arguments: Any) -> Assessment:
        made = assess(*arguments)
        findings = tuple(
            replace(each, verdict=met(Strength.MODERATE, each.verdict.reason.key))
            if each.criterion is Criterion.PM2
            else each
            for each in made.findings
        )
        return replace(made, findings=findings, points=made.points + 1)

    monkeypatch.setattr(replay_module, "assess", other)


@pytest.mark.usefixtures("changed_code")
def test_another_version_says_that_the_code_differs_and_shows_which_criterion() -> None:
    found = again(SETTINGS[0], software="0.0.1")
    assert found.likeness is Likeness.CODE_DIFFERS
    assert found.software == "0.0.1"
    (compared,) = found.criteria
    assert compared.criterion is Criterion.PM2
    assert compared.before.strength is Strength.SUPPORTING
    assert compared.after.strength is Strength.MODERATE
    assert found.now is not None
    assert found.now.points == found.stored.points + 1


@pytest.mark.usefixtures("changed_code")
def test_the_version_that_made_it_has_no_excuse() -> None:
    assert again(SETTINGS[0]).likeness is Likeness.NOT_REPRODUCED


def test_facts_that_only_this_version_asks_for_are_named() -> None:
    setting = SETTINGS[1]
    stored = setting.assess()
    kept = tuple(read for read in stored.reads if read.source != "clinvar.codon")
    older = replace(
        stored,
        reads=kept,
        findings=tuple(
            replace(each, reads=tuple(read for read in each.reads if read in kept))
            for each in stored.findings
        ),
    )
    found = replay(older, setting.evidence.slice(kept), RULES, "0.0.1")
    assert found.likeness is Likeness.CODE_DIFFERS
    assert {source for source, _ in found.unrecorded} == {"clinvar.codon"}


def test_a_rule_that_was_not_in_force_then_stops_the_replay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asks(*_: Any) -> Assessment:
        raise InternalError("the rules in force have no such rule")

    monkeypatch.setattr(replay_module, "assess", asks)
    found = again(SETTINGS[0], software="0.0.1")
    assert found.likeness is Likeness.NOT_REPLAYABLE
    assert found.now is None


def test_a_source_that_was_not_at_hand_then_is_not_at_hand_in_the_replay() -> None:
    without = Setting(consequence=missense(), consulted=frozenset()).assess()
    asked = {read.source for read in without.reads if read.key == "*" and read.absent}
    assert asked
    assert not asked & consulted(without.reads)
