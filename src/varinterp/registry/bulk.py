"""Many rows at once: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy keeps a moment in SQLite."""

_COPIED = {
    sa.BigInteger: "int8",
    sa.Boolean: "bool",
    sa.Date: "date",
    sa.DateTime: "timestamptz",
    sa.Double: "float8",
    sa.Integer: "int4",
    sa.LargeBinary: "bytea",
    sa.Text: "text",
}


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose values are in the order of the table's columns."""
    if not rows:
        return
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        driver.executemany(
            f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})",  # noqa: S608
            (tuple(map(_for_sqlite, row)) for row in rows) if _dated(table) else rows,
        )
        return
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({_columns(table)}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types([_copied(column) for column in table.columns])
        for row in rows:
            copy.write_row(row)


def fetch_rows(connection: sa.Connection, chosen: sa.Select[Any]) -> list[tuple[Any, ...]]:
    """Return rows of numbers, texts and bytes as the driver gives them, without a wrapping.

    PostgreSQL sends them in its binary form: bytes are not written out in hexadecimal.
    """
    driver: Any = connection.connection.driver_connection
    compiled = chosen.compile(dialect=connection.dialect)
    if connection.dialect.name == "sqlite":
        values = tuple(compiled.params[name] for name in compiled.positiontup or ())
        found: list[tuple[Any, ...]] = driver.execute(str(compiled), values).fetchall()
        return found
    with driver.cursor(binary=True) as cursor:
        found = cursor.execute(str(compiled), compiled.params).fetchall()
        return found


def _columns(table: sa.Table) -> str:
    return ", ".join(column.name for column in table.columns)


def _copied(column: sa.Column[Any]) -> str:
    kind = column.type
    implied = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    return next(name for known, name in _COPIED.items() if isinstance(implied, known))


def _dated(table: sa.Table) -> bool:
    return any(_copied(column) in ("date", "timestamptz") for column in table.columns)


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_MOMENT)
    return value.isoformat() if isinstance(value, date) else value
