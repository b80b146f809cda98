"""The tables of the outbox: messages, and the receipts of their delivery."""

from enum import StrEnum

import sqlalchemy as sa

from varinterp.registry.tables import binary, record, row_id, text


class MessageKind(StrEnum):
    """What a message does: tell, tell better, or take back."""

    REPORT = "report"
    CORRECTION = "correction"
    RETRACTION = "retraction"


FIRST_ALONE = "(kind = 'report') = (corrects_id IS NULL)"
"""A correction or retraction names the message that it corrects; a report corrects none."""

OUTBOX_MESSAGE = record(
    "outbox_message",
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    text("message", unique=True),
    text("kind"),
    sa.Column("sequence", sa.Integer(), nullable=False),
    row_id("corrects_id", sa.ForeignKey("outbox_message.id"), nullable=True, unique=True),
    binary("payload", nullable=True),
    sa.UniqueConstraint("case_id", "sequence"),
    sa.CheckConstraint("kind IN ('report', 'correction', 'retraction')", name="kind"),
    sa.CheckConstraint(FIRST_ALONE, name="first_alone"),
    sa.CheckConstraint("kind <> 'retraction' OR payload IS NULL", name="retraction_is_empty"),
)
"""A message: `message` is its public id, `sequence` its place among those of the case.

What it says is in `payload`; a retraction says nothing, so that it outlives an erasure.
"""

OUTBOX_RECEIPT = record(
    "outbox_receipt",
    row_id("outbox_message_id", sa.ForeignKey("outbox_message.id")),
    text("channel"),
    text("receipt"),
    sa.UniqueConstraint("outbox_message_id", "channel"),
)
"""That a channel took a message, and what it answered."""
