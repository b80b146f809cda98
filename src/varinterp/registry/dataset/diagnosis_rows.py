"""The rows of diagnostic status: proposals of one person, and what two signed."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.model.diagnosis import Diagnosis, DiagnosticLevel
from varinterp.model.signatures import Signatures
from varinterp.registry.dataset.part import load, stored
from varinterp.registry.dataset_tables import DIAGNOSIS, DIAGNOSIS_PROPOSAL


@dataclass(frozen=True, slots=True)
class Statement:
    """A status as a person states it, before there are two signatures (`model.diagnosis`)."""

    level: DiagnosticLevel
    valid_from: date
    diseases: tuple[str, ...] = ()
    investigated_on: date | None = None
    report: str | None = None

    def signed(self, signatures: Signatures | None) -> Diagnosis:
        """Return the status under two names; raise ValueError when it breaks RD-CODE's rules."""
        return Diagnosis(
            self.level,
            self.valid_from,
            self.diseases,
            signatures,
            self.investigated_on,
            self.report,
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """The payload of a proposal: the name as written, and what it is under."""

    reader: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Proposal:
    """A status that one person signed; `closed` once another signed the same."""

    id: int
    case: str
    reader: str
    statement: Statement
    recorded_at: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class RecordedDiagnosis:
    """A status that is, or was, in force, who recorded it and when."""

    id: int
    case: str
    diagnosis: Diagnosis
    author: str
    recorded_at: datetime


def read_diagnoses(
    connection: sa.Connection, case: str | None = None, as_of: datetime | None = None
) -> tuple[RecordedDiagnosis, ...]:
    """Return every status of a case, or of all, in the order of recording."""
    return tuple(
        RecordedDiagnosis(row.id, row.case, load(Diagnosis, row.text), row.author, row.recorded_at)
        for row in stored(connection, DIAGNOSIS, case, as_of)
    )


def read_proposals(
    connection: sa.Connection, case: str | None = None, as_of: datetime | None = None
) -> tuple[Proposal, ...]:
    """Return what single people proposed, in the order of recording."""
    enacted = {row.row["proposal_id"] for row in stored(connection, DIAGNOSIS, case, as_of)}
    found = []
    for row in stored(connection, DIAGNOSIS_PROPOSAL, case, as_of):
        told = load(Proposed, row.text)
        found.append(
            Proposal(
                row.id, row.case, told.reader, told.statement, row.recorded_at, row.id in enacted
            )
        )
    return tuple(found)
