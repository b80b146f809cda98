"""Batches, cases and their keys, bases, runs, analyses, what was concluded and what was read."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from varinterp.registry.migrations.append_only import (
    append_only,
    index_table,
    make_refusal,
    record_table,
    refuse_changes,
    row_id,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, and refuse whatever would change or drop a row."""
    make_refusal()
    _batches()
    _cases()
    _bases()
    _runs()
    _analyses()
    for name in ("assessment", "candidate"):
        _versions(name)
    _events()
    _reads()
    _assessment_index()


def _blob(name: str, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _record(
    name: str,
    *columns: sa.Column[Any],
    refers: dict[str, str] | None = None,
    unique: Sequence[Sequence[str]] = (),
    index: Sequence[Sequence[str]] = (),
) -> None:
    keys = (_refers(name, column, target) for column, target in (refers or {}).items())
    record_table(name, *columns, *keys, unique=unique)
    for key in index:
        op.create_index(f"ix_{name}_{'_'.join(key)}", name, list(key))


def _batches() -> None:
    op.create_table(
        "batch",
        row_id("id"),
        text("kind"),
        text("author"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(text(name) for name in ("content", "previous", "hash")),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_recorded_at", "batch", ["recorded_at"])
    append_only("batch", [("id",)])


def _cases() -> None:
    _record(
        "case_",
        *(text(name) for name in ("pseudonym", "family", "proband", "indication_digest")),
        unique=[("pseudonym",), ("family", "proband", "indication_digest")],
    )
    op.create_table(
        "case_key",
        row_id("case_id"),
        _blob("secret"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_key"),
        _refers("case_key", "case_id", "case_.id"),
    )
    refuse_changes("case_key", [("case_id",)])
    _record(
        "erasure",
        row_id("case_id"),
        text("author"),
        refers={"case_id": "case_.id"},
        unique=[("case_id",)],
    )


def _bases() -> None:
    _record(
        "basis", *(text(name) for name in ("digest", "software", "rules")), unique=[("digest",)]
    )
    _record(
        "basis_release",
        row_id("basis_id"),
        *(text(name) for name in ("source", "release", "date", "url", "licence")),
        _flag("constructed"),
        text("note"),
        refers={"basis_id": "basis.id"},
        unique=[("basis_id", "source")],
    )


def _runs() -> None:
    _record(
        "run",
        text("name"),
        row_id("target_id"),
        text("author"),
        _flag("everything"),
        text("plan"),
        refers={"target_id": "basis.id"},
        unique=[("name",)],
    )
    _record(
        "run_end",
        row_id("run_id"),
        text("counts"),
        refers={"run_id": "run.id"},
        unique=[("run_id",)],
    )


def _analyses() -> None:
    _record(
        "analysis",
        row_id("case_id"),
        _number("number"),
        text("kind"),
        row_id("basis_id"),
        row_id("run_id", nullable=True),
        text("document_digest", nullable=True),
        _number("schema_version"),
        _blob("payload"),
        refers={"case_id": "case_.id", "basis_id": "basis.id", "run_id": "run.id"},
        unique=[("case_id", "number")],
    )
    _record(
        "case_state",
        row_id("case_id"),
        row_id("basis_id"),
        row_id("analysis_id"),
        row_id("run_id", nullable=True),
        refers={
            "case_id": "case_.id",
            "basis_id": "basis.id",
            "analysis_id": "analysis.id",
            "run_id": "run.id",
        },
        index=[("case_id",)],
    )


def _versions(name: str) -> None:
    _record(
        name,
        row_id("case_id"),
        row_id("analysis_id"),
        _blob("token"),
        _blob("content", nullable=True),
        _flag("retired"),
        _number("schema_version"),
        _blob("payload", nullable=True),
        refers={"case_id": "case_.id", "analysis_id": "analysis.id"},
        index=[("case_id", "token", "id")],
    )


def _events() -> None:
    _record(
        "event",
        row_id("case_id"),
        row_id("run_id"),
        _number("tier"),
        *(text(name) for name in ("direction", "digest")),
        _blob("payload"),
        refers={"case_id": "case_.id", "run_id": "run.id"},
        index=[("case_id",), ("run_id",)],
    )


def _reads() -> None:
    op.create_table(
        "read_part",
        row_id("id"),
        _blob("digest"),
        text("sources"),
        _blob("hashes"),
        sa.PrimaryKeyConstraint("id", name="pk_read_part"),
        sa.UniqueConstraint("digest", name="uq_read_part_digest"),
    )
    append_only("read_part", [("id",), ("digest",)])
    op.create_table(
        "fact_value",
        text("digest"),
        text("value"),
        sa.PrimaryKeyConstraint("digest", name="pk_fact_value"),
        sqlite_with_rowid=False,
    )
    append_only("fact_value", [("digest",)])


def _assessment_index() -> None:
    op.create_table(
        "assessment_index",
        row_id("assessment_id"),
        row_id("case_id"),
        text("allele"),
        sa.Column("allele_key", sa.BigInteger(), nullable=False),
        *(text(name) for name in ("gene", "disease")),
        text("inheritance", nullable=True),
        *(text(name) for name in ("rules", "content_digest")),
        _number("points"),
        *(text(name) for name in ("machine_points", "machine_richards2015")),
        *(text(name, nullable=True) for name in ("machine_acgs", "signed_class")),
        *(row_id(f"{part}_part") for part in ("rules", "gene")),
        text("sources"),
        *(_blob(name) for name in ("hashes", "positions")),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_assessment_index"),
        _refers("assessment_index", "assessment_id", "assessment.id"),
        *(
            _refers("assessment_index", f"{part}_part", "read_part.id")
            for part in ("rules", "gene")
        ),
    )
    for column in ("case_id", "allele_key"):
        op.create_index(f"ix_assessment_index_{column}", "assessment_index", [column])
    index_table("assessment_index", [("assessment_id",)])
