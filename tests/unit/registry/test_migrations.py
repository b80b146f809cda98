"""The schema that migrations make is the one that the tables describe, on both engines."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from registry_builders import assessment, key, register, result, url
from registry_databases import Database, rows
from varinterp.errors import InputError, StageError
from varinterp.registry import refusals
from varinterp.registry.migration_steps import migration_config
from varinterp.registry.schema import HEAD, METADATA
from varinterp.registry.store import Registry


def test_the_tables_equal_the_migrated_schema(database: Database) -> None:
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_checks_and_indexes_equal_too_which_alembic_does_not_compare(
    database: Database, no_registry: Database
) -> None:
    described = create_engine(no_registry.url, poolclass=NullPool)
    METADATA.create_all(described)
    migrated = create_engine(database.url, poolclass=NullPool)

    for table in METADATA.tables:
        assert _told(migrated, table) == _told(described, table)


def test_the_head_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(migration_config()).get_current_head() == HEAD


def test_a_registry_at_the_head_is_opened_without_alembic(database: Database) -> None:
    look = (
        "import sys; from varinterp.registry.store import Registry; "
        f"Registry.open({database.url!r}); print('alembic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, text=True)
    assert said.stdout == "False\n"


def test_opening_a_registry_again_changes_nothing(registry: Registry, database: Database) -> None:
    register(registry, result([assessment()]))
    before = rows(database)

    reopened = Registry.open(database.url)

    assert reopened.current("case-1") == registry.current("case-1")
    assert rows(database) == before


def test_a_registry_survives_a_power_cut_and_lets_readers_in(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_opening_waits_for_whoever_makes_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    finish = threading.Timer(0.2, maker.close)
    finish.start()

    assert Registry.open(url(path)).history(key()) == ()
    finish.join()


def test_opening_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "BUSY_SECONDS", 0.05)
    path = tmp_path / "registry.sqlite"
    maker = sqlite3.connect(path, isolation_level=None)
    maker.execute("BEGIN IMMEDIATE")

    with pytest.raises(StageError, match="stayed busy"):
        Registry.open(url(path))
    maker.close()


def test_folders_are_made_for_a_new_registry(tmp_path: Path) -> None:
    Registry.open(url(tmp_path / "results" / "100%" / "registry.sqlite"))

    assert (tmp_path / "results" / "100%" / "registry.sqlite").is_file()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file")

    with pytest.raises(StageError, match=r"the folder of registry\.sqlite cannot be made"):
        Registry.open(url(tmp_path / "results" / "deeper" / "registry.sqlite"))


def test_a_newer_registry_is_refused(database: Database) -> None:
    database.ask("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StageError, match="made by a newer varinterp"):
        Registry.open(database.url)


def test_a_database_of_something_else_is_left_alone(no_registry: Database) -> None:
    no_registry.ask("CREATE TABLE somebody_elses (id INTEGER)")

    with pytest.raises(StageError, match="database of something else"):
        Registry.open(no_registry.url)
    assert rows(no_registry) == {"somebody_elses": []}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text("{}" * 1000)

    with pytest.raises(StageError, match=r"case\.json could not be used"):
        Registry.open(url(path))
    assert path.read_text() == "{}" * 1000


@pytest.mark.parametrize(
    "other",
    [
        "postgresql://laboratory/registry",
        "postgresql+psycopg://laboratory",
        "mysql://laboratory/registry",
        "sqlite://",
        "sqlite:///:memory:",
        "registry",
    ],
)
def test_only_a_file_or_a_database_of_a_server_is_a_registry(other: str) -> None:
    with pytest.raises(InputError, match=r"registry\.url"):
        Registry.open(other)


def _told(engine: sa.Engine, table: str) -> list[list[str]]:
    """Checks, unique keys, indexes and references of a table, as the database tells them."""
    asked = inspect(engine)
    return [
        sorted(str(sorted(each.items(), key=str)) for each in told)
        for told in (
            asked.get_check_constraints(table),
            asked.get_unique_constraints(table),
            asked.get_indexes(table),
            asked.get_foreign_keys(table),
        )
    ]
