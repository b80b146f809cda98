"""A signed finding tells of itself, an amendment corrects it and a retraction takes it back."""

import json
from dataclasses import replace
from datetime import date

import pytest

from registry_builders import MORNING, key, register, result
from varinterp.model.assessment import AcmgClass
from varinterp.model.diagnosis import Diagnosis, DiagnosticLevel
from varinterp.model.reported import FindingState, ReportedFinding, Signature
from varinterp.model.signatures import Signatures
from varinterp.registry.cases import live_key
from varinterp.registry.outbox_acts import (
    diagnosis_signed,
    finding_retracted,
    finding_signed,
)
from varinterp.registry.outbox_delivery import Outbox
from varinterp.registry.outbox_tables import MessageKind
from varinterp.registry.store import Registry

DAY = date(2026, 7, 4)
FINDING = ReportedFinding(
    id=1,
    case="case-1",
    key=key(),
    assessment=1,
    value=AcmgClass.PATHOGENIC,
    report="CR-1",
    report_version=1,
    state=FindingState.SIGNED,
    author="A. Reader",
    drafted_on=DAY,
    signatures=(Signature("A. Reader", DAY), Signature("B. Reader", DAY)),
)


@pytest.fixture
def box(registry: Registry) -> Outbox:
    register(registry, result())
    return Outbox(registry)


def _signed(registry: Registry, finding: ReportedFinding) -> str:
    with registry.batch("act", "A. Reader", MORNING) as batch:
        return finding_signed(batch, live_key(batch.connection, "case-1"), finding, DAY)


def _retracted(registry: Registry, finding: ReportedFinding) -> str | None:
    with registry.batch("act", "A. Reader", MORNING) as batch:
        return finding_retracted(batch, live_key(batch.connection, "case-1"), finding)


def test_a_report_a_correction_and_a_retraction_follow_one_another(
    registry: Registry, box: Outbox
) -> None:
    amended = replace(FINDING, id=2, value=AcmgClass.UNCERTAIN, report_version=2, amends=1)
    first = _signed(registry, FINDING)
    second = _signed(registry, amended)
    _retracted(registry, amended)
    messages = box.messages("case-1")

    assert [(each.kind, each.corrects) for each in messages] == [
        (MessageKind.REPORT, None),
        (MessageKind.CORRECTION, first),
        (MessageKind.RETRACTION, second),
    ]
    assert json.loads(messages[1].content or "")["class"] == "uncertain_significance"


def test_signing_and_retracting_again_tells_nothing_new(registry: Registry, box: Outbox) -> None:
    assert _signed(registry, FINDING) == _signed(registry, FINDING)
    assert _retracted(registry, FINDING) == _retracted(registry, FINDING)
    assert len(box.messages()) == 2


def test_what_was_never_told_is_not_taken_back(registry: Registry, box: Outbox) -> None:
    assert _retracted(registry, FINDING) is None
    assert box.messages() == ()


def test_an_amendment_of_what_was_never_told_is_a_report(registry: Registry, box: Outbox) -> None:
    _signed(registry, replace(FINDING, id=2, amends=1))

    assert [each.kind for each in box.messages()] == [MessageKind.REPORT]


def test_a_diagnosis_corrects_the_one_before_and_the_same_is_told_once(
    registry: Registry, box: Outbox
) -> None:
    names = Signatures("A. Reader", "B. Reader")
    probable = Diagnosis(DiagnosticLevel.PROBABLE, DAY, ("OMIM:616878",), names)
    confirmed = replace(probable, level=DiagnosticLevel.CONFIRMED)
    for diagnosis in (probable, probable, confirmed, confirmed, probable):
        with registry.batch("act", "A. Reader", MORNING) as batch:
            diagnosis_signed(batch, live_key(batch.connection, "case-1"), diagnosis)
    messages = box.messages()

    assert [json.loads(each.content or "")["level"] for each in messages] == [
        "probable",
        "confirmed",
        "probable",
    ]
    assert [each.corrects for each in messages] == [None, messages[0].id, messages[1].id]
    assert _signed(registry, FINDING) not in {each.id for each in messages}


def test_readers_are_not_named(registry: Registry, box: Outbox) -> None:
    _signed(registry, FINDING)

    assert "Reader" not in (box.messages()[0].content or "")
