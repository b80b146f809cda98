"""Tables that refuse to forget: what a migration uses to make them, on SQLite and PostgreSQL.

Three kinds of table:

* a *record* (`record_table`) is written once and is a row of the hash chain: UPDATE, DELETE,
  TRUNCATE and REPLACE are refused to everybody;
* an *index* (`index_table`) stands beside records so that they can be asked for; its rows may be
  deleted when the key of the row's case is gone, and not before;
* a *key* (`refuse_changes`) may be deleted at any time, and is never changed.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

REFUSAL = "the registry is append-only"
STILL_KEYED = "the case still has its key"
_FUNCTION = "varinterp_refuse"


def row_id(name: str, nullable: bool = False, primary_key: bool = False) -> sa.Column[int]:
    """A column of row ids: the registry numbers its rows itself, on every engine."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable, primary_key=primary_key, autoincrement=False)


def text(name: str, nullable: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, sa.Text(), nullable=nullable)


def record_table(
    name: str, *columns: sa.Column[Any] | sa.Constraint, unique: Sequence[Sequence[str]] = ()
) -> None:
    """Create a table of records: `columns` between id, batch and the row's seal."""
    op.create_table(
        name,
        row_id("id"),
        row_id("batch_id"),
        *columns,
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(sa.UniqueConstraint(*key, name=f"uq_{name}_{'_'.join(key)}") for key in unique),
    )
    append_only(name, [("id",), *unique])


def append_only(table: str, keys: Sequence[Sequence[str]]) -> None:
    """Refuse whatever would change or drop a row; `keys` are the unique keys of the table."""
    refuse_changes(table, keys)
    if _postgresql():
        _statement_trigger(table, "DELETE")
    else:
        _sqlite_trigger(table, "DELETE", REFUSAL)


def index_table(table: str, keys: Sequence[Sequence[str]], case: str = "case_id") -> None:
    """Refuse changes, and deletion for as long as the row's case has its key.

    A row whose `case` is NULL is about no case and stays.
    """
    refuse_changes(table, keys)
    held = f"OLD.{case} IS NULL OR EXISTS (SELECT 1 FROM case_key WHERE case_id = OLD.{case})"  # noqa: S608
    if not _postgresql():
        _sqlite_trigger(table, "DELETE", STILL_KEYED, f"WHEN {held}")
        return
    op.execute(
        f"CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {held} THEN RAISE EXCEPTION '{STILL_KEYED}' USING ERRCODE = 'restrict_violation';"
        f" END IF; RETURN OLD; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_keep()"
    )


def refuse_changes(table: str, keys: Sequence[Sequence[str]]) -> None:
    """Refuse UPDATE, TRUNCATE and REPLACE, which drops the old row without a DELETE trigger."""
    if _postgresql():
        _statement_trigger(table, "UPDATE")
        _statement_trigger(table, "TRUNCATE")
        return
    _sqlite_trigger(table, "UPDATE", REFUSAL)
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    present = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 (names are our own)
    _sqlite_trigger(table, "INSERT", REFUSAL, present, name="replace")


def make_refusal() -> None:
    """Create the function that refuses, once a database, before the first table."""
    if _postgresql():
        op.execute(
            f"CREATE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _statement_trigger(table: str, verb: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
    )


def _sqlite_trigger(
    table: str, verb: str, message: str, when: str = "", name: str | None = None
) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{name or verb.lower()} BEFORE {verb} ON {table} {when}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
