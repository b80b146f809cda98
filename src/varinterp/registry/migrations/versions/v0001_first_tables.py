"""Cases, their analyses, what was concluded and what was read; append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNIQUE = {
    "case_": (("id",), ("pseudonym",), ("family", "proband", "indication_digest")),
    "analysis": (("id",), ("case_id", "number")),
    "release_used": (("analysis_id", "source"),),
    "read_release": (("analysis_id", "source", "release_source"),),
    "read_set": (("id",), ("digest",)),
    "read_": (("read_set_id", "source", "key"),),
    "assessment": (("id",), ("analysis_id", "key_digest"), ("supersedes_id",)),
    "conclusion": (("analysis_id", "key_digest"),),
}


def upgrade() -> None:
    """Create every table, then refuse whatever would change or drop a row."""
    _cases()
    _analyses()
    _releases()
    _reads()
    _assessments()
    _conclusions()
    for table, keys in UNIQUE.items():
        _append_only(table, keys)


def _row_id(name: str, nullable: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=nullable)


def _cases() -> None:
    op.create_table(
        "case_",
        _row_id("id"),
        _text("pseudonym"),
        _text("family"),
        _text("proband"),
        _word("indication_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_case_"),
        sa.UniqueConstraint(
            "family",
            "proband",
            "indication_digest",
            name="uq_case__family_proband_indication_digest",
        ),
        sa.UniqueConstraint("pseudonym", name="uq_case__pseudonym"),
    )


def _analyses() -> None:
    op.create_table(
        "analysis",
        _row_id("id"),
        _row_id("case_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_digest", sa.String(64), nullable=False),
        _text("software", nullable=True),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analysis"),
        sa.UniqueConstraint("case_id", "number", name="uq_analysis_case_id_number"),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name="fk_analysis_case_id"),
    )


def _releases() -> None:
    op.create_table(
        "release_used",
        _row_id("analysis_id"),
        _text("source"),
        _text("release"),
        _text("date"),
        _text("url"),
        _text("licence"),
        sa.Column("constructed", sa.Boolean(), nullable=False),
        _text("note"),
        sa.PrimaryKeyConstraint("analysis_id", "source", name="pk_release_used"),
        sa.ForeignKeyConstraint(
            ["analysis_id"], ["analysis.id"], name="fk_release_used_analysis_id"
        ),
    )
    op.create_table(
        "read_release",
        _row_id("analysis_id"),
        _text("source"),
        _text("release_source"),
        sa.PrimaryKeyConstraint("analysis_id", "source", "release_source", name="pk_read_release"),
        sa.ForeignKeyConstraint(
            ["analysis_id", "release_source"],
            ["release_used.analysis_id", "release_used.source"],
            name="fk_read_release_analysis_id_release_source",
        ),
    )


def _reads() -> None:
    op.create_table(
        "read_set",
        _row_id("id"),
        _word("digest"),
        sa.PrimaryKeyConstraint("id", name="pk_read_set"),
        sa.UniqueConstraint("digest", name="uq_read_set_digest"),
    )
    op.create_table(
        "read_",
        _row_id("read_set_id"),
        _text("source"),
        _text("key"),
        _word("kind"),
        _word("value_digest", nullable=True),
        sa.PrimaryKeyConstraint("read_set_id", "source", "key", name="pk_read_"),
        sa.ForeignKeyConstraint(["read_set_id"], ["read_set.id"], name="fk_read__read_set_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_read__source_key", "read_", ["source", "key"])


def _assessments() -> None:
    op.create_table(
        "assessment",
        _row_id("id"),
        _row_id("analysis_id"),
        _row_id("case_id"),
        _word("key_digest"),
        _text("allele"),
        sa.Column("allele_key", sa.BigInteger(), nullable=False),
        _text("gene"),
        _text("disease"),
        _word("inheritance", nullable=True),
        _text("rules"),
        _word("content_digest"),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("posterior", sa.Double(), nullable=False),
        _word("machine_points"),
        _word("machine_richards2015"),
        _word("machine_acgs", nullable=True),
        sa.Column("external", sa.JSON(), nullable=True),
        _word("signed_class", nullable=True),
        _text("signed_reader1", nullable=True),
        _text("signed_reader2", nullable=True),
        _text("signed_date", nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        _text("document"),
        _row_id("read_set_id"),
        _row_id("supersedes_id", nullable=True),
        *_assessment_constraints(),
    )
    for column in ("case_id", "key_digest", "allele_key", "read_set_id"):
        op.create_index(f"ix_assessment_{column}", "assessment", [column])


def _assessment_constraints() -> tuple[sa.Constraint, ...]:
    whole = " AND ".join(
        f"(signed_class IS NULL) = (signed_{part} IS NULL)"
        for part in ("reader1", "reader2", "date")
    )
    references = {
        "analysis_id": "analysis.id",
        "case_id": "case_.id",
        "read_set_id": "read_set.id",
        "supersedes_id": "assessment.id",
    }
    return (
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint(
            "analysis_id", "key_digest", name="uq_assessment_analysis_id_key_digest"
        ),
        sa.CheckConstraint(
            "(disease = 'none') = (inheritance IS NULL)", name=op.f("ck_assessment_mode_of_disease")
        ),
        sa.CheckConstraint(whole, name=op.f("ck_assessment_signed_whole")),
        sa.CheckConstraint(
            "signed_reader1 <> signed_reader2", name=op.f("ck_assessment_two_readers")
        ),
        *(
            sa.ForeignKeyConstraint([column], [target], name=f"fk_assessment_{column}")
            for column, target in references.items()
        ),
        sa.UniqueConstraint("supersedes_id", name="uq_assessment_supersedes_id"),
    )


def _conclusions() -> None:
    op.create_table(
        "conclusion",
        _row_id("analysis_id"),
        _word("key_digest"),
        _row_id("assessment_id"),
        sa.PrimaryKeyConstraint("analysis_id", "key_digest", name="pk_conclusion"),
        sa.ForeignKeyConstraint(["analysis_id"], ["analysis.id"], name="fk_conclusion_analysis_id"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_conclusion_assessment_id"
        ),
    )
    op.create_index("ix_conclusion_assessment_id", "conclusion", ["assessment_id"])


def _append_only(table: str, keys: tuple[tuple[str, ...], ...]) -> None:
    """Refuse UPDATE, DELETE and REPLACE, which drops the old row without a DELETE trigger."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the registry is append-only'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    present = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 (names are our own)
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {present} {refuse}"
    )
