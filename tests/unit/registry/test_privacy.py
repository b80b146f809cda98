"""Nothing of a patient, and no password, reaches a log or a message."""

import logging
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from postgres import WITH_PASSWORD, Cluster
from registry_builders import EVENING, MORNING, assessment, key, register, result
from registry_databases import Database
from registry_moves import move_on
from varinterp.errors import InputError, InternalError, StageError
from varinterp.model.case import CaseResult
from varinterp.registry import refusals
from varinterp.registry.batch import CHAIN_LOCK
from varinterp.registry.schema import METADATA
from varinterp.registry.store import Registry

CANARY = "CANARY_PATIENT"
PASSWORD = "correct-horse"  # noqa: S105 (of nobody)


def test_the_most_talkative_log_holds_no_patient(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    registry = Registry.open(database.url)
    register(registry, _patient())
    register(registry, _patient())
    registry.current(CANARY)
    registry.result(CANARY)
    registry.history(key(CANARY))
    register(registry, result([assessment()]))
    move_on(registry, EVENING)
    registry.events()
    registry.verify()

    assert CANARY not in caplog.text
    assert "20061538" not in caplog.text
    assert "OMIM" not in caplog.text


def test_a_refused_row_is_not_quoted(registry: Registry) -> None:
    register(registry, _patient())
    case, basis = METADATA.tables["case_"], METADATA.tables["basis"]
    same = {name: CANARY for name in ("pseudonym", "family", "proband", "indication_digest")}

    with (
        pytest.raises(InternalError, match="refused a row") as refusal,
        registry.batch("test", "test", MORNING) as batch,
    ):
        batch.add(case, same)
    _assert_silent(refusal.value)
    with (
        pytest.raises(InternalError, match="refused a row") as refusal,
        registry.batch("test", "test", MORNING) as batch,
    ):
        batch.add(basis, {"digest": None, "software": CANARY, "rules": CANARY})
    _assert_silent(refusal.value)


def test_an_unknown_name_is_not_repeated(registry: Registry) -> None:
    with pytest.raises(InputError) as refusal:
        registry.current(CANARY)

    _assert_silent(refusal.value)


def test_a_busy_registry_says_what_to_do(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "BUSY_SECONDS", 0.2)
    registry = Registry.open(database.url)
    with (
        _holding_the_lock(database),
        pytest.raises(StageError, match="registering twice is harmless") as refusal,
    ):
        register(registry, _patient())

    _assert_silent(refusal.value)


def test_an_altered_document_is_noticed_and_not_quoted(
    registry: Registry, database: Database
) -> None:
    register(registry, _patient())
    database.drop_triggers("assessment")
    cut = {"sqlite": "substr(payload, 1, 90)", "postgresql": "substring(payload FROM 1 FOR 90)"}
    database.ask(f"UPDATE assessment SET payload = {cut[database.engine]}")  # noqa: S608

    with pytest.raises(StageError, match="row 1 of assessment was altered") as refusal:
        registry.current(CANARY)
    _assert_silent(refusal.value)


def test_a_payload_that_was_moved_to_another_row_is_noticed(
    registry: Registry, database: Database
) -> None:
    register(registry, result([assessment()]))
    register(registry, result([assessment(af=0.5)], analysis=2))
    database.drop_triggers("assessment")
    database.ask(
        "UPDATE assessment SET payload = (SELECT payload FROM assessment WHERE id = 1) WHERE id = 2"
    )

    with pytest.raises(StageError, match="row 2 of assessment was altered"):
        registry.current("case-1")


def test_a_server_that_is_down_is_said_and_the_password_is_not() -> None:
    with pytest.raises(StageError, match="does not answer") as refusal:
        Registry.open(f"postgresql+psycopg://job:{PASSWORD}@127.0.0.1:1/registry")

    assert PASSWORD not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize("user", ["stranger", WITH_PASSWORD])
def test_a_refused_login_is_said_and_the_password_is_not(cluster: Cluster, user: str) -> None:
    with closing(cluster.connect()) as owner:
        owner.execute(f"DROP ROLE IF EXISTS {WITH_PASSWORD}".encode())
        owner.execute(f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD 'another'".encode())
    with pytest.raises(StageError, match="refused the user or the password") as refusal:
        Registry.open(f"postgresql+psycopg://{user}:{PASSWORD}@127.0.0.1:{cluster.port}/postgres")

    told = "".join(traceback.format_exception(refusal.value))
    assert PASSWORD not in told
    assert "another" not in told


def test_a_database_that_is_not_there_is_said(cluster: Cluster) -> None:
    with pytest.raises(StageError, match="does not exist on the server"):
        Registry.open(cluster.url("nowhere"))


def _patient() -> CaseResult:
    return result(
        [assessment(key(CANARY))], case=CANARY, indication=f"{CANARY}, HP:0003201", family=CANARY
    )


def _holding_the_lock(
    database: Database,
) -> "closing[sqlite3.Connection] | closing[psycopg.Connection]":
    """Somebody else who is writing."""
    if database.engine == "sqlite":
        other = sqlite3.connect(Path(database.url.removeprefix("sqlite:///")), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        return closing(other)
    held = psycopg.connect(database.url.replace("+psycopg", ""), autocommit=True)
    held.execute(f"SELECT pg_advisory_lock({CHAIN_LOCK})".encode())
    return closing(held)


def _assert_silent(error: BaseException) -> None:
    told = "".join(traceback.format_exception(error))
    assert CANARY not in told.replace(f'"{CANARY}"', "").replace("CANARY)", "")
