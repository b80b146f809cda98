"""The tables of people's words and acts: consents, prescriptions, observations, signatures.

Each is a table of records (`registry.tables`): written once, in a batch of the hash chain. What
tells of a patient is in `payload`; what stands in clear is what a constraint or a join needs, and
what must outlive an erasure (who withdrew, and who signed).
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from varinterp.model.consent import ConsentScope
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.milestone import MilestoneKind
from varinterp.model.recontact import RecontactState
from varinterp.model.review import Transition
from varinterp.registry.tables import METADATA, binary, record, row_id, text


def in_words(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column holds one of some words."""
    quoted = ", ".join(f"'{word!s}'" for word in words)
    return f"{column} IN ({quoted})"


WHOLE_DIAGNOSIS = "level = 'in_progress' OR (signatory1 IS NOT NULL AND signatory2 IS NOT NULL)"
"""Two people sign every level but the one that says that work goes on."""

UNDIAGNOSED_SIGNED = (
    "NOT undiagnosed OR (level = 'undetermined' AND investigated_on IS NOT NULL"
    " AND signatory1 IS NOT NULL AND signatory2 IS NOT NULL)"
)
"""ORPHA:616874: two people, at the end of a full investigation."""

NO_PROGRAM = "signatory1 NOT LIKE 'varinterp%' AND signatory2 NOT LIKE 'varinterp%'"
"""The program has no name to sign with."""


def _case() -> sa.Column[int]:
    return row_id("case_id", sa.ForeignKey("case_.id"), index=True)


def _refers(name: str, target: str, **options: Any) -> sa.Column[int]:
    return row_id(name, sa.ForeignKey(target), nullable=True, **options)


def _day(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


MEMBER = sa.Table(
    "member",
    METADATA,
    row_id("case_id", sa.ForeignKey("case_.id"), primary_key=True),
    sa.Column("analysis", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("person", sa.Text(), primary_key=True, index=True),
    text("role"),
    sa.Column("sequenced", sa.Boolean(), nullable=False),
    info={"index": True},
)
"""An index of the people of a case, so that their consents are found; it goes with the key.

Those of the highest analysis count: a case may be analysed anew without somebody.
"""

CONSENT = record(
    "consent",
    text("person", index=True),
    text("scope"),
    sa.Column("granted", sa.Boolean(), nullable=False),
    _day("valid_from"),
    text("document", nullable=True),
    sa.CheckConstraint(in_words("scope", ConsentScope), name="scope"),
)
"""A person's yes or no to a scope. It says nothing of health and outlives an erasure."""

PRESCRIPTION = record("prescription", _case(), binary("payload"))
"""A version of a case's prescription, whole; the last one counts."""

MILESTONE = record(
    "milestone",
    _case(),
    text("kind"),
    binary("payload"),
    sa.CheckConstraint(in_words("kind", MilestoneKind), name="kind"),
)
"""First signs and the days of the diagnoses; of each kind the last row of a case counts."""

OBSERVATION = record(
    "observation",
    _case(),
    text("origin"),
    _refers("corrects_id", "observation.id", unique=True),
    binary("payload"),
    sa.CheckConstraint("origin IN ('intake', 'clinic')", name="origin"),
)
"""A dated statement on one HPO term. `origin` is *intake* for those that an analysis began with."""

SEQUENCING = record("sequencing", _case(), binary("payload"))
"""How a person was sequenced for an analysis; of both the last row counts."""

FINDING = record(
    "finding",
    _case(),
    row_id("assessment_id", sa.ForeignKey("assessment.id")),
    _refers("amends_id", "finding.id", index=True),
    _refers("event_id", "event.id"),
    binary("payload"),
)
"""A draft of a reported finding, on one version of a conclusion."""

FINDING_ACT = record(
    "finding_act",
    row_id("finding_id", sa.ForeignKey("finding.id")),
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    text("act"),
    sa.Column("seat", sa.Integer(), nullable=True),
    text("signatory"),
    _day("valid_from"),
    binary("payload"),
    sa.UniqueConstraint("finding_id", "seat"),
    sa.UniqueConstraint("finding_id", "act", "signatory"),
    sa.CheckConstraint("act IN ('sign', 'retract')", name="act"),
    sa.CheckConstraint("(act = 'sign') = (seat IS NOT NULL)", name="seat_of_signature"),
    sa.CheckConstraint("seat IS NULL OR seat IN (1, 2)", name="two_seats"),
    sa.CheckConstraint("signatory NOT LIKE 'varinterp%'", name="no_program"),
)
"""A signature, on one of two seats and of one person once, or a retraction."""

RECLASSIFICATION = record(
    "reclassification",
    _case(),
    row_id("finding_id", sa.ForeignKey("finding.id"), index=True),
    row_id("before_id", sa.ForeignKey("assessment.id")),
    _refers("after_id", "assessment.id"),
    _refers("event_id", "event.id"),
    sa.UniqueConstraint("finding_id", "before_id", "after_id", "event_id"),
)
"""What the conclusion under a reported finding became; `after_id` is NULL when none stands."""

REVIEW = record(
    "review",
    row_id("event_id", sa.ForeignKey("event.id"), index=True),
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    text("transition"),
    text("reviewer", nullable=True),
    text("reason", nullable=True),
    binary("payload"),
    sa.CheckConstraint(in_words("transition", Transition), name="transition"),
)
"""An act on an event; the state is what the acts lead to."""

DIAGNOSIS_PROPOSAL = record(
    "diagnosis_proposal", _case(), text("signatory"), text("level"), binary("payload")
)
"""A status under which one of two people put their name: it is not in force."""

DIAGNOSIS = record(
    "diagnosis",
    _case(),
    text("level"),
    sa.Column("undiagnosed", sa.Boolean(), nullable=False),
    text("signatory1", nullable=True),
    text("signatory2", nullable=True),
    _day("investigated_on", nullable=True),
    _day("valid_from"),
    _refers("proposal_id", "diagnosis_proposal.id"),
    binary("payload"),
    sa.CheckConstraint(in_words("level", DiagnosticLevel), name="level"),
    sa.CheckConstraint(WHOLE_DIAGNOSIS, name="signed"),
    sa.CheckConstraint("signatory1 <> signatory2", name="two_people"),
    sa.CheckConstraint(UNDIAGNOSED_SIGNED, name="undiagnosed"),
    sa.CheckConstraint(NO_PROGRAM, name="no_program"),
)
"""A diagnostic status in force from a day on; the last one of a case counts."""

RECONTACT = record(
    "recontact",
    _case(),
    _refers("event_id", "event.id"),
    text("owner"),
    _day("due"),
    binary("payload"),
)
RECONTACT_END = record(
    "recontact_end",
    row_id("recontact_id", sa.ForeignKey("recontact.id"), unique=True),
    row_id("case_id", sa.ForeignKey("case_.id"), index=True),
    text("state"),
    _day("closed_on"),
    binary("payload"),
    sa.CheckConstraint(
        in_words("state", sorted(set(RecontactState) - {RecontactState.OPEN})), name="state"
    ),
)

NOTIFICATION = record(
    "notification",
    _refers("run_id", "run.id"),
    text("channel"),
    text("recipient"),
    text("digest"),
    text("events"),
    sa.UniqueConstraint("channel", "recipient", "digest"),
)
"""A message that was sent: to whom, the SHA-256 of its text, the ids of its events as JSON."""
