"""The rows of consents: written once, read in the order of recording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.registry.batch import Batch
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset_tables import CONSENT
from varinterp.registry.history import horizon
from varinterp.registry.tables import BATCH

DOCUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RecordedConsent:
    """A decision, who recorded it and when."""

    id: int
    decision: ConsentDecision
    author: str
    recorded_at: datetime


def record_consents(batch: Batch, decisions: Sequence[ConsentDecision]) -> tuple[int, ...]:
    """Write the decisions that are not the last word of their person, scope and day."""
    ids = []
    for decision in decisions:
        if decision.document and not DOCUMENT.fullmatch(decision.document):
            raise InputError(
                [fault("dataset.document", "another text", "a reference of at most 64 characters")]
            )
        same_day = sa.and_(
            CONSENT.c.person == decision.person,
            CONSENT.c.scope == decision.scope.value,
            CONSENT.c.valid_from == decision.valid_from,
        )
        known = recorded_consents(batch.connection, None, same_day)
        if not known or known[-1].decision != decision:
            ids.append(batch.add(CONSENT, _row(decision)))
    return tuple(ids)


def _row(decision: ConsentDecision) -> dict[str, object]:
    return {
        "person": decision.person,
        "scope": decision.scope.value,
        "granted": decision.granted,
        "valid_from": decision.valid_from,
        "document": decision.document or None,
    }


def recorded_consents(
    connection: sa.Connection, as_of: datetime | None, *conditions: sa.ColumnElement[bool]
) -> tuple[RecordedConsent, ...]:
    """Return decisions in the order of recording; `as_of` leaves out what came later."""
    query = (
        sa.select(CONSENT, BATCH.c.author, BATCH.c.recorded_at)
        .join(BATCH, BATCH.c.id == CONSENT.c.batch_id)
        .where(CONSENT.c.batch_id <= horizon(connection, as_of), *conditions)
        .order_by(CONSENT.c.id)
    )
    return tuple(
        RecordedConsent(
            row.id,
            ConsentDecision(
                ConsentScope(row.scope), row.granted, row.valid_from, row.person, row.document or ""
            ),
            row.author,
            row.recorded_at,
        )
        for row in connection.execute(query)
    )
