"""A migrated registry on each engine, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres import Cluster
from registry_databases import ENGINES, Database, SqliteFile, copied, empty, migrated
from varinterp.registry.store import Registry


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def server(engine: str, request: pytest.FixtureRequest) -> Cluster | None:
    return None if engine == "sqlite" else request.getfixturevalue("cluster")


@pytest.fixture(scope="session")
def empty_registry(
    engine: str, server: Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    return migrated(engine, tmp_path_factory.mktemp("registry"), server)


@pytest.fixture
def database(empty_registry: Database, tmp_path: Path) -> Iterator[Database]:
    yield from copied(empty_registry, tmp_path)


@pytest.fixture
def no_registry(engine: str, server: Cluster | None, tmp_path: Path) -> Iterator[Database]:
    yield from empty(engine, tmp_path, server)


@pytest.fixture
def registry(database: Database) -> Registry:
    return Registry.open(database.url)


@pytest.fixture
def path(database: Database) -> Path:
    if not isinstance(database, SqliteFile):
        pytest.skip("looks into SQLite's file; a server's files are not the test's to read")
    return database.path
