"""What two people must sign, and what no status may say."""

from datetime import date
from typing import Any

import pytest

from registry_builders import key
from varinterp.model.assessment import AcmgClass, SignedClass
from varinterp.model.diagnosis import UNDIAGNOSED, Diagnosis, DiagnosticLevel
from varinterp.model.prescription import Meeting, MeetingDecision, Prescription
from varinterp.model.reported import (
    FindingState,
    ReportedFinding,
    Signature,
    may_sign,
    state_after,
)
from varinterp.model.sequencing import Coverage, Technique
from varinterp.model.signatures import Signatures

DAY = date(2026, 11, 22)
TWO = Signatures("Martin", "Tremblay")


@pytest.mark.parametrize("second", ["Martin", " martin ", "MARTIN", ""])
def test_one_person_is_not_two(second: str) -> None:
    with pytest.raises(ValueError, match=r"signature|different"):
        Signatures("Martin", second)


@pytest.mark.parametrize(
    "broken",
    [
        {"signatures": None},
        {"investigated_on": None},
        {"level": DiagnosticLevel.IN_PROGRESS},
        {"level": DiagnosticLevel.CONFIRMED},
        {"diseases": (UNDIAGNOSED, "OMIM:616878")},
    ],
)
def test_undiagnosed_is_signed_by_two_at_the_end_of_a_full_investigation(
    broken: dict[str, Any],
) -> None:
    whole: dict[str, Any] = {
        "level": DiagnosticLevel.UNDETERMINED,
        "valid_from": DAY,
        "diseases": (UNDIAGNOSED,),
        "signatures": TWO,
        "investigated_on": DAY,
    }
    assert Diagnosis(**whole).undiagnosed

    with pytest.raises(ValueError, match=r"."):
        Diagnosis(**(whole | broken))


def test_a_confirmed_diagnosis_names_a_disease_and_two_people() -> None:
    with pytest.raises(ValueError, match="names a disease"):
        Diagnosis(DiagnosticLevel.CONFIRMED, DAY, (), TWO)
    with pytest.raises(ValueError, match="two people"):
        Diagnosis(DiagnosticLevel.CONFIRMED, DAY, ("OMIM:616878",))
    assert not Diagnosis(DiagnosticLevel.IN_PROGRESS, DAY).undiagnosed


def test_a_meeting_decides_on_what_it_was_shown() -> None:
    with pytest.raises(ValueError, match="before decides"):
        Prescription(meeting_before=Meeting("R1", DAY, MeetingDecision.NO_DIAGNOSIS))
    with pytest.raises(ValueError, match="after decides"):
        Prescription(meeting_after=Meeting("R2", DAY, MeetingDecision.ACCEPTED))


@pytest.mark.parametrize(
    ("signatures", "amended", "retracted", "state"),
    [
        (0, False, False, FindingState.DRAFT),
        (1, False, False, FindingState.DRAFT),
        (2, False, False, FindingState.SIGNED),
        (2, True, False, FindingState.AMENDED),
        (2, False, True, FindingState.RETRACTED),
        (1, False, True, FindingState.RETRACTED),
    ],
)
def test_a_finding_stands_on_two_signatures(
    signatures: int, amended: bool, retracted: bool, state: FindingState
) -> None:
    made = [Signature("Martin", DAY), Signature("Tremblay", DAY)][:signatures]

    assert state_after(made, amended=amended, retracted=retracted) is state


def test_a_finding_has_a_signed_class_at_the_second_signature_and_not_before() -> None:
    first = finding(Signature("Martin", DAY))
    both = finding(Signature("Martin", DAY), Signature("Tremblay", date(2026, 11, 23)))

    assert first.signed_class is None
    assert not may_sign(first, " martin")
    assert may_sign(first, "Tremblay")
    assert both.signed_class == SignedClass(
        AcmgClass.PATHOGENIC, "Martin", "Tremblay", "2026-11-23"
    )
    assert not may_sign(both, "Nguyen")


def test_techniques_have_the_codes_of_the_national_record() -> None:
    assert [each.code for each in Technique] == ["MED-081", "MED-082", "MED-083", "MED-084"]
    with pytest.raises(ValueError, match="between 0 and 1"):
        Coverage(102.0, 20, 98.5)


def finding(*signatures: Signature) -> ReportedFinding:
    return ReportedFinding(
        id=1,
        case="case-1",
        key=key(),
        assessment=1,
        value=AcmgClass.PATHOGENIC,
        report="R-1",
        report_version=1,
        state=state_after(signatures, amended=False, retracted=False),
        author="Martin",
        drafted_on=DAY,
        signatures=signatures,
    )
