"""The tables of the genomic dataset. A row is written once: triggers refuse to change or drop it.

An *assessment* row is one version of the conclusion on a key. An analysis that reaches the same
content again points at that row through `conclusion`; one that reaches another content writes a
new row, whose `supersedes_id` points at the version before it. Releases stand beside the analysis
that used them, never inside compared content.
"""

from datetime import datetime
from enum import Enum as PythonEnum
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Kind
from varinterp.registry.instant import Instant

WORD_LENGTH = 32

# only a column of type INTEGER counts row ids up in SQLite
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RowId = Annotated[int, mapped_column(_ROW_ID)]
BigInt = Annotated[int, mapped_column(sa.BigInteger())]
Digest = Annotated[str, mapped_column(sa.String(32))]
Sha256 = Annotated[str, mapped_column(sa.String(64))]
Document = Annotated[dict[str, Any], mapped_column(sa.JSON(none_as_null=True))]


def _words(enum: type[PythonEnum]) -> list[str]:
    return [str(member.value) for member in enum]


class Base(DeclarativeBase):
    """Types that SQLite and PostgreSQL share, and one way to name constraints."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        float: sa.Double(),
        datetime: Instant(),
        PythonEnum: sa.Enum(
            PythonEnum, native_enum=False, length=WORD_LENGTH, values_callable=_words
        ),
    }


class CaseRow(Base):
    """A case: family, proband and indication under one pseudonym.

    The indication's text stays in the case document; its digest tells two cases apart.
    """

    __tablename__ = "case_"
    __table_args__ = (UniqueConstraint("family", "proband", "indication_digest"),)

    id: Mapped[RowId] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str]
    proband: Mapped[str]
    indication_digest: Mapped[Digest]


class AnalysisRow(Base):
    """A numbered run of a case; `document_digest` is the SHA-256 of its ``case.json``."""

    __tablename__ = "analysis"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[RowId] = mapped_column(primary_key=True)
    case_id: Mapped[RowId] = mapped_column(ForeignKey("case_.id"))
    number: Mapped[int]
    document_digest: Mapped[Sha256]
    software: Mapped[str | None]
    versions: Mapped[Document]
    recorded_at: Mapped[datetime]


class ReleaseUsedRow(Base):
    """A reference release that an analysis was run with, as its label read on the day."""

    __tablename__ = "release_used"

    analysis_id: Mapped[RowId] = mapped_column(ForeignKey("analysis.id"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    release: Mapped[str]
    date: Mapped[str]
    url: Mapped[str]
    licence: Mapped[str]
    constructed: Mapped[bool]
    note: Mapped[str]


class ReadReleaseRow(Base):
    """A release that answered an analysis's reads of a source of facts; there may be several.

    No row: the facts come from the case itself, the rules, or a release that was not labelled.
    """

    __tablename__ = "read_release"
    __table_args__ = (
        ForeignKeyConstraint(
            ["analysis_id", "release_source"], ["release_used.analysis_id", "release_used.source"]
        ),
    )

    analysis_id: Mapped[RowId] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    release_source: Mapped[str] = mapped_column(primary_key=True)


class ReadSetRow(Base):
    """A set of reads, stored once however many assessments made exactly these."""

    __tablename__ = "read_set"

    id: Mapped[RowId] = mapped_column(primary_key=True)
    digest: Mapped[Digest] = mapped_column(unique=True)


class ReadRow(Base):
    """A read of a set; `value_digest` is NULL when the source had nothing under the key."""

    __tablename__ = "read_"
    __table_args__ = (
        Index(None, "source", "key"),
        {"sqlite_with_rowid": False},  # the index then carries read_set_id and covers the join
    )

    read_set_id: Mapped[RowId] = mapped_column(ForeignKey("read_set.id"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    value_digest: Mapped[Digest | None]


class AssessmentRow(Base):
    """One version of the conclusion on a key; `analysis_id` is the analysis that first reached it.

    `document` is the assessment's canonical text and `content_digest` its digest; the columns
    between repeat what is asked for often. `schema_version` is the case document's.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("analysis_id", "key_digest"),
        CheckConstraint(
            f"(disease = '{NO_KNOWN_DISEASE}') = (inheritance IS NULL)", name="mode_of_disease"
        ),
        CheckConstraint(
            "(signed_class IS NULL) = (signed_reader1 IS NULL)"
            " AND (signed_class IS NULL) = (signed_reader2 IS NULL)"
            " AND (signed_class IS NULL) = (signed_date IS NULL)",
            name="signed_whole",
        ),
        CheckConstraint("signed_reader1 <> signed_reader2", name="two_readers"),
    )

    id: Mapped[RowId] = mapped_column(primary_key=True)
    analysis_id: Mapped[RowId] = mapped_column(ForeignKey("analysis.id"))
    case_id: Mapped[RowId] = mapped_column(ForeignKey("case_.id"), index=True)
    key_digest: Mapped[Digest] = mapped_column(index=True)
    allele: Mapped[str]
    allele_key: Mapped[BigInt] = mapped_column(index=True)
    gene: Mapped[str]
    disease: Mapped[str]
    inheritance: Mapped[Inheritance | None]
    rules: Mapped[str]
    content_digest: Mapped[Digest]
    points: Mapped[int]
    posterior: Mapped[float]
    machine_points: Mapped[AcmgClass]
    machine_richards2015: Mapped[AcmgClass]
    machine_acgs: Mapped[AcmgClass | None]
    external: Mapped[Document | None]
    signed_class: Mapped[AcmgClass | None]
    signed_reader1: Mapped[str | None]
    signed_reader2: Mapped[str | None]
    signed_date: Mapped[str | None]
    schema_version: Mapped[int]
    document: Mapped[str]
    read_set_id: Mapped[RowId] = mapped_column(ForeignKey("read_set.id"), index=True)
    supersedes_id: Mapped[RowId | None] = mapped_column(ForeignKey("assessment.id"), unique=True)

    case: Mapped[CaseRow] = relationship(lazy="raise")
    analysis: Mapped[AnalysisRow] = relationship(lazy="raise")
    conclusions: Mapped[list["ConclusionRow"]] = relationship(lazy="raise", viewonly=True)


class ConclusionRow(Base):
    """What an analysis concluded on a key: the one version that it reached, new or not."""

    __tablename__ = "conclusion"

    analysis_id: Mapped[RowId] = mapped_column(ForeignKey("analysis.id"), primary_key=True)
    key_digest: Mapped[Digest] = mapped_column(primary_key=True)
    assessment_id: Mapped[RowId] = mapped_column(ForeignKey("assessment.id"), index=True)

    analysis: Mapped[AnalysisRow] = relationship(lazy="raise")
