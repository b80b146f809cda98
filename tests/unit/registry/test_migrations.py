"""The schema that migrations make is the one that the models describe."""

import re
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from registry_builders import assessment, key, register, result, rows, url
from varinterp.errors import InputError, StageError
from varinterp.registry import database
from varinterp.registry.models import Base
from varinterp.registry.store import Registry


def test_models_equal_the_migrated_schema(path: Path) -> None:
    engine = create_engine(url(path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_checks_and_indexes_equal_too_which_alembic_does_not_compare(path: Path) -> None:
    described = create_engine("sqlite://")
    Base.metadata.create_all(described)
    with described.connect() as connection:
        sql = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
        expected = {name: _clauses(text) for name, text in sql if text}
    described.dispose()

    migrated = sqlite3.connect(path)
    found = dict(migrated.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger'"))
    migrated.close()
    found.pop("alembic_version")
    assert {name: _clauses(text) for name, text in found.items() if text} == expected


def test_opening_a_registry_again_changes_nothing(registry: Registry, path: Path) -> None:
    register(registry, result([assessment()]))
    before = rows(path)

    reopened = Registry.open(url(path))

    assert reopened.current("case-1") == registry.current("case-1")
    assert rows(path) == before


def test_a_registry_survives_a_power_cut_and_lets_readers_in(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_opening_waits_for_whoever_makes_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    finish = threading.Timer(0.2, maker.close)
    finish.start()

    assert Registry.open(url(path)).history(key()) == ()
    finish.join()


def test_opening_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
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


def test_a_newer_registry_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(StageError, match="made by a newer varinterp"):
        Registry.open(url(path))


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE somebody_elses (id INTEGER)")
    connection.commit()
    connection.close()

    with pytest.raises(StageError, match="database of something else"):
        Registry.open(url(path))
    assert [line for line in rows(path) if "CREATE" in line] == [
        "CREATE TABLE somebody_elses (id INTEGER);"
    ]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text("{}" * 1000)

    with pytest.raises(StageError, match=r"case\.json could not be used"):
        Registry.open(url(path))
    assert path.read_text() == "{}" * 1000


@pytest.mark.parametrize(
    "other", ["postgresql://laboratory/registry", "sqlite://", "sqlite:///:memory:", "registry"]
)
def test_only_a_sqlite_file_is_a_registry_for_now(other: str) -> None:
    with pytest.raises(InputError, match=r"registry\.url"):
        Registry.open(other)


def test_tables_can_be_made_in_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    ddl = {
        table.name: str(CreateTable(table).compile(dialect=dialect))
        for table in Base.metadata.sorted_tables
    }

    assert "id BIGSERIAL NOT NULL" in ddl["assessment"]
    assert "recorded_at TIMESTAMP WITH TIME ZONE NOT NULL" in ddl["analysis"]
    names = re.findall(r"CONSTRAINT (\w+)", " ".join(ddl.values()))
    assert max(map(len, names)) <= 63


def test_every_column_keeps_what_it_must(path: Path) -> None:
    engine = create_engine(url(path))
    optional = {
        f"{table}.{column['name']}"
        for table in Base.metadata.tables
        for column in inspect(engine).get_columns(table)
        if column["nullable"]
    }
    engine.dispose()

    assert optional == {
        "analysis.software",
        "assessment.external",
        "assessment.inheritance",
        "assessment.machine_acgs",
        "assessment.signed_class",
        "assessment.signed_date",
        "assessment.signed_reader1",
        "assessment.signed_reader2",
        "assessment.supersedes_id",
        "read_.value_digest",
    }


def _clauses(sql: str) -> list[str]:
    return sorted(line.strip().rstrip(",") for line in sql.splitlines())
