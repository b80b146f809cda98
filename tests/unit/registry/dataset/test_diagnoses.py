"""Diagnostic status: two people, and never the program; in the functions and in the database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from act_builders import CASE, DAY, later, stated
from varinterp.errors import InputError, InternalError
from varinterp.model.diagnosis import UNDIAGNOSED, Diagnosis, DiagnosticLevel
from varinterp.model.signatures import Signatures
from varinterp.registry.cases import live_key
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.diagnosis_rows import Proposal, Statement
from varinterp.registry.dataset_tables import DIAGNOSIS, FINDING_ACT
from varinterp.registry.store import Registry

NOTHING = Statement(DiagnosticLevel.UNDETERMINED, DAY, (UNDIAGNOSED,), DAY, "RCP-934")
FOUND = Statement(DiagnosticLevel.CONFIRMED, DAY, ("OMIM:616878",))
TWO = Signatures("Martin", "Tremblay")


def insert(store: Registry, table: sa.Table, row: dict[str, Any]) -> None:
    """Write a row past the functions that check it."""
    with store.batch("act", "a program", later(3)) as batch:
        key = live_key(batch.connection, CASE)
        batch.add_private(table, key, [({"case_id": key.case_id, **row}, "{}")])


def test_a_status_is_proposed_by_one_and_enacted_by_another(
    dataset: Dataset, store: Registry
) -> None:
    first = dataset.propose_diagnosis(CASE, NOTHING, reader="Martin", at=later(1))
    again = dataset.propose_diagnosis(CASE, NOTHING, reader=" martin", at=later(2))
    assert isinstance(first, Proposal)
    assert again == first
    assert dataset.diagnosis(CASE, DAY) is None
    assert [each.reader for each in dataset.proposed_diagnoses()] == ["Martin"]

    dataset.propose_diagnosis(CASE, NOTHING, reader="Tremblay", at=later(3))

    found = dataset.diagnosis(CASE, DAY)
    assert found is not None
    assert found.undiagnosed
    assert found.signatures == TWO
    assert dataset.proposed_diagnoses(CASE) == ()
    assert dataset.diagnosis(CASE, DAY, as_of=later(2)) is None
    assert store.verify().broken is None


def test_other_words_are_another_proposal(dataset: Dataset) -> None:
    dataset.propose_diagnosis(CASE, NOTHING, reader="Martin", at=later(1))
    dataset.propose_diagnosis(
        CASE, replace(NOTHING, report="RCP-935"), reader="Tremblay", at=later(2)
    )

    assert dataset.diagnosis(CASE, DAY) is None
    assert len(dataset.proposed_diagnoses(CASE)) == 2


def test_a_case_that_is_solved_later_is_replaced_and_its_past_kept(dataset: Dataset) -> None:
    dataset.diagnose(CASE, NOTHING.signed(TWO), author="Martin", at=later(1))
    solved = replace(FOUND, valid_from=date(2026, 9, 1)).signed(TWO)

    dataset.diagnose(CASE, solved, author="Martin", at=later(2))

    assert dataset.diagnosis(CASE, date(2026, 9, 2)) == solved
    before = dataset.diagnosis(CASE, date(2026, 8, 1))
    assert before is not None
    assert before.undiagnosed
    assert len(dataset.diagnoses(CASE)) == 2


def test_a_signed_status_is_not_followed_by_an_unsigned_one(dataset: Dataset) -> None:
    working = Diagnosis(DiagnosticLevel.IN_PROGRESS, DAY)
    assert dataset.diagnose(CASE, working, author="Martin", at=later(1)) is not None
    assert dataset.diagnose(CASE, working, author="Martin", at=later(2)) is None
    dataset.diagnose(CASE, FOUND.signed(TWO), author="Martin", at=later(3))

    with pytest.raises(InputError, match=r"diagnosis\.signed"):
        dataset.diagnose(CASE, working, author="Martin", at=later(4))


def test_a_case_with_a_signed_pathogenic_finding_is_not_undiagnosed(
    dataset: Dataset, store: Registry
) -> None:
    (version,) = store.current(CASE)
    number = dataset.draft(CASE, stated(), version.id, author="Martin", at=later(1))
    for reader in ("Martin", "Tremblay"):
        dataset.sign(CASE, number, reader=reader, on=DAY, at=later(2))

    with pytest.raises(InputError, match=r"dataset\.undiagnosed_finding"):
        dataset.diagnose(CASE, NOTHING.signed(TWO), author="Martin", at=later(3))

    dataset.retract(CASE, number, author="Martin", reason="swap", on=DAY, at=later(4))
    dataset.diagnose(CASE, NOTHING.signed(TWO), author="Martin", at=later(5))


def test_what_rd_code_does_not_allow_is_not_proposed(dataset: Dataset) -> None:
    with pytest.raises(InputError, match=r"dataset\.statement"):
        dataset.propose_diagnosis(
            CASE, replace(NOTHING, investigated_on=None), reader="Martin", at=later(1)
        )
    with pytest.raises(InputError, match=r"dataset\.program"):
        dataset.propose_diagnosis(CASE, NOTHING, reader="varinterp", at=later(1))
    with pytest.raises(InputError, match=r"dataset\.program"):
        dataset.diagnose(
            CASE, NOTHING.signed(Signatures("Martin", "varinterp")), author="job", at=later(1)
        )


BROKEN: tuple[dict[str, Any], ...] = (
    {"signatory1": None},
    {"signatory2": None},
    {"signatory2": "martin"},
    {"signatory2": "varinterp reanalyse"},
    {"investigated_on": None},
    {"level": "in_progress"},
    {"level": "solved"},
)
SEATS: tuple[dict[str, Any], ...] = (
    {"signatory": "martin", "seat": 2},
    {"signatory": "tremblay", "seat": 1},
    {"signatory": "tremblay", "seat": 3},
    {"signatory": "varinterp", "seat": 2},
    {"signatory": "tremblay", "seat": None},
)


def test_the_database_itself_refuses_an_unsigned_undiagnosed_case(
    dataset: Dataset, store: Registry
) -> None:
    whole = {
        "level": "undetermined",
        "undiagnosed": True,
        "signatory1": "martin",
        "signatory2": "tremblay",
        "investigated_on": DAY,
        "valid_from": DAY,
    }

    for broken in BROKEN:
        with pytest.raises(InternalError, match="refused a row"):
            insert(store, DIAGNOSIS, {**whole, **broken})

    assert dataset.diagnoses(CASE) == ()


def test_the_database_itself_refuses_one_person_on_two_seats(
    dataset: Dataset, store: Registry
) -> None:
    (version,) = store.current(CASE)
    number = dataset.draft(CASE, stated(), version.id, author="Martin", at=later(1))
    dataset.sign(CASE, number, reader="Martin", on=DAY, at=later(2))

    for second in SEATS:
        row = {"finding_id": number, "act": "sign", "valid_from": DAY, **second}
        with pytest.raises(InternalError, match="refused a row"):
            insert(store, FINDING_ACT, row)

    assert dataset.signed(CASE) == {}
