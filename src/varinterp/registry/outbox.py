"""Messages that tell other systems of signed acts: written with the act, delivered at least once.

A message is written in the batch of what it tells of, so that one is never there without the
other. A correction or a retraction names the message that it corrects; nothing is overwritten.
Messages of one case go out in their order; one that could not be delivered holds back the later
ones of its case and of no other. What a message says is encrypted with the case's key.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from varinterp.errors import Fault, InputError
from varinterp.model.canonical import canonical
from varinterp.registry.batch import Batch
from varinterp.registry.outbox_tables import OUTBOX_MESSAGE, MessageKind
from varinterp.registry.payload import CaseKey, pack

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it goes out.

    `id` is its public id and idempotency key, `corrects` that of the message that it corrects.
    `content` is what it says, JSON of a kind that its writer chose; None in a retraction.
    """

    id: str
    case: str
    kind: MessageKind
    sequence: int
    corrects: str | None
    recorded_at: datetime
    content: str | None


def tell(
    batch: Batch,
    key: CaseKey,
    kind: MessageKind,
    content: str | None,
    *,
    corrects: str | None = None,
) -> str:
    """Write a message in an open batch; return its id, the same when it is already there.

    Raises InputError when `corrects` is no message of the case, or was itself corrected.
    """
    if (kind is MessageKind.REPORT) != (corrects is None):
        raise ValueError("a correction or retraction, and only these, names what it corrects")
    if (kind is MessageKind.RETRACTION) != (content is None):
        raise ValueError("a retraction, and only it, says nothing")
    connection = batch.connection
    message = key.token(canonical(("outbox", kind, content, corrects))).hex()
    if message_row(connection, message) is not None:
        return message
    row = {
        "case_id": key.case_id,
        "message": message,
        "kind": kind.value,
        "sequence": _last(connection, key.case_id) + 1,
        "corrects_id": None if corrects is None else _corrected(connection, key, corrects),
    }
    if content is not None:
        number = batch.next_id(OUTBOX_MESSAGE)
        row["payload"] = key.lock(OUTBOX_MESSAGE.name, number, pack(content))
    batch.add(OUTBOX_MESSAGE, row)
    return message


def standing(connection: sa.Connection, case_id: int) -> tuple[str, ...]:
    """Return the messages of a case that hold: not corrected, and no retractions, in order."""
    later = OUTBOX_MESSAGE.alias("later")
    query = (
        sa.select(OUTBOX_MESSAGE.c.message)
        .outerjoin(later, later.c.corrects_id == OUTBOX_MESSAGE.c.id)
        .where(
            OUTBOX_MESSAGE.c.case_id == case_id,
            OUTBOX_MESSAGE.c.kind != MessageKind.RETRACTION.value,
            later.c.id.is_(None),
        )
        .order_by(OUTBOX_MESSAGE.c.sequence)
    )
    return tuple(connection.scalars(query))


def retract_all(batch: Batch, key: CaseKey) -> tuple[str, ...]:
    """Retract every message of a case that holds, for instance in the batch that erases it."""
    return tuple(
        tell(batch, key, MessageKind.RETRACTION, None, corrects=message)
        for message in standing(batch.connection, key.case_id)
    )


def message_row(connection: sa.Connection, message: str) -> int | None:
    """Return the row of a message, or None."""
    return connection.scalar(
        sa.select(OUTBOX_MESSAGE.c.id).where(OUTBOX_MESSAGE.c.message == message)
    )


def _last(connection: sa.Connection, case_id: int) -> int:
    query = sa.select(sa.func.max(OUTBOX_MESSAGE.c.sequence))
    return connection.scalar(query.where(OUTBOX_MESSAGE.c.case_id == case_id)) or 0


def _corrected(connection: sa.Connection, key: CaseKey, message: str) -> int:
    """The row of a message to be corrected, which must be the case's and hold."""
    if message not in standing(connection, key.case_id):
        raise InputError(
            [
                Fault(
                    rule="outbox.corrects",
                    file="registry",
                    found="a message of another case, or one that was corrected or retracted",
                    expected="the last message on the subject",
                    advice="list them: varinterp registry outbox list",
                )
            ]
        )
    return message_row(connection, message) or 0
