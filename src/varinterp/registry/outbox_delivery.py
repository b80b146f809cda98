"""Delivering messages at least once, in the order of their case, and keeping the receipts.

A message that could not be delivered holds back the later ones of its case and of no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from varinterp.errors import VarinterpError
from varinterp.registry.cases import every_key
from varinterp.registry.outbox import Message, message_row
from varinterp.registry.outbox_tables import OUTBOX_MESSAGE, OUTBOX_RECEIPT, MessageKind
from varinterp.registry.store import Registry
from varinterp.registry.tables import BATCH, CASE

AUTHOR = "varinterp outbox"
DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that a channel took, and its receipt."""

    message: str
    channel: str
    receipt: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that a channel did not take, why, and how many of its case wait behind it."""

    message: str
    case: str
    reason: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one delivery did; `unreadable` counts messages of cases that were erased since."""

    delivered: tuple[Delivered, ...] = ()
    failed: tuple[Failed, ...] = ()
    unreadable: int = 0


class Channel(Protocol):
    """A way out. `send` is idempotent: a message that it already took is taken again."""

    @property
    def name(self) -> str:
        """The name that receipts are kept under."""

    def send(self, message: Message) -> str:
        """Deliver a message and return a receipt; raise VarinterpError when it was not taken."""


class Outbox:
    """The messages of a registry, and their delivery."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def messages(self, case: str | None = None) -> tuple[Message, ...]:
        """Return the messages of a case, or all, by case and sequence; content where readable."""
        with self._registry.session() as connection:
            return tuple(_messages(connection, case))

    def receipts(self, channel: str | None = None) -> tuple[Delivered, ...]:
        """Return what was delivered, in the order of recording."""
        query = (
            sa.select(OUTBOX_RECEIPT, OUTBOX_MESSAGE.c.message, BATCH.c.recorded_at)
            .join(OUTBOX_MESSAGE, OUTBOX_MESSAGE.c.id == OUTBOX_RECEIPT.c.outbox_message_id)
            .join(BATCH, BATCH.c.id == OUTBOX_RECEIPT.c.batch_id)
            .order_by(OUTBOX_RECEIPT.c.id)
        )
        if channel is not None:
            query = query.where(OUTBOX_RECEIPT.c.channel == channel)
        with self._registry.session() as connection:
            return tuple(
                Delivered(row.message, row.channel, row.receipt, row.recorded_at)
                for row in connection.execute(query)
            )

    def pending(self, channel: str) -> tuple[Message, ...]:
        """Return what a channel has not taken, by case and sequence."""
        taken = {each.message for each in self.receipts(channel)}
        return tuple(each for each in self.messages() if each.id not in taken)

    def deliver(self, channel: Channel, at: datetime) -> Delivery:
        """Send what a channel has not taken; a failure holds back its case alone.

        Each receipt is a batch of its own: after a crash at most the message that was under way
        is sent again.
        """
        delivered: list[Delivered] = []
        failed: list[Failed] = []
        unreadable = 0
        waiting = self.pending(channel.name)
        for case, messages in _by_case(waiting):
            for place, message in enumerate(messages):
                if message.content is None and message.kind is not MessageKind.RETRACTION:
                    unreadable += 1
                    continue
                try:
                    receipt = channel.send(message)
                except VarinterpError as error:
                    left = len(messages) - place - 1
                    failed.append(Failed(message.id, case, str(error), left))
                    break
                self._keep(message.id, channel.name, receipt, at)
                delivered.append(Delivered(message.id, channel.name, receipt, at))
        return Delivery(tuple(delivered), tuple(failed), unreadable)

    def _keep(self, message: str, channel: str, receipt: str, at: datetime) -> None:
        with self._registry.batch(DELIVERY, AUTHOR, at) as batch:
            found = message_row(batch.connection, message)
            known = batch.connection.scalar(
                sa.select(OUTBOX_RECEIPT.c.id).where(
                    OUTBOX_RECEIPT.c.outbox_message_id == found, OUTBOX_RECEIPT.c.channel == channel
                )
            )
            if known is None:  # another process may have delivered it meanwhile
                row = {"outbox_message_id": found, "channel": channel, "receipt": receipt}
                batch.add(OUTBOX_RECEIPT, row)


def _messages(connection: sa.Connection, case: str | None) -> Iterator[Message]:
    corrected = OUTBOX_MESSAGE.alias("corrected")
    query = (
        sa.select(
            OUTBOX_MESSAGE,
            CASE.c.pseudonym,
            BATCH.c.recorded_at,
            corrected.c.message.label("corrects"),
        )
        .join(CASE, CASE.c.id == OUTBOX_MESSAGE.c.case_id)
        .join(BATCH, BATCH.c.id == OUTBOX_MESSAGE.c.batch_id)
        .outerjoin(corrected, corrected.c.id == OUTBOX_MESSAGE.c.corrects_id)
        .order_by(CASE.c.pseudonym, OUTBOX_MESSAGE.c.sequence)
    )
    if case is not None:
        query = query.where(CASE.c.pseudonym == case)
    keys = every_key(connection)
    for row in connection.execute(query):
        key = keys.get(row.case_id)
        readable = row.payload is not None and key is not None
        yield Message(
            id=row.message,
            case=row.pseudonym,
            kind=MessageKind(row.kind),
            sequence=row.sequence,
            corrects=row.corrects,
            recorded_at=row.recorded_at,
            content=key.unlock(OUTBOX_MESSAGE.name, row.id, bytes(row.payload))
            if readable and key is not None
            else None,
        )


def _by_case(messages: Sequence[Message]) -> Iterator[tuple[str, list[Message]]]:
    cases: dict[str, list[Message]] = {}
    for message in messages:
        cases.setdefault(message.case, []).append(message)
    yield from cases.items()
