"""A batch: one transaction that writes records, and one link of the hash chain.

Only one batch is written at a time, so that ids and links follow one another: SQLite's write lock
sees to it there, an advisory lock on PostgreSQL.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from varinterp.errors import InternalError
from varinterp.registry.bulk import insert_rows
from varinterp.registry.payload import CaseKey, pack
from varinterp.registry.seal import FIRST, batch_hash, row_seal
from varinterp.registry.tables import BATCH, METADATA

CHAIN_LOCK = 0x7661_7269
"""PostgreSQL's advisory lock that a batch holds until it is committed."""

_MOST_WAITING = 20_000
"""Rows that are held back, to be sent together."""


class Batch:
    """An open batch. `connection` may be read from; rows are written through `add`."""

    def __init__(self, connection: sa.Connection, kind: str, author: str, at: datetime) -> None:
        if at.utcoffset() is None:
            raise InternalError("a recorded moment has a time zone")
        self._connection = connection
        self.kind, self.author, self.at = kind, author, at
        last = connection.execute(
            sa.select(BATCH.c.id, BATCH.c.hash).order_by(BATCH.c.id.desc()).limit(1)
        ).first()
        self.id: int = last.id + 1 if last else 1
        self._previous: str = last.hash if last else FIRST
        self._next: dict[str, int] = {}
        self._seals: defaultdict[str, list[bytes]] = defaultdict(list)
        self._waiting: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
        self._waiting_rows = 0

    @property
    def connection(self) -> sa.Connection:
        """The connection, to read from: it sees every row that was added."""
        self.flush()
        return self._connection

    def next_id(self, table: sa.Table) -> int:
        """Return the id that the next row of a table will have."""
        if table.name not in self._next:
            last = self._connection.scalar(sa.select(sa.func.max(table.c.id)))
            self._next[table.name] = (last or 0) + 1
        return self._next[table.name]

    def add(self, table: sa.Table, row: Mapping[str, Any]) -> int:
        """Write a record, whose columns that are not named are NULL; return its id."""
        return self.add_all(table, [row])[0]

    def add_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> range:
        """Write records; return their ids."""
        names = [column.name for column in table.columns][2:-1]
        return self.add_values(table, [[row.get(name) for name in names] for row in rows])

    def add_private(
        self, table: sa.Table, key: CaseKey, rows: Sequence[tuple[Mapping[str, Any], str]]
    ) -> range:
        """Write records with a text each, which becomes their encrypted `payload`."""
        first = self.next_id(table)
        locked = [
            {**row, "payload": key.lock(table.name, number, pack(text))}
            for number, (row, text) in enumerate(rows, start=first)
        ]
        return self.add_all(table, locked)

    def add_values(self, table: sa.Table, rows: Sequence[Sequence[Any]]) -> range:
        """Write records given as values in the order of the columns between batch and seal."""
        if not table.info.get("record"):
            raise InternalError(f"{table.name} is no table of records")
        first = self.next_id(table)
        columns = [column.name for column in table.columns][:-1]
        seals, sealed = self._seals[table.name], []
        for number, row in enumerate(rows, start=first):
            values = (number, self.id, *row)
            seal = row_seal(table.name, columns, values)
            seals.append(seal)
            sealed.append((*values, seal))
        self._wait(table, sealed)
        self._next[table.name] = first + len(rows)
        return range(first, first + len(rows))

    def add_index(self, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows of an index, or of keys: values in the order of the table's columns."""
        if table.info.get("record"):
            raise InternalError(f"{table.name} is a table of records")
        self._wait(table, rows)

    def add_numbered(self, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, outside the chain, whose first values are ids that `next_id` gave."""
        self.add_index(table, rows)
        self._next[table.name] = self.next_id(table) + len(rows)

    def flush(self) -> None:
        """Send what waits to the database, what is referred to before what refers to it."""
        if self._waiting_rows:
            waiting, self._waiting = self._waiting, defaultdict(list)
            self._waiting_rows = 0
            for table in METADATA.sorted_tables:
                insert_rows(self._connection, table, waiting.get(table.name, ()))

    def _wait(self, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
        self._waiting[table.name].extend(rows)
        self._waiting_rows += len(rows)
        if self._waiting_rows > _MOST_WAITING:
            self.flush()

    def close(self) -> None:
        """Write the link; a batch without a record leaves none."""
        self.flush()
        seals = {table: rows for table, rows in self._seals.items() if rows}
        if not seals:
            return
        content = json.dumps({table: len(rows) for table, rows in sorted(seals.items())})
        head = (self.id, self.kind, self.author, self.at, content)
        link = batch_hash(head, self._previous, seals)
        insert_rows(self._connection, BATCH, [(*head, self._previous, link)])


@contextmanager
def opened(connection: sa.Connection, kind: str, author: str, at: datetime) -> Iterator[Batch]:
    """Open a batch in a transaction that writes, and write its link at the end."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK)))
    batch = Batch(connection, kind, author, at)
    yield batch
    batch.close()
