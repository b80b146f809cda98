"""Verifying the registry: every row's seal and every link of the hash chain, computed again."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from varinterp.registry.indexes import wrong_index
from varinterp.registry.records import ChainReport
from varinterp.registry.schema import records
from varinterp.registry.seal import FIRST, batch_hash, row_seal
from varinterp.registry.tables import BATCH

_FETCHED = 2_000


class _Broken(Exception):
    """The first row or link that is not as it was written."""


def verify(connection: sa.Connection) -> ChainReport:
    """Compute every seal and link again, in the order of recording; then the indexes.

    It stops at the first fault.
    """
    with ExitStack() as stack:
        tables = [_Table.open(stack, connection, table) for table in records()]
        batches = _streamed(stack, connection, sa.select(BATCH).order_by(BATCH.c.id))
        previous, links, broken = FIRST, 0, None
        try:
            for batch in batches:
                previous = _link(batch, links + 1, previous, tables)
                links += 1
            for table in tables:
                table.refuse_more()
        except _Broken as fault:
            broken = str(fault)
    if broken is None:
        broken = wrong_index(connection)
    rows = {table.name: table.rows for table in tables}
    return ChainReport(links=links, rows=rows, head=previous, broken=broken)


def _streamed(stack: ExitStack, connection: sa.Connection, chosen: sa.Select[Any]) -> Iterator[Any]:
    """Return rows that are fetched as they are asked for; the stack closes the cursor."""
    result = connection.execute(chosen.execution_options(yield_per=_FETCHED))
    stack.enter_context(closing(result))
    return iter(result)


def _link(batch: Any, number: int, previous: str, tables: "Sequence[_Table]") -> str:
    if batch.id != number:
        raise _Broken(f"link {number} is missing")
    if batch.previous != previous:
        raise _Broken(f"link {number} does not follow the link before it")
    seals = {table.name: table.seals(number) for table in tables}
    seals = {name: found for name, found in seals.items() if found}
    content = json.loads(batch.content)
    for name in sorted(content.keys() | seals.keys()):
        told, found = content.get(name, 0), len(seals.get(name, ()))
        if told != found:
            raise _Broken(f"link {number}: {found} row(s) of {name}, {told} were written")
    head = (batch.id, batch.kind, batch.author, batch.recorded_at, batch.content)
    link = batch_hash(head, previous, seals)
    if link != batch.hash:
        raise _Broken(f"link {number} was altered")
    return link


@dataclass
class _Table:
    """A table of records, read once in the order of recording."""

    name: str
    columns: list[str]
    coming: Iterator[Any]
    next_row: Any = None
    rows: int = 0

    @classmethod
    def open(cls, stack: ExitStack, connection: sa.Connection, table: sa.Table) -> "_Table":
        coming = _streamed(stack, connection, sa.select(table).order_by(table.c.id))
        columns = [column.name for column in table.columns][:-1]
        return cls(table.name, columns, coming, next(coming, None))

    def seals(self, batch: int) -> list[bytes]:
        """Return the seals of a batch's rows, each computed again."""
        found = []
        while self.next_row is not None and self.next_row.batch_id <= batch:
            row, self.next_row = self.next_row, next(self.coming, None)
            seal = row_seal(self.name, self.columns, row[:-1])
            if seal != bytes(row.seal) or row.batch_id < batch:
                raise _Broken(f"link {batch}: row {row.id} of {self.name} was altered")
            found.append(seal)
            self.rows += 1
        return found

    def refuse_more(self) -> None:
        """Raise for a row that belongs to no link."""
        if self.next_row is not None:
            raise _Broken(f"row {self.next_row.id} of {self.name} belongs to no link")
