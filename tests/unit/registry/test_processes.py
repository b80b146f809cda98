"""Families run in parallel, and processes die: an analysis is there whole or not at all."""

import multiprocessing
import resource
import signal
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from registry_builders import ALLELES, assessment, count, key, register, result, url
from varinterp.errors import InputError, StageError
from varinterp.model.case import CaseResult
from varinterp.registry.store import Registry

WRITERS = 4
ANALYSES = 4
PATIENCE = 60
SPAWN = multiprocessing.get_context("spawn")


def test_writers_that_start_together_on_no_registry_all_get_theirs_in(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    start = SPAWN.Barrier(WRITERS)
    writers = [
        SPAWN.Process(target=_write_cases, args=(url(path), start, i)) for i in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    registry = Registry.open(url(path))
    for writer_number in range(WRITERS):
        (version, *_) = registry.history(key(f"case-{writer_number}"))
        assert version.analyses == tuple(range(1, ANALYSES + 1))
        assert registry.current(f"case-{writer_number}")
    shared = registry.history(key("shared"))
    assert [version.analyses for version in shared] == [(1,)]
    assert count(path, "analysis") == WRITERS * ANALYSES + 1
    _assert_sound(path)


@pytest.mark.parametrize(
    "moment",
    ["INSERT INTO case_", "INSERT INTO read_ ", "INSERT INTO assessment", "INSERT INTO conclusion"],
)
def test_a_writer_killed_in_the_middle_leaves_nothing_half_written(
    registry: Registry, path: Path, moment: str
) -> None:
    register(registry, _case("case-1", af=0.5))
    here, there = SPAWN.Pipe()
    writer = SPAWN.Process(target=_stop_at, args=(url(path), moment, there))
    writer.start()
    reached = here.poll(PATIENCE)
    writer.kill()  # SIGKILL
    writer.join(PATIENCE)
    assert reached
    assert writer.exitcode == -signal.SIGKILL

    assert len(registry.current("case-1")) == len(ALLELES)
    with pytest.raises(InputError, match="unknown_case"):
        registry.current("case-2")
    _assert_sound(path)

    receipt = register(registry, _case("case-2"))
    assert receipt.first == len(ALLELES)
    assert len(registry.current("case-2")) == len(ALLELES)


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    registry: Registry, path: Path
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
    _assert_sound(path)
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


def _stop_at(where: str, moment: str, parent: Connection) -> None:
    """Register a case, and hang for ever once a statement has been carried out."""

    def after(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(moment):
            parent.send(moment)
            signal.pause()

    registry = Registry.open(where)
    event.listen(Engine, "after_cursor_execute", after)
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


def _assert_sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
