"""Bringing a database to the schema that this version of varinterp writes."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect

from varinterp.errors import StageError
from varinterp.registry.database import WRITE, database_name

MIGRATIONS = Path(__file__).parent / "migrations"


def migration_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to an open connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> None:
    """Create or migrate the tables in one transaction; a database at the head is only looked at.

    Raises StageError for a database that is not a registry, or that a newer varinterp made.
    """
    scripts = ScriptDirectory.from_config(migration_config())
    with engine.connect() as connection:
        if _revision(connection) == scripts.get_current_head():
            return
    with engine.execution_options(**WRITE).connect() as connection, connection.begin():
        _check(connection, scripts, database_name(engine))
        command.upgrade(migration_config(connection), "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check(connection: Connection, scripts: ScriptDirectory, name: str) -> None:
    found = _revision(connection)
    if found is None and inspect(connection).get_table_names():
        raise StageError(f"{name} is a database of something else; name another file")
    try:
        scripts.get_revision(found or "base")
    except CommandError as error:
        raise StageError(
            f"{name} was made by a newer varinterp (schema {found}); use that version"
        ) from error
