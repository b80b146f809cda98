"""Consents, prescriptions, observations, sequencing, findings, reviews, diagnoses, recontacts."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from varinterp.registry.migrations.append_only import index_table, record_table, row_id, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCOPES = "'primary', 'secondary_findings', 'recontact', 'reanalysis', 'research'"
MILESTONES = "'first_signs', 'clinical_diagnosis', 'genetic_diagnosis'"
TRANSITIONS = (
    "'take', 'propose', 'sign', 'dismiss', 'snooze', 'reopen', 'queue', 'surface', 'revert',"
    " 'supersede'"
)
LEVELS = "'confirmed', 'probable', 'in_progress', 'undetermined'"


def upgrade() -> None:
    """Create the tables of what people said and did."""
    _people()
    _clinic()
    _findings()
    _reviews()
    _diagnoses()
    _lists()


def _record(
    name: str,
    *columns: sa.Column[Any],
    refers: Mapping[str, str] | None = None,
    unique: Sequence[Sequence[str]] = (),
    index: Sequence[str] = (),
    checks: Mapping[str, str] | None = None,
) -> None:
    keys = [
        sa.ForeignKeyConstraint([column], [target], name=f"fk_{name}_{column}")
        for column, target in (refers or {}).items()
    ]
    conditions = [
        sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{check}"))
        for check, condition in (checks or {}).items()
    ]
    record_table(name, *columns, *keys, *conditions, unique=unique)
    for column in index:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _payload() -> sa.Column[bytes]:
    return sa.Column("payload", sa.LargeBinary(), nullable=False)


def _day(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _of_case(name: str, *columns: sa.Column[Any], **options: Any) -> None:
    refers = {"case_id": "case_.id", **options.pop("refers", {})}
    index = ("case_id", *options.pop("index", ()))
    _record(name, *columns, refers=refers, index=index, **options)


def _people() -> None:
    op.create_table(
        "member",
        row_id("case_id"),
        sa.Column("analysis", sa.Integer(), nullable=False),
        text("person"),
        text("role"),
        _flag("sequenced"),
        sa.PrimaryKeyConstraint("case_id", "analysis", "person", name="pk_member"),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name="fk_member_case_id"),
    )
    op.create_index("ix_member_person", "member", ["person"])
    index_table("member", [("case_id", "analysis", "person")])
    _record(
        "consent",
        text("person"),
        text("scope"),
        _flag("granted"),
        _day("valid_from"),
        text("document", nullable=True),
        index=("person",),
        checks={"scope": f"scope IN ({SCOPES})"},
    )


def _clinic() -> None:
    _of_case("prescription", row_id("case_id"), _payload())
    _of_case(
        "milestone",
        row_id("case_id"),
        text("kind"),
        _payload(),
        checks={"kind": f"kind IN ({MILESTONES})"},
    )
    _of_case(
        "observation",
        row_id("case_id"),
        text("origin"),
        row_id("corrects_id", nullable=True),
        _payload(),
        refers={"corrects_id": "observation.id"},
        unique=[("corrects_id",)],
        checks={"origin": "origin IN ('intake', 'clinic')"},
    )
    _of_case("sequencing", row_id("case_id"), _payload())


def _findings() -> None:
    _of_case(
        "finding",
        row_id("case_id"),
        row_id("assessment_id"),
        row_id("amends_id", nullable=True),
        row_id("event_id", nullable=True),
        _payload(),
        refers={
            "assessment_id": "assessment.id",
            "amends_id": "finding.id",
            "event_id": "event.id",
        },
        index=("amends_id",),
    )
    _of_case(
        "finding_act",
        row_id("finding_id"),
        row_id("case_id"),
        text("act"),
        sa.Column("seat", sa.Integer(), nullable=True),
        text("signatory"),
        _day("valid_from"),
        _payload(),
        refers={"finding_id": "finding.id"},
        unique=[("finding_id", "seat"), ("finding_id", "act", "signatory")],
        checks={
            "act": "act IN ('sign', 'retract')",
            "seat_of_signature": "(act = 'sign') = (seat IS NOT NULL)",
            "two_seats": "seat IS NULL OR seat IN (1, 2)",
            "no_program": "signatory NOT LIKE 'varinterp%'",
        },
    )
    _of_case(
        "reclassification",
        row_id("case_id"),
        row_id("finding_id"),
        row_id("before_id"),
        row_id("after_id", nullable=True),
        row_id("event_id", nullable=True),
        refers={
            "finding_id": "finding.id",
            "before_id": "assessment.id",
            "after_id": "assessment.id",
            "event_id": "event.id",
        },
        unique=[("finding_id", "before_id", "after_id", "event_id")],
        index=("finding_id",),
    )


def _reviews() -> None:
    _of_case(
        "review",
        row_id("event_id"),
        row_id("case_id"),
        text("transition"),
        text("reviewer", nullable=True),
        text("reason", nullable=True),
        _payload(),
        refers={"event_id": "event.id"},
        index=("event_id",),
        checks={"transition": f"transition IN ({TRANSITIONS})"},
    )


def _diagnoses() -> None:
    _of_case("diagnosis_proposal", row_id("case_id"), text("signatory"), text("level"), _payload())
    two = "signatory1 IS NOT NULL AND signatory2 IS NOT NULL"
    _of_case(
        "diagnosis",
        row_id("case_id"),
        text("level"),
        _flag("undiagnosed"),
        text("signatory1", nullable=True),
        text("signatory2", nullable=True),
        _day("investigated_on", nullable=True),
        _day("valid_from"),
        row_id("proposal_id", nullable=True),
        _payload(),
        refers={"proposal_id": "diagnosis_proposal.id"},
        checks={
            "level": f"level IN ({LEVELS})",
            "signed": f"level = 'in_progress' OR ({two})",
            "two_people": "signatory1 <> signatory2",
            "undiagnosed": "NOT undiagnosed OR (level = 'undetermined'"
            f" AND investigated_on IS NOT NULL AND {two})",
            "no_program": "signatory1 NOT LIKE 'varinterp%' AND signatory2 NOT LIKE 'varinterp%'",
        },
    )


def _lists() -> None:
    _of_case(
        "recontact",
        row_id("case_id"),
        row_id("event_id", nullable=True),
        text("owner"),
        _day("due"),
        _payload(),
        refers={"event_id": "event.id"},
    )
    _of_case(
        "recontact_end",
        row_id("recontact_id"),
        row_id("case_id"),
        text("state"),
        _day("closed_on"),
        _payload(),
        refers={"recontact_id": "recontact.id"},
        unique=[("recontact_id",)],
        checks={"state": "state IN ('cancelled', 'done')"},
    )
    _record(
        "notification",
        row_id("run_id", nullable=True),
        *(text(name) for name in ("channel", "recipient", "digest", "events")),
        refers={"run_id": "run.id"},
        unique=[("channel", "recipient", "digest")],
    )
