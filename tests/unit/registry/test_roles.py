"""On a server, who writes may add and nothing else, and who reads may read."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from postgres import Cluster
from registry_builders import EVENING, MORNING, assessment, register, result
from registry_databases import PostgresDatabase, copied, count, migrated
from registry_moves import move_on
from varinterp.errors import StageError
from varinterp.registry.erasure import purgeable
from varinterp.registry.schema import METADATA
from varinterp.registry.store import Registry

ROLES = Path(__file__).parents[3] / "resources" / "registry" / "roles.sql"
REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="session")
def roles_template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> PostgresDatabase:
    made = migrated("postgresql", tmp_path_factory.mktemp("roles"), cluster)
    assert isinstance(made, PostgresDatabase)
    for _ in range(2):  # running it again is harmless
        made.ask(ROLES.read_text())
    for job, role in (("job", "varinterp_writer"), ("reader", "varinterp_reader")):
        made.ask(f"DROP ROLE IF EXISTS {job}")
        made.ask(f"CREATE ROLE {job} LOGIN IN ROLE {role}")
    return made


@pytest.fixture
def server_database(roles_template: PostgresDatabase, tmp_path: Path) -> Iterator[PostgresDatabase]:
    for made in copied(roles_template, tmp_path):
        assert isinstance(made, PostgresDatabase)
        yield made


def test_the_workflow_does_all_of_its_work_as_a_writer(server_database: PostgresDatabase) -> None:
    registry = _as("job", server_database)
    register(registry, result([assessment()]), MORNING)
    move_on(registry, EVENING)
    registry.erase("case-1", EVENING, "data officer")

    assert registry.verify().whole
    assert count(server_database, "assessment_index") == 0


def test_a_writer_changes_drops_and_disarms_nothing(server_database: PostgresDatabase) -> None:
    register(_as("job", server_database), result([assessment()]), MORNING)
    gone = {table.name for table in purgeable()} | {"case_key"}
    with server_database.cluster.connect(server_database.name, "job") as connection:
        for table in sorted(METADATA.tables):
            column = next(iter(METADATA.tables[table].columns)).name
            statements = [
                f"UPDATE {table} SET {column} = {column}",  # noqa: S608
                f"TRUNCATE {table} CASCADE",
                f"DROP TABLE {table} CASCADE",
                f"DROP TRIGGER {table}_no_update ON {table}",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION varinterp_refuse()",
            ]
            if table not in gone:
                statements.append(f"DELETE FROM {table}")  # noqa: S608
            for statement in statements:
                with pytest.raises(REFUSED):
                    connection.execute(statement.encode())
        for statement in (
            "CREATE TABLE mine (id INTEGER)",
            "CREATE OR REPLACE FUNCTION varinterp_refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$",
            "UPDATE alembic_version SET version_num = '0000'",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(REFUSED):
                connection.execute(statement.encode())


def test_a_writer_cannot_purge_the_index_of_a_case_that_has_its_key(
    server_database: PostgresDatabase,
) -> None:
    register(_as("job", server_database), result([assessment()]), MORNING)
    with (
        server_database.cluster.connect(server_database.name, "job") as connection,
        pytest.raises(psycopg.errors.RestrictViolation, match="still has its key"),
    ):
        connection.execute(b"DELETE FROM assessment_index")


def test_a_reader_reads_and_is_told_that_it_may_not_write(
    server_database: PostgresDatabase,
) -> None:
    register(_as("job", server_database), result([assessment()]), MORNING)
    registry = _as("reader", server_database)

    assert [each.assessment for each in registry.current("case-1")] == [assessment()]
    with pytest.raises(StageError, match="does not let this user do that"):
        register(registry, result([assessment(af=0.5)], analysis=2), EVENING)


def _as(user: str, database: PostgresDatabase) -> Registry:
    return Registry.open(database.cluster.url(database.name, user))
