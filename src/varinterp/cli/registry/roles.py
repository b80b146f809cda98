"""`varinterp registry roles`: the SQL that gives each role what it needs, and no more."""

from pathlib import Path

import typer

from varinterp.errors import StageError

EXAMPLES = """Examples:

varinterp registry roles | psql --dbname varinterp
"""
_SQL = Path("resources/registry/roles.sql")


def command() -> None:
    """Print the roles of a PostgreSQL registry: who writes, who reads, who may erase."""
    if not _SQL.is_file():
        raise StageError(f"{_SQL} is not here; start in the folder that holds resources/")
    typer.echo(_SQL.read_text(encoding="utf-8"), nl=False)
