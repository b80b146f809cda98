"""Bringing a database to the schema that this version of varinterp writes.

Alembic takes longer to import than most verbs run, so it is imported only when there is something
to migrate: the revision is looked up first.
"""

from importlib import import_module

from sqlalchemy import Connection, Engine, inspect, text

from varinterp.errors import StageError
from varinterp.registry.database import writing
from varinterp.registry.refusals import database_name
from varinterp.registry.schema import HEAD

_MIGRATION_LOCK = 0x7661_7268
"""PostgreSQL's advisory lock that one migration at a time holds."""


def upgrade(engine: Engine) -> None:
    """Create or migrate the tables in one transaction; a database at the head is only looked at.

    Raises StageError for a database that is not a registry, or that a newer varinterp made.
    """
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine).connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        found = _revision(connection)
        if found == HEAD:
            return
        if found is None and inspect(connection).get_table_names():
            name = database_name(engine)
            raise StageError(f"{name} is a database of something else; name another one")
        steps = import_module("varinterp.registry.migration_steps")
        steps.migrate(connection, found, database_name(engine))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
