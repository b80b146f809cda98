"""What the registry holds of a case comes out as the exports take it."""

from pathlib import Path

import pytest

from act_builders import (
    ATAXIA,
    CASE,
    CHILD,
    DAY,
    FATHER,
    HYPOTONIA,
    MORNING,
    MOTHER,
    add_event,
    family_result,
    later,
    stated,
    yes,
)
from export_builders import TANGO2_DISEASE
from registry_builders import key, register
from varinterp.model.assessment import AcmgClass
from varinterp.model.consent import ConsentScope
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.milestone import LifePeriod, Milestone, MilestoneKind
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.prescription import Prescription
from varinterp.model.sequencing import Sequencing, Technique
from varinterp.registry.dataset import Dataset
from varinterp.registry.exports.collect import subjects
from varinterp.registry.exports.parquet import parquet_export
from varinterp.registry.exports.phenopacket import phenopacket
from varinterp.registry.exports.record import Subject
from varinterp.registry.store import Registry

MARTIN, TREMBLAY = "A. Martin", "S. Tremblay"


@pytest.fixture
def dataset(registry: Registry) -> Dataset:
    register(registry, family_result(), MORNING)
    return Dataset(registry)


def _one(dataset: Dataset) -> Subject:
    (found,) = subjects(dataset, DAY, CASE)
    return found


def _sign(dataset: Dataset, value: AcmgClass = AcmgClass.PATHOGENIC, *, hours: float = 1) -> int:
    (version,) = dataset.registry.current(CASE)
    number = dataset.draft(CASE, stated(value), version.id, author=MARTIN, at=later(hours))
    dataset.sign(CASE, number, reader=MARTIN, on=DAY, at=later(hours))
    dataset.sign(CASE, number, reader=TREMBLAY, on=DAY, at=later(hours))
    return number


def test_a_case_that_nobody_said_anything_of_has_its_document(dataset: Dataset) -> None:
    found = _one(dataset)

    assert found.document == dataset.registry.result(CASE)
    assert found.record.findings == ()
    assert found.record.diagnosis is None
    assert found.phenotype.observed == (HYPOTONIA,)


def test_everything_that_people_said_is_in_the_record(dataset: Dataset) -> None:
    child = Sequencing(CHILD, 1, ("a" * 64,), Technique.PANGENOMIC)
    first = Milestone(MilestoneKind.FIRST_SIGNS, LifePeriod.NEONATAL, 0)
    dataset.consent(CASE, [yes(ConsentScope.RESEARCH)], author=MARTIN, at=later())
    dataset.prescribe(CASE, Prescription("myopathy", "E-1"), author=MARTIN, at=later())
    dataset.milestone(CASE, first, author=MARTIN, at=later())
    dataset.sequenced(CASE, [child], author=MARTIN, at=later())
    dataset.observe(
        CASE, [Observation(ATAXIA, ObservationState.OBSERVED, DAY)], author=MARTIN, at=later()
    )
    add_event(dataset.registry)
    found = _one(dataset)

    assert [each.scope for each in found.record.consents] == [ConsentScope.RESEARCH]
    assert found.record.prescription == Prescription("myopathy", "E-1")
    assert found.record.milestone(MilestoneKind.FIRST_SIGNS) == first
    assert found.techniques == (Technique.PANGENOMIC,)
    assert ATAXIA in found.phenotype.observed
    assert len(found.record.events) == 1


def test_a_draft_is_no_finding_and_a_retracted_one_no_more(dataset: Dataset) -> None:
    (version,) = dataset.registry.current(CASE)
    dataset.draft(CASE, stated(AcmgClass.BENIGN), version.id, author=MARTIN, at=later(0.5))
    assert _one(dataset).record.findings == ()

    number = _sign(dataset)
    (found,) = _one(dataset).record.findings
    assert (found.key, found.value, found.report) == (key(), AcmgClass.PATHOGENIC, "CR-5512 v1")
    assert found.signatures.first == MARTIN

    dataset.retract(CASE, number, author=MARTIN, reason="wrong tube", on=DAY, at=later(3))
    assert _one(dataset).record.findings == ()


def test_an_erased_case_has_its_name_alone(dataset: Dataset) -> None:
    dataset.registry.erase(CASE, later(), MARTIN)
    found = _one(dataset)

    assert found.result is None
    assert found.record.erased
    assert found.record.consents == ()


def test_what_was_recorded_later_is_not_there_as_of_before(dataset: Dataset) -> None:
    _sign(dataset, hours=2)

    (found,) = subjects(dataset, DAY, CASE, as_of=later(1))
    assert found.record.findings == ()


def test_the_whole_registry_is_exported_in_order(dataset: Dataset, tmp_path: Path) -> None:
    register(dataset.registry, family_result("case-0", family="F-TWO"), later())
    done = parquet_export(subjects(dataset, DAY), DAY, tmp_path)

    assert [each.case for each in done.withheld] == ["case-0", CASE]


def test_a_signed_case_becomes_a_phenopacket(dataset: Dataset) -> None:
    said = [
        yes(scope, person)
        for scope in (ConsentScope.PRIMARY, ConsentScope.RESEARCH)
        for person in (CHILD, FATHER, MOTHER)
    ]
    dataset.consent(CASE, said, author=MARTIN, at=later())
    _sign(dataset)
    text = phenopacket(_one(dataset), DAY)

    assert f'"id": "{TANGO2_DISEASE}"' in text
    assert '"acmgPathogenicityClassification": "PATHOGENIC"' in text
    assert '"progressStatus": "IN_PROGRESS"' in text
    assert DiagnosticLevel.CONFIRMED not in text
