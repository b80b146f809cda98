"""A diagnostic status follows signed acts, and its history is kept."""

from datetime import date

import pytest

from varinterp.errors import InputError
from varinterp.model.diagnosis import UNDIAGNOSED, Diagnosis, DiagnosticLevel
from varinterp.model.signatures import Signatures
from varinterp.reanalysis.diagnosing import diagnosed, status_on, with_status

PEOPLE = Signatures("Ada", "Ben")
BEGUN = Diagnosis(DiagnosticLevel.IN_PROGRESS, date(2024, 1, 1))
NONE_FOUND = Diagnosis(
    DiagnosticLevel.UNDETERMINED,
    date(2025, 1, 1),
    (UNDIAGNOSED,),
    PEOPLE,
    investigated_on=date(2024, 12, 1),
)
FOUND = Diagnosis(DiagnosticLevel.CONFIRMED, date(2026, 11, 22), ("OMIM:616878",), PEOPLE)
HISTORY = (BEGUN, NONE_FOUND, FOUND)


def test_a_signed_finding_replaces_the_undiagnosed_status_and_keeps_it() -> None:
    history = with_status((BEGUN, NONE_FOUND), FOUND)

    assert history == HISTORY
    assert status_on(history, date(2025, 6, 1)) == NONE_FOUND
    assert status_on(history, date(2026, 12, 1)) == FOUND


def test_nobody_has_a_status_before_anybody_said_so() -> None:
    assert status_on(HISTORY, date(2023, 1, 1)) is None
    assert status_on((), date(2026, 1, 1)) is None


def test_of_two_of_one_day_the_one_signed_later_holds() -> None:
    other = Diagnosis(DiagnosticLevel.PROBABLE, FOUND.valid_from, ("OMIM:100000",), PEOPLE)

    assert status_on((FOUND, other), FOUND.valid_from) == other


def test_an_unsigned_word_does_not_undo_a_signed_one() -> None:
    with pytest.raises(InputError):
        with_status((NONE_FOUND,), Diagnosis(DiagnosticLevel.IN_PROGRESS, date(2026, 1, 1)))


def test_a_status_may_follow_an_unsigned_one_and_a_signed_one_may_be_signed_away() -> None:
    later = Diagnosis(DiagnosticLevel.IN_PROGRESS, date(2026, 1, 1), signatures=PEOPLE)

    assert with_status((BEGUN,), BEGUN) == (BEGUN, BEGUN)
    assert with_status((NONE_FOUND,), later) == (NONE_FOUND, later)
    assert with_status((), BEGUN) == (BEGUN,)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 6, 1), False), (date(2025, 6, 1), False), (date(2027, 1, 1), True)],
)
def test_a_case_is_diagnosed_when_people_signed_a_disease(day: date, expected: bool) -> None:
    assert diagnosed(HISTORY, day) is expected
