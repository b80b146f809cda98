"""Dated observations: what stands of a patient, what was corrected, and as of when."""

from datetime import date

import pytest

from act_builders import (
    ATAXIA,
    CASE,
    DAY,
    HYPOTONIA,
    SEIZURES,
    family_result,
    later,
    move_nothing,
)
from registry_builders import register
from varinterp.errors import InputError
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.phenotype import Phenotype
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

SEEN, EXCLUDED = ObservationState.OBSERVED, ObservationState.EXCLUDED


def seen(term: str, on: date = DAY) -> Observation:
    return Observation(term, SEEN, on)


def test_a_first_observation_adds_to_what_the_analysis_began_with(
    dataset: Dataset, store: Registry
) -> None:
    assert dataset.phenotype(CASE) is None
    assert not store.states()[0].observed_after

    dataset.observe(
        CASE, [seen(SEIZURES), Observation(ATAXIA, EXCLUDED, DAY)], author="Roy", at=later()
    )

    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA, SEIZURES], [ATAXIA])
    assert store.states()[0].observed_after


def test_what_stands_is_not_written_twice(dataset: Dataset, store: Registry) -> None:
    assert len(dataset.observe(CASE, [seen(SEIZURES)] * 2, author="Roy", at=later())) == 1
    before = store.verify()

    assert dataset.observe(CASE, [seen(SEIZURES)], author="Roy", at=later(2)) == ()
    assert store.verify() == before


def test_a_correction_is_a_row_that_points_at_the_wrong_one(dataset: Dataset) -> None:
    (wrong,) = dataset.observe(CASE, [seen(SEIZURES)], author="Roy", at=later(1))

    right = dataset.correct(CASE, wrong, seen(ATAXIA), author="Roy", at=later(2))

    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA, ATAXIA])
    assert dataset.phenotype(CASE, as_of=later(1.5)) == Phenotype.of([HYPOTONIA, SEIZURES])
    every = dataset.observations(CASE, corrected=True)
    assert [(each.id, each.corrects) for each in every[1:]] == [(wrong, None), (right, wrong)]
    assert wrong not in {each.id for each in dataset.observations(CASE)}


def test_a_withdrawn_statement_leaves_what_was_said_before_it(dataset: Dataset) -> None:
    dataset.observe(CASE, [seen(SEIZURES, date(2024, 1, 1))], author="Roy", at=later(1))
    (wrong,) = dataset.observe(
        CASE, [Observation(SEIZURES, EXCLUDED, date(2025, 1, 1))], author="Roy", at=later(2)
    )
    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA], [SEIZURES])

    gone = Observation(SEIZURES, ObservationState.WITHDRAWN, date(2025, 1, 1))
    assert dataset.correct(CASE, wrong, gone, author="Roy", at=later(3)) is not None
    assert dataset.correct(CASE, wrong, gone, author="Roy", at=later(4)) is None

    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA, SEIZURES])


def test_a_statement_is_corrected_once_and_one_that_is_not_there_never(dataset: Dataset) -> None:
    (wrong,) = dataset.observe(CASE, [seen(SEIZURES)], author="Roy", at=later(1))
    dataset.correct(CASE, wrong, seen(ATAXIA), author="Roy", at=later(2))

    for number, right, rule in (
        (wrong, seen(HYPOTONIA), "dataset.corrected"),
        (999, seen(HYPOTONIA), "dataset.observation"),
    ):
        with pytest.raises(InputError) as refusal:
            dataset.correct(CASE, number, right, author="Roy", at=later(3))
        assert [each.rule for each in refusal.value.faults] == [rule]
        assert "HP:" not in str(refusal.value)


def test_a_new_analysis_withdraws_the_sheets_terms_and_keeps_the_clinics(
    dataset: Dataset, store: Registry
) -> None:
    dataset.intake(family_result(observed=[HYPOTONIA, ATAXIA]).case, author="w", at=later(1))
    dataset.observe(CASE, [seen(SEIZURES)], author="Roy", at=later(2))
    again = family_result(analysis=2, observed=[HYPOTONIA])
    register(store, again, later(3))

    for hours in (3, 4):
        dataset.intake(again.case, author="w", at=later(hours))

    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA, SEIZURES])
    assert len(dataset.observations(CASE, corrected=True)) == 4


def test_an_analysis_of_the_sheet_does_not_know_what_the_clinic_said_before_it(
    dataset: Dataset, store: Registry
) -> None:
    dataset.observe(CASE, [seen(SEIZURES)], author="Roy", at=later(2))
    register(store, family_result(analysis=2), later(3))

    assert store.states()[0].observed_after
    move_nothing(store, later(4))
    assert not store.states()[0].observed_after


def test_a_bare_withdrawal_and_an_author_without_a_name_are_refused(dataset: Dataset) -> None:
    gone = Observation(SEIZURES, ObservationState.WITHDRAWN, DAY)
    with pytest.raises(InputError, match=r"dataset\.observation"):
        dataset.observe(CASE, [gone], author="Roy", at=later())
    with pytest.raises(InputError, match=r"dataset\.author"):
        dataset.observe(CASE, [seen(SEIZURES)], author=" ", at=later())
