"""Prescriptions, milestones, samples and messages: the last word counts, the others are kept."""

from dataclasses import replace
from datetime import date

from act_builders import CASE, CHILD, DAY, MOTHER, family_result, later
from registry_builders import register
from varinterp.model.milestone import LifePeriod, Milestone, MilestoneKind
from varinterp.model.prescription import (
    LaboratoryReport,
    Meeting,
    MeetingDecision,
    Prescription,
)
from varinterp.model.sequencing import Coverage, Sequencing, Technique
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.notifications import Notification
from varinterp.registry.store import Registry

ASKED = Prescription(
    pre_indication="PI-12",
    id="SPICE-2026-004711",
    prescribed_on=date(2026, 3, 2),
    prescriber="DR-7",
    meeting_before=Meeting("RCP-881", date(2026, 2, 20), MeetingDecision.ACCEPTED),
)


def test_a_prescription_grows_and_its_past_is_kept(dataset: Dataset, store: Registry) -> None:
    assert dataset.prescription(CASE) is None
    dataset.prescribe(CASE, ASKED, author="Roy", at=later(1))
    assert dataset.prescribe(CASE, ASKED, author="Roy", at=later(2)) is None
    reported = replace(
        ASKED,
        report=LaboratoryReport("CR-5512", 2, date(2026, 7, 1)),
        meeting_after=Meeting("RCP-934", date(2026, 7, 3), MeetingDecision.DIAGNOSIS_RETAINED),
    )
    dataset.prescribe(CASE, reported, author="Roy", at=later(3))

    assert dataset.prescription(CASE) == reported
    assert dataset.prescription(CASE, as_of=later(2.5)) == ASKED
    assert dataset.prescriptions() == {CASE: reported}
    # a version that is taken back is a version like the others
    assert dataset.prescribe(CASE, ASKED, author="Roy", at=later(4)) is not None
    assert store.verify().broken is None


def test_milestones_are_one_a_kind(dataset: Dataset) -> None:
    first = Milestone(MilestoneKind.FIRST_SIGNS, LifePeriod.NEONATAL)
    dated = Milestone(MilestoneKind.FIRST_SIGNS, LifePeriod.LIFETIME, 31, date(2019, 5, 1))

    dataset.milestone(CASE, first, author="Roy", at=later(1))
    assert dataset.milestone(CASE, first, author="Roy", at=later(2)) is None
    dataset.milestone(CASE, dated, author="Roy", at=later(3))

    assert dataset.milestones(CASE) == {MilestoneKind.FIRST_SIGNS: dated}
    assert dataset.milestones(CASE, as_of=later(2)) == {MilestoneKind.FIRST_SIGNS: first}


def test_samples_are_told_by_person_and_analysis(dataset: Dataset) -> None:
    plain = Sequencing(CHILD, 1, ("a" * 64,))
    known = replace(plain, technique=Technique.PANGENOMIC, coverage=Coverage(41.25, 20, 0.98))
    mother = Sequencing(MOTHER, 1, ("b" * 64,))

    dataset.intake(family_result().case, author="w", at=later(1), sequencing=[plain, mother])
    dataset.intake(family_result().case, author="w", at=later(2), sequencing=[plain, mother])
    dataset.sequenced(CASE, [known], author="Roy", at=later(3))

    assert dataset.sequencing(CASE) == (known, mother)
    assert dataset.sequencing(CASE, as_of=later(2)) == (plain, mother)


def test_a_message_is_recorded_once_a_recipient(dataset: Dataset) -> None:
    sent = Notification("mail", "geneticist@example.org", "0" * 64, (3, 1))

    assert dataset.notified(sent, author="job", at=later(1))
    assert not dataset.notified(sent, author="job", at=later(2))
    assert dataset.was_notified("mail", "geneticist@example.org", "0" * 64)
    assert not dataset.was_notified("mail", "other@example.org", "0" * 64)
    assert dataset.notifications() == ((later(1), replace(sent, events=(1, 3))),)


def test_an_erased_case_leaves_no_prescription(dataset: Dataset, store: Registry) -> None:
    register(store, family_result("case-2", family="F-TWO"), later())
    for case in (CASE, "case-2"):
        dataset.prescribe(case, ASKED, author="Roy", at=later(1))

    store.erase(CASE, later(2), "Roy")

    assert dataset.prescriptions() == {"case-2": ASKED}
    assert DAY.isoformat() not in str(dataset.prescriptions().keys())
