"""Consents in the registry: who may be asked what, and what a withdrawal leaves."""

from datetime import date, timedelta

import pytest

from act_builders import (
    CASE,
    CHILD,
    DAY,
    FATHER,
    MOTHER,
    family_result,
    later,
    move_nothing,
    no,
    yes,
)
from registry_builders import register
from varinterp.errors import InputError
from varinterp.model.consent import SHEET, ConsentAnswer, ConsentDecision, ConsentScope
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.consents import Forgetting
from varinterp.registry.store import Registry

AGAIN = ConsentScope.REANALYSIS
PRIMARY = ConsentScope.PRIMARY


def test_a_registered_case_may_be_analysed_and_not_reanalysed_until_somebody_says_so(
    dataset: Dataset,
) -> None:
    assert dataset.allows(CASE, PRIMARY, DAY)
    silent = dataset.allows(CASE, AGAIN, DAY)
    assert (silent.allowed, silent.answer) == (False, ConsentAnswer.SILENT)

    dataset.consent(CASE, [yes(AGAIN, document="CE-2026-118")], author="Roy", at=later())

    assert dataset.allows(CASE, AGAIN, DAY)
    (said,) = dataset.consents(CASE)
    assert (said.decision.document, said.author, said.recorded_at) == (
        "CE-2026-118", "Roy", later(),
    )  # fmt: skip


SECONDARY = ConsentScope.SECONDARY_FINDINGS


def test_of_secondary_findings_the_sheet_is_heard_until_somebody_says_otherwise(
    dataset: Dataset,
) -> None:
    def wanted(*, sheet: bool, on: date = DAY) -> bool:
        return dataset.wants_secondary_findings(CHILD, on, sheet=sheet)

    assert wanted(sheet=True)
    assert not wanted(sheet=False)

    dataset.consent(CASE, [yes(SECONDARY, MOTHER)], author="Roy", at=later())
    assert not wanted(sheet=False)

    dataset.consent(CASE, [yes(SECONDARY)], author="Roy", at=later(1))
    assert wanted(sheet=False)

    dataset.consent(CASE, [no(SECONDARY)], author="Roy", at=later(2))
    assert not wanted(sheet=True)
    assert wanted(sheet=True, on=DAY - timedelta(days=1))


def test_who_withdrew_everything_wants_no_secondary_finding(dataset: Dataset) -> None:
    said = [yes(SECONDARY), no(PRIMARY)]
    dataset.consent(CASE, said, author="Roy", at=later())

    assert not dataset.wants_secondary_findings(CHILD, DAY, sheet=True)


def test_a_word_on_secondary_findings_is_a_reason_to_rank_the_case_again(
    dataset: Dataset, store: Registry
) -> None:
    sheet = [yes(SECONDARY, document=SHEET)]
    dataset.intake(store.case(CASE), author="w", at=later(1), consents=sheet)
    dataset.consent(CASE, [no(SECONDARY, MOTHER), yes(AGAIN)], author="Roy", at=later(2))
    assert not store.states()[0].told_after

    dataset.consent(CASE, [no(SECONDARY)], author="Roy", at=later(3))
    assert store.states()[0].answered_after
    assert not store.states(later(2))[0].answered_after

    move_nothing(store, later(4))
    assert not store.states()[0].told_after


def test_a_word_that_comes_into_force_after_a_ranking_is_a_reason_to_rank_again(
    dataset: Dataset, store: Registry
) -> None:
    """A withdrawal from next week on: what was ranked before that day names findings still."""
    week = DAY + timedelta(days=7)
    dataset.consent(CASE, [yes(SECONDARY), no(SECONDARY, on=week)], author="Roy", at=later(1))
    move_nothing(store, later(2))
    (before,) = store.states()
    assert not before.told_after
    waits = [before.told_by(week + timedelta(days=days)) for days in (-1, 0, 1)]
    assert waits == [False, True, True]

    move_nothing(store, later(7 * 24), run="run-2")
    (after,) = store.states()
    assert not after.told_by(week + timedelta(days=1))


def test_an_analysis_knows_what_was_recorded_before_it(dataset: Dataset, store: Registry) -> None:
    dataset.consent(CASE, [yes(SECONDARY)], author="Roy", at=later(1))
    register(store, family_result(analysis=2), later(2))

    assert not store.states()[0].answered_after


def test_the_same_words_again_write_nothing_and_another_word_is_a_row_of_its_own(
    dataset: Dataset, store: Registry
) -> None:
    for _ in range(3):
        dataset.consent(CASE, [yes(AGAIN)], author="Roy", at=later())
    assert len(dataset.consents(CASE)) == 1
    before = store.verify()
    dataset.consent(CASE, [yes(AGAIN)], author="Roy", at=later(5))
    assert store.verify() == before

    dataset.consent(CASE, [no(AGAIN)], author="Roy", at=later(6))
    dataset.consent(CASE, [yes(AGAIN)], author="Roy", at=later(7))

    assert [each.decision.granted for each in dataset.consents(CASE)] == [True, False, True]
    assert dataset.allows(CASE, AGAIN, DAY)


def test_what_was_allowed_is_asked_by_day_and_as_known_then(dataset: Dataset) -> None:
    dataset.consent(CASE, [yes(AGAIN, on=date(2026, 1, 1))], author="Roy", at=later(1))
    # the form of March reaches the laboratory after the summer
    dataset.consent(CASE, [no(AGAIN, on=date(2026, 3, 1))], author="Roy", at=later(5))

    assert dataset.allows(CASE, AGAIN, date(2026, 2, 1))
    assert not dataset.allows(CASE, AGAIN, date(2026, 4, 1))
    assert dataset.allows(CASE, AGAIN, date(2026, 4, 1), as_of=later(4))


def test_every_case_is_asked_at_once_as_each_alone(dataset: Dataset, store: Registry) -> None:
    register(store, family_result("case-2", family="F-TWO"), later())
    dataset.consent(CASE, [yes(AGAIN)], author="Roy", at=later())
    dataset.consent("case-2", [no(PRIMARY, MOTHER)], author="Roy", at=later())

    for scope in ConsentScope:
        every = dataset.permissions(scope, DAY)
        assert every == {case: dataset.allows(case, scope, DAY) for case in (CASE, "case-2")}
    assert dataset.permissions(AGAIN, DAY)[CASE].deciders == (MOTHER,)


def test_a_relative_who_withdraws_suspends_the_case_and_is_to_be_forgotten(
    dataset: Dataset, store: Registry
) -> None:
    dataset.consent(CASE, [yes(AGAIN)], author="Roy", at=later())

    dataset.consent(CASE, [no(PRIMARY, FATHER)], author="Roy", at=later(2))

    assert dataset.allows(CASE, AGAIN, DAY).deciders == (FATHER,)
    assert dataset.forgetting(DAY) == Forgetting((), ((CASE, FATHER),))
    assert dataset.forgetting(DAY - timedelta(days=1)) == Forgetting()
    assert not store.states()[0].erased


def test_a_case_analysed_anew_without_the_relative_is_suspended_no_more(
    dataset: Dataset, store: Registry
) -> None:
    dataset.consent(CASE, [yes(AGAIN), no(PRIMARY, FATHER)], author="Roy", at=later())
    again = family_result(analysis=2, without=[FATHER])
    register(store, again, later(2))

    dataset.intake(again.case, author="workflow", at=later(2))

    assert dataset.allows(CASE, AGAIN, DAY)


def test_a_proband_who_withdraws_is_erased_and_the_withdrawal_stays(
    dataset: Dataset, store: Registry
) -> None:
    dataset.consent(CASE, [yes(AGAIN), no(PRIMARY)], author="Roy", at=later())

    done = dataset.forget(DAY, author="Roy", at=later(1))

    assert done == Forgetting((CASE,), ())
    assert store.states()[0].erased
    assert not dataset.allows(CASE, AGAIN, DAY)
    assert not dataset.permissions(PRIMARY, DAY)[CASE]
    assert [each.decision.granted for each in dataset.consents(CASE)] == [True, False]
    assert dataset.cases(CASE)[0].erased
    with pytest.raises(InputError, match=r"registry\.erased"):
        dataset.phenotype(CASE)
    # whoever was cut off between registry and cohort store is told the same again
    assert dataset.forget(DAY, author="Roy", at=later(3)) == done
    assert store.verify().broken is None


@pytest.mark.parametrize(
    ("decision", "rule"),
    [
        (yes(AGAIN, "P-STRANGER"), "dataset.person"),
        (yes(AGAIN, document="form of Ms Roy"), "dataset.document"),
    ],
)
def test_a_decision_that_cannot_be_placed_is_refused_whole(
    dataset: Dataset, decision: ConsentDecision, rule: str
) -> None:
    with pytest.raises(InputError) as refusal:
        dataset.consent(CASE, [yes(AGAIN), decision], author="Roy", at=later())

    assert [each.rule for each in refusal.value.faults] == [rule]
    assert "STRANGER" not in str(refusal.value)
    assert dataset.consents(CASE) == ()


def test_the_sheet_speaks_once_and_is_silent_where_it_says_nothing(
    dataset: Dataset, store: Registry
) -> None:
    scope = ConsentScope.SECONDARY_FINDINGS
    told = family_result(secondary_findings=True).case

    for hours in (1, 2):
        dataset.intake(told, author="workflow", at=later(hours))
    assert dataset.allows(CASE, scope, DAY)
    assert len(dataset.consents(CASE)) == 1

    dataset.intake(family_result().case, author="workflow", at=later(3))
    assert dataset.allows(CASE, scope, DAY)


def test_a_sheet_never_undoes_what_a_person_said(dataset: Dataset) -> None:
    first = family_result().case
    told = [yes(AGAIN, on=date(2026, 1, 1))]
    dataset.intake(first, author="workflow", at=later(1), consents=told)
    assert dataset.allows(CASE, AGAIN, DAY)
    dataset.consent(CASE, [no(AGAIN, on=date(2026, 6, 1))], author="Roy", at=later(2))

    # nobody corrected the sheet: its yes comes in again, dated later than the withdrawal
    for on in (date(2026, 1, 1), DAY):
        dataset.intake(first, author="workflow", at=later(3), consents=[yes(AGAIN, on=on)])

    assert not dataset.allows(CASE, AGAIN, DAY)
    assert len(dataset.consents(CASE)) == 2


def test_a_persons_word_holds_in_each_of_their_cases(dataset: Dataset, store: Registry) -> None:
    register(store, family_result("case-2", family="F-TWO"), later())
    dataset.intake(family_result("case-2", family="F-TWO").case, author="workflow", at=later())
    dataset.intake(family_result().case, author="workflow", at=later())

    dataset.consent("case-2", [no(PRIMARY, MOTHER)], author="Roy", at=later(2))

    assert not dataset.allows(CASE, PRIMARY, DAY)
    assert dataset.forgetting(DAY).people == ((CASE, MOTHER), ("case-2", MOTHER))
    assert CHILD not in {person for _, person in dataset.forgetting(DAY).people}
