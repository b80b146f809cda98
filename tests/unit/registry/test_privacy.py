"""Nothing of a patient reaches a log or a message."""

import logging
import sqlite3
import traceback
from pathlib import Path

import pytest

from registry_builders import assessment, key, register, result, url
from varinterp.errors import InputError, InternalError, StageError
from varinterp.model.assessment import AcmgClass, SignedClass
from varinterp.model.case import CaseResult
from varinterp.registry import database
from varinterp.registry.store import Registry

CANARY = "CANARY_PATIENT"


def test_the_most_talkative_log_holds_no_patient(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    registry = Registry.open(url(path))
    register(registry, _patient())
    register(registry, _patient())
    registry.current(CANARY)
    registry.history(key(CANARY))
    registry.assessments_reading("gnomad", "22-20061538-G-A")

    assert CANARY not in caplog.text
    assert "20061538" not in caplog.text
    assert "OMIM" not in caplog.text


def test_a_refused_row_is_not_quoted(registry: Registry) -> None:
    same = SignedClass(AcmgClass.BENIGN, CANARY, CANARY, "2026-07-01")

    with pytest.raises(InternalError, match="SQLITE_CONSTRAINT_CHECK") as refusal:
        register(registry, result([assessment(key(CANARY), signed=same)], case=CANARY))

    _assert_silent(refusal.value)


def test_an_unknown_name_is_not_repeated(registry: Registry) -> None:
    with pytest.raises(InputError) as refusal:
        registry.current(CANARY)

    _assert_silent(refusal.value)


def test_a_busy_registry_says_what_to_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    registry = Registry.open(url(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StageError, match="registering twice is harmless") as refusal:
        register(registry, _patient())
    other.close()

    _assert_silent(refusal.value)


def test_an_altered_document_is_noticed_and_not_quoted(registry: Registry, path: Path) -> None:
    register(registry, _patient())
    _tamper(path, "document = replace(document, '\"points\":1', '\"points\":9')")

    with pytest.raises(StageError, match="does not match its digest") as refusal:
        registry.current(CANARY)
    _assert_silent(refusal.value)

    _tamper(path, "document = substr(document, 1, 900)")
    with pytest.raises(StageError, match="cannot be read") as refusal:
        registry.current(CANARY)
    _assert_silent(refusal.value)

    _tamper(path, "schema_version = 99")
    with pytest.raises(StageError, match="schema version 99"):
        registry.current(CANARY)


def _patient() -> CaseResult:
    return result(
        [assessment(key(CANARY))], case=CANARY, indication=f"{CANARY}, HP:0003201", family=CANARY
    )


def _tamper(path: Path, change: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER IF EXISTS assessment_no_update")
    connection.execute(f"UPDATE assessment SET {change}")  # noqa: S608
    connection.commit()
    connection.close()


def _assert_silent(error: BaseException) -> None:
    told = "".join(traceback.format_exception(error))
    assert CANARY not in told.replace(f'"{CANARY}"', "")
