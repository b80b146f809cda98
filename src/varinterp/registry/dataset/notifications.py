"""Messages that were sent about runs of the reanalysis; none is sent twice."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from varinterp.registry.dataset.part import Part
from varinterp.registry.dataset_tables import NOTIFICATION
from varinterp.registry.history import horizon
from varinterp.registry.tables import BATCH


@dataclass(frozen=True, slots=True)
class Notification:
    """A message: by which channel, to whom, the SHA-256 of its text, what it was about."""

    channel: str
    recipient: str
    digest: str
    events: tuple[int, ...] = ()
    run: int | None = None


class Notifications(Part):
    """What was sent. Messages hold no identifier: their texts are not kept."""

    def notified(self, sent: Notification, *, author: str, at: datetime) -> bool:
        """Record that a message was sent; False when exactly it was recorded before."""
        with self._writing(author, at) as batch:
            if _is_known(batch.connection, sent):
                return False
            batch.add(
                NOTIFICATION,
                {
                    "run_id": sent.run,
                    "channel": sent.channel,
                    "recipient": sent.recipient,
                    "digest": sent.digest,
                    "events": json.dumps(sorted(sent.events)),
                },
            )
        return True

    def was_notified(self, channel: str, recipient: str, digest: str) -> bool:
        """Whether a message was sent already."""
        with self._reading() as connection:
            return _is_known(connection, Notification(channel, recipient, digest))

    def notifications(
        self, run: int | None = None, as_of: datetime | None = None
    ) -> tuple[tuple[datetime, Notification], ...]:
        """Return what was sent, and when it was recorded, oldest first."""
        query = (
            sa.select(NOTIFICATION, BATCH.c.recorded_at)
            .join(BATCH, BATCH.c.id == NOTIFICATION.c.batch_id)
            .order_by(NOTIFICATION.c.id)
        )
        if run is not None:
            query = query.where(NOTIFICATION.c.run_id == run)
        with self._reading() as connection:
            query = query.where(NOTIFICATION.c.batch_id <= horizon(connection, as_of))
            return tuple((row.recorded_at, _told(row)) for row in connection.execute(query))


def _is_known(connection: sa.Connection, sent: Notification) -> bool:
    found = sa.select(NOTIFICATION.c.id).where(
        NOTIFICATION.c.channel == sent.channel,
        NOTIFICATION.c.recipient == sent.recipient,
        NOTIFICATION.c.digest == sent.digest,
    )
    return connection.scalar(found) is not None


def _told(row: sa.Row[Any]) -> Notification:
    return Notification(
        row.channel, row.recipient, row.digest, tuple(json.loads(row.events)), row.run_id
    )
