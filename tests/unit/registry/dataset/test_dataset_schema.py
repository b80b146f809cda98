"""The migrations make the tables that the package describes, constraints included."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from varinterp.registry import dataset_tables
from varinterp.registry.schema import METADATA
from varinterp.registry.store import Registry


def test_migrated_tables_are_those_of_the_package(store: Registry) -> None:
    with store.session() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_check_of_the_package_is_in_the_database(store: Registry) -> None:
    """Alembic compares no conditions, and these stand between a bug and a patient."""
    with store.session() as connection:
        looked = sa.inspect(connection)
        for table in vars(dataset_tables).values():
            if isinstance(table, sa.Table):
                wanted = {
                    check.name: _words(str(check.sqltext))
                    for check in table.constraints
                    if isinstance(check, sa.CheckConstraint)
                }
                found = {
                    check["name"]: _words(check["sqltext"])
                    for check in looked.get_check_constraints(table.name)
                }
                assert found.keys() == wanted.keys()
                if connection.dialect.name == "sqlite":
                    assert found == wanted


def _words(condition: str) -> str:
    """PostgreSQL tells a condition in words of its own; SQLite as it was written."""
    return " ".join(condition.split())
