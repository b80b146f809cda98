"""The two engines that a registry runs on, as a test sees them from outside."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from postgres import Cluster
from varinterp.registry.store import Registry

ENGINES = ("sqlite", "postgresql")


class Database(Protocol):
    """A database of a test's own."""

    @property
    def engine(self) -> str:
        """Which of ENGINES it is."""

    @property
    def url(self) -> str:
        """The registry's URL."""

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Carry out a statement as an outsider who owns the tables, and return its rows."""

    def drop_triggers(self, table: str) -> None:
        """Do what nobody may: take the triggers of a table away."""


def count(database: Database, table: str) -> int:
    """Rows of a table."""
    return int(database.ask(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a registry holds, by table."""
    return {
        name: sorted(database.ask(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
        for name in tables(database)
    }


def tables(database: Database) -> list[str]:
    """The names of the tables, without Alembic's own."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    found = {name for (name,) in database.ask(catalogue[database.engine])}
    return sorted(found - {"alembic_version", "sqlite_sequence"})


@dataclass(frozen=True)
class SqliteFile:
    """A registry in a file."""

    path: Path
    engine: str = "sqlite"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(sql).fetchall()

    def drop_triggers(self, table: str) -> None:
        named = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"  # noqa: S608
        for (name,) in self.ask(named):
            self.ask(f"DROP TRIGGER {name}")


@dataclass(frozen=True)
class PostgresDatabase:
    """A registry on a server."""

    cluster: Cluster
    name: str
    engine: str = "postgresql"

    @property
    def url(self) -> str:
        return self.cluster.url(self.name)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(self.cluster.connect(self.name)) as connection:
            cursor = connection.execute(sql.encode())
            return [] if cursor.description is None else cursor.fetchall()

    def drop_triggers(self, table: str) -> None:
        self.ask(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def empty(engine: str, folder: Path, cluster: Cluster | None) -> Iterator[Database]:
    """Make a database without a table, and drop it at the end."""
    if cluster is None or engine == "sqlite":
        yield SqliteFile(folder / "registry.sqlite")
        return
    name = cluster.database()
    yield PostgresDatabase(cluster, name)
    cluster.drop(name)


def migrated(engine: str, folder: Path, cluster: Cluster | None) -> Database:
    """Make a registry without a case, to be copied for each test."""
    if cluster is None or engine == "sqlite":
        made: Database = SqliteFile(folder / "migrated.sqlite")
    else:
        made = PostgresDatabase(cluster, cluster.database())
    Registry.open(made.url)
    return made


def copied(original: Database, folder: Path) -> Iterator[Database]:
    """Copy a database, and drop the copy at the end."""
    if isinstance(original, PostgresDatabase):
        name = original.cluster.database(original.name)
        yield PostgresDatabase(original.cluster, name)
        original.cluster.drop(name)
    elif isinstance(original, SqliteFile):
        yield SqliteFile(Path(shutil.copy(original.path, folder / "registry.sqlite")))
