"""What every part of the dataset shares: a transaction, a case, and rows with their payloads."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from varinterp.errors import InputError
from varinterp.model.canonical import canonical
from varinterp.registry.batch import Batch
from varinterp.registry.cases import every_key, live_key
from varinterp.registry.dataset.faults import fault
from varinterp.registry.history import horizon
from varinterp.registry.payload import CaseKey
from varinterp.registry.store import Registry
from varinterp.registry.tables import BATCH, CASE

T = TypeVar("T")
KIND = "act"
"""The kind of batch that holds what people said and did."""

NAME_LENGTH = 80

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


@dataclass(frozen=True, slots=True)
class Stored:
    """A record: its row without seal and payload, who wrote it and when, and its text in clear."""

    id: int
    case_id: int
    case: str
    author: str
    recorded_at: datetime
    row: Mapping[str, Any]
    text: str


class Part:
    """A part of the dataset, over one registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self.registry.session() as connection:
            yield connection

    @contextmanager
    def _writing(self, author: str, at: datetime) -> Iterator[Batch]:
        named(author)
        with self.registry.batch(KIND, author, at) as batch:
            yield batch


def named(author: str) -> None:
    """Raise InputError for an author without a name, or with one that is no single line."""
    if not author.strip() or len(author) > NAME_LENGTH or not author.isprintable():
        raise InputError([fault("dataset.author", "no name, or more than a line", "a name")])


def dump(value: Any) -> str:
    """Return the text of a value that `load` reads back."""
    return canonical(value)


def load(kind: type[T], text: str) -> T:
    """Read a value of the model back from its text."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    adapter: TypeAdapter[T] = _ADAPTERS[kind]
    return adapter.validate_json(text)


def stored(
    connection: sa.Connection,
    table: sa.Table,
    case: str | None = None,
    as_of: datetime | None = None,
    *conditions: sa.ColumnElement[bool],
) -> Iterator[Stored]:
    """Yield records of a case, or of all that are not erased, in the order of recording.

    `as_of` leaves out what was recorded later; what an open batch wrote is not seen before its end.
    Raises InputError for a case that is unknown or
    erased.
    """
    if case is None:
        held = every_key(connection)
    else:
        key = live_key(connection, case)
        held = {key.case_id: key}
        conditions = (*conditions, table.c.case_id == key.case_id)
    query = (
        sa.select(table, BATCH.c.author, BATCH.c.recorded_at, CASE.c.pseudonym)
        .join(BATCH, BATCH.c.id == table.c.batch_id)
        .join(CASE, CASE.c.id == table.c.case_id)
        .where(table.c.batch_id <= horizon(connection, as_of), *conditions)
        .order_by(table.c.id)
    )
    for row in connection.execute(query).mappings():
        if row["case_id"] in held:
            yield _stored(table, row, held[row["case_id"]])


def _stored(table: sa.Table, row: Mapping[Any, Any], key: CaseKey) -> Stored:
    own = {
        column.name: row[column]
        for column in table.columns
        if column.name not in ("seal", "payload", "batch_id")
    }
    text = key.unlock(table.name, row[table.c.id], bytes(row[table.c.payload]))
    return Stored(
        row[table.c.id], row[table.c.case_id], row[CASE.c.pseudonym],
        row[BATCH.c.author], row[BATCH.c.recorded_at], own, text,
    )  # fmt: skip


def keep(
    batch: Batch, table: sa.Table, key: CaseKey, rows: Sequence[tuple[Mapping[str, Any], Any]]
) -> tuple[int, ...]:
    """Write records of a case: the columns in clear, and the value that becomes the payload."""
    texts = [({"case_id": key.case_id, **row}, dump(value)) for row, value in rows]
    return tuple(batch.add_private(table, key, texts))
