"""Messages about signed acts, and the receipts of their delivery."""

import sqlalchemy as sa
from alembic import op

from varinterp.registry.migrations.append_only import record_table, row_id, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the outbox."""
    record_table(
        "outbox_message",
        row_id("case_id"),
        text("message"),
        text("kind"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        row_id("corrects_id", nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name="fk_outbox_message_case_id"),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["outbox_message.id"], name="fk_outbox_message_corrects_id"
        ),
        sa.CheckConstraint(
            "kind IN ('report', 'correction', 'retraction')", name=op.f("ck_outbox_message_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'report') = (corrects_id IS NULL)", name=op.f("ck_outbox_message_first_alone")
        ),
        sa.CheckConstraint(
            "kind <> 'retraction' OR payload IS NULL",
            name=op.f("ck_outbox_message_retraction_is_empty"),
        ),
        unique=[("message",), ("corrects_id",), ("case_id", "sequence")],
    )
    op.create_index("ix_outbox_message_case_id", "outbox_message", ["case_id"])
    record_table(
        "outbox_receipt",
        row_id("outbox_message_id"),
        text("channel"),
        text("receipt"),
        sa.ForeignKeyConstraint(
            ["outbox_message_id"],
            ["outbox_message.id"],
            name="fk_outbox_receipt_outbox_message_id",
        ),
        unique=[("outbox_message_id", "channel")],
    )
