"""Carrying out migrations with Alembic, on a connection and in a transaction of the caller's."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from varinterp.errors import StageError

MIGRATIONS = Path(__file__).parent / "migrations"


def migration_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to an open connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def migrate(connection: Connection, found: str | None, name: str) -> None:
    """Bring a database from a revision to the head; raise StageError for an unknown revision."""
    try:
        ScriptDirectory.from_config(migration_config()).get_revision(found or "base")
    except CommandError as error:
        raise StageError(
            f"{name} was made by a newer varinterp (schema {found}); use that version"
        ) from error
    command.upgrade(migration_config(connection), "head")
