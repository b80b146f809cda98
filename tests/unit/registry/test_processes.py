"""Families run in parallel, and processes die: an analysis is there whole or not at all."""

import multiprocessing
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa

from registry_builders import ALLELES, assessment, key, register, result, url
from registry_databases import Database, count
from varinterp.errors import InputError, StageError
from varinterp.model.case import CaseResult
from varinterp.registry import batch
from varinterp.registry.bulk import insert_rows
from varinterp.registry.store import Registry

WRITERS = 4
ANALYSES = 4
PATIENCE = 120
SPAWN = multiprocessing.get_context("spawn")


def test_writers_that_start_together_on_no_registry_all_get_theirs_in(
    no_registry: Database,
) -> None:
    start = SPAWN.Barrier(WRITERS)
    writers = [
        SPAWN.Process(target=_write_cases, args=(no_registry.url, start, i)) for i in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    registry = Registry.open(no_registry.url)
    for writer_number in range(WRITERS):
        (version, *_) = registry.history(key(f"case-{writer_number}"))
        assert version.analyses == tuple(range(1, ANALYSES + 1))
        assert registry.current(f"case-{writer_number}")
    shared = registry.history(key("shared"))
    assert [version.analyses for version in shared] == [(1,)]
    assert count(no_registry, "analysis") == WRITERS * ANALYSES + 1
    _assert_sound(no_registry, registry)


@pytest.mark.parametrize("table", ["case_", "case_key", "analysis", "assessment_index", "batch"])
def test_a_writer_killed_in_the_middle_leaves_nothing_half_written(
    registry: Registry, database: Database, table: str
) -> None:
    register(registry, _case("case-1", af=0.5))
    here, there = SPAWN.Pipe()
    writer = SPAWN.Process(target=_stop_at, args=(database.url, table, there))
    writer.start()
    reached = here.poll(PATIENCE)
    writer.kill()  # SIGKILL
    writer.join(PATIENCE)
    assert reached
    assert writer.exitcode == -signal.SIGKILL

    assert len(registry.current("case-1")) == len(ALLELES)
    with pytest.raises(InputError, match="unknown_case"):
        registry.current("case-2")
    _assert_sound(database, registry)

    receipt = register(registry, _case("case-2"))
    assert receipt.first == len(ALLELES)
    assert len(registry.current("case-2")) == len(ALLELES)


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    registry: Registry, path: Path, database: Database
) -> None:
    here, there = SPAWN.Pipe()
    writer = SPAWN.Process(target=_run_out_of_disk, args=(url(path), there))
    writer.start()
    assert here.poll(PATIENCE)
    message = here.recv()
    writer.join(PATIENCE)

    assert "could not be used" in message
    with pytest.raises(InputError, match="unknown_case"):
        registry.current("case-2")
    _assert_sound(database, registry)
    assert register(registry, _case("case-2")).first == len(ALLELES)


def _case(case: str, af: float = 0.0) -> CaseResult:
    return result([assessment(key(case, allele), af) for allele in ALLELES], case=case)


def _write_cases(where: str, start: Any, number: int) -> None:
    start.wait(PATIENCE)
    registry = Registry.open(where)
    register(registry, result([assessment(key("shared"))], case="shared"))
    case = f"case-{number}"
    for analysis in range(1, ANALYSES + 1):
        register(registry, result([assessment(key(case))], case=case, analysis=analysis))


def _stop_at(where: str, table: str, parent: Connection) -> None:
    """Register a case, and hang for ever once rows of a table have been written."""

    def stop(connection: sa.Connection, into: sa.Table, rows: Any) -> None:
        insert_rows(connection, into, rows)
        if into.name == table:
            parent.send(table)
            signal.pause()

    registry = Registry.open(where)
    with patch.object(batch, "insert_rows", stop):
        register(registry, _case("case-2"))


def _run_out_of_disk(where: str, parent: Connection) -> None:
    registry = Registry.open(where)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        register(registry, _case("case-2"))
    except StageError as error:
        parent.send(str(error))
    else:
        parent.send("nothing was noticed")


def _assert_sound(database: Database, registry: Registry) -> None:
    assert registry.verify().whole
    if database.engine == "sqlite":
        assert database.ask("PRAGMA integrity_check") == [("ok",)]
        assert database.ask("PRAGMA foreign_key_check") == []
