"""The tables of the genomic dataset that hold cases, analyses and what was concluded.

A *record* is written once, in a batch that is a link of the hash chain; `seal` is the digest of
the row. Whatever tells of a person stands in `payload`, encrypted with the case's key (`payload`).
An *index* repeats in clear what is asked for often, and goes when the case's key goes. Row ids are
given by the registry, in the order of recording.
"""

from typing import Any

import sqlalchemy as sa

from varinterp.registry.instant import Instant

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def row_id(
    name: str, *refers: sa.ForeignKey, nullable: bool = False, **options: Any
) -> sa.Column[int]:
    """A column of row ids; only a column of type INTEGER is a row id in SQLite."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, *refers, nullable=nullable, autoincrement=False, **options)


def text(name: str, nullable: bool = False, **options: Any) -> sa.Column[str]:
    """A column of text; JSON is kept as its canonical text."""
    return sa.Column(name, sa.Text(), nullable=nullable, **options)


def binary(name: str, nullable: bool = False) -> sa.Column[bytes]:
    """A column of bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def record(name: str, *columns: sa.Column[Any] | sa.schema.SchemaItem) -> sa.Table:
    """A table of records: `columns` between its id, its batch and its seal."""
    return sa.Table(
        name,
        METADATA,
        row_id("id", primary_key=True),
        row_id("batch_id"),
        *columns,
        binary("seal"),
        info={"record": True},
    )


def records() -> tuple[sa.Table, ...]:
    """Every table whose rows are in the hash chain, by name."""
    tables = METADATA.tables
    return tuple(tables[name] for name in sorted(tables) if tables[name].info.get("record"))


BATCH = sa.Table(
    "batch",
    METADATA,
    row_id("id", primary_key=True),
    text("kind"),
    text("author"),
    sa.Column("recorded_at", Instant(), nullable=False, index=True),
    text("content"),
    text("previous"),
    text("hash"),
)
"""A transaction that wrote: a link. `content` counts its rows by table, as JSON."""

CASE = record(
    "case_",
    text("pseudonym", unique=True),
    text("family"),
    text("proband"),
    text("indication_digest"),
    sa.UniqueConstraint("family", "proband", "indication_digest"),
)
"""A case: family, proband and indication under one pseudonym."""

CASE_KEY = sa.Table(
    "case_key",
    METADATA,
    row_id("case_id", sa.ForeignKey("case_.id"), primary_key=True),
    binary("secret"),
)
"""The key that a case's payloads are encrypted with; deleting it is the erasure of the case."""

ERASURE = record(
    "erasure", row_id("case_id", sa.ForeignKey("case_.id"), unique=True), text("author")
)
"""A case whose key was destroyed, and at whose hand."""

BASIS = record("basis", text("digest", unique=True), text("software"), text("rules"))
"""What conclusions stand on; `rules` are the values in force, as JSON."""

BASIS_RELEASE = record(
    "basis_release",
    row_id("basis_id", sa.ForeignKey("basis.id")),
    text("source"),
    text("release"),
    text("date"),
    text("url"),
    text("licence"),
    sa.Column("constructed", sa.Boolean(), nullable=False),
    text("note"),
    sa.UniqueConstraint("basis_id", "source"),
)
"""A release of a basis, as its label read when the basis was first recorded."""

RUN = record(
    "run",
    text("name", unique=True),
    row_id("target_id", sa.ForeignKey("basis.id")),
    text("author"),
    sa.Column("everything", sa.Boolean(), nullable=False),
    text("plan"),
)
"""A run of the reanalysis; `plan` says what it was going to touch, as JSON."""

RUN_END = record("run_end", row_id("run_id", sa.ForeignKey("run.id"), unique=True), text("counts"))

ANALYSIS = record(
    "analysis",
    row_id("case_id", sa.ForeignKey("case_.id")),
    sa.Column("number", sa.Integer(), nullable=False),
    text("kind"),
    row_id("basis_id", sa.ForeignKey("basis.id")),
    row_id("run_id", sa.ForeignKey("run.id"), nullable=True),
    text("document_digest", nullable=True),
    sa.Column("schema_version", sa.Integer(), nullable=False),
    binary("payload"),
    sa.UniqueConstraint("case_id", "number"),
)
"""A numbered analysis of a case, by the workflow (``full``) or by a run (``reanalysis``)."""

CASE_STATE = record(
    "case_state",
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    row_id("basis_id", sa.ForeignKey("basis.id")),
    row_id("analysis_id", sa.ForeignKey("analysis.id")),
    row_id("run_id", sa.ForeignKey("run.id"), nullable=True),
)
"""From here on the case's conclusions hold on the basis; the last one of a case counts."""


def _versions(name: str) -> sa.Table:
    return record(
        name,
        row_id("case_id", sa.ForeignKey("case_.id")),
        row_id("analysis_id", sa.ForeignKey("analysis.id")),
        binary("token"),
        binary("content", nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        binary("payload", nullable=True),
        sa.Index(None, "case_id", "token", "id"),
    )


ASSESSMENT = _versions("assessment")
"""A version of the conclusion on a key; `retired` says that the key is no longer concluded on.

`token` stands for the key and `content` for what is concluded: whoever has not the case's key can
compute neither.
"""
CANDIDATE = _versions("candidate")
"""A version of a candidate (allele and gene), in the same way."""

EVENT = record(
    "event",
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    row_id("run_id", sa.ForeignKey("run.id"), index=True),
    sa.Column("tier", sa.Integer(), nullable=False),
    text("direction"),
    text("digest"),
    binary("payload"),
)
"""What moved in a case through a run: a proposal to look again."""

ASSESSMENT_INDEX = sa.Table(
    "assessment_index",
    METADATA,
    row_id("assessment_id", sa.ForeignKey("assessment.id"), primary_key=True),
    row_id("case_id", index=True),
    text("allele"),
    sa.Column("allele_key", sa.BigInteger(), nullable=False, index=True),
    text("gene"),
    text("disease"),
    text("inheritance", nullable=True),
    text("rules"),
    text("content_digest"),
    sa.Column("points", sa.Integer(), nullable=False),
    text("machine_points"),
    text("machine_richards2015"),
    text("machine_acgs", nullable=True),
    text("signed_class", nullable=True),
    row_id("rules_part", sa.ForeignKey("read_part.id")),
    row_id("gene_part", sa.ForeignKey("read_part.id")),
    text("sources"),
    binary("hashes"),
    binary("positions"),
    info={"index": True},
)
"""What a version of a conclusion says and reads, in clear.

A set of reads has three parts: of rules, of facts of the gene, and the rest. The first two are
stored once however many share them. `hashes` are those of facts (`model.reads.fact_hash`),
little-endian and sorted; `sources` names theirs.
"""

READ_PART = sa.Table(
    "read_part",
    METADATA,
    row_id("id", primary_key=True),
    sa.Column("digest", sa.LargeBinary(), nullable=False, unique=True),
    text("sources"),
    binary("hashes"),
)
"""Reads that many conclusions share. Nothing here is personal."""

FACT_VALUE = sa.Table(
    "fact_value",
    METADATA,
    sa.Column("digest", sa.Text(), primary_key=True),
    text("value"),
    sqlite_with_rowid=False,
)
"""A value that a source gave, under the digest of its canonical JSON. Nothing here is personal."""
