"""The messages of signed acts: findings and diagnoses, each told in the batch of its act.

They say what a report states, under pseudonyms; who signed stays in the registry.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from varinterp.model.canonical import canonical
from varinterp.model.diagnosis import Diagnosis
from varinterp.model.reported import ReportedFinding
from varinterp.registry.batch import Batch
from varinterp.registry.outbox import standing, tell
from varinterp.registry.outbox_tables import OUTBOX_MESSAGE, MessageKind
from varinterp.registry.payload import CaseKey


def finding_signed(batch: Batch, key: CaseKey, finding: ReportedFinding, on: date) -> str:
    """Tell of a finding that its second reader signs on a day; return the message's id.

    One that amends another finding corrects that one's message, where there is one.
    """
    before = None if finding.amends is None else finding_message(batch, key, finding.amends)
    kind = MessageKind.REPORT if before is None else MessageKind.CORRECTION
    return tell(batch, key, kind, _content(finding, on), corrects=before)


def finding_retracted(batch: Batch, key: CaseKey, finding: ReportedFinding) -> str | None:
    """Take back the message of a finding; None when there never was one."""
    before = finding_message(batch, key, finding.id)
    if before is None:
        return None
    return tell(batch, key, MessageKind.RETRACTION, None, corrects=before)


def diagnosis_signed(batch: Batch, key: CaseKey, diagnosis: Diagnosis) -> str:
    """Tell of a diagnostic status; it corrects the one told before, unless it is the same."""
    content = canonical(
        {
            "type": "diagnosis",
            "level": diagnosis.level,
            "diseases": diagnosis.diseases,
            "valid_from": diagnosis.valid_from.isoformat(),
            "report": diagnosis.report,
        }
    )
    held = set(standing(batch.connection, key.case_id))
    told = [(id_, said) for id_, said in _told(batch, key) if id_ in held]
    before = next((id_ for id_, said in told if said.get("type") == "diagnosis"), None)
    if before is not None and (before, json.loads(content)) in told:
        return before
    kind = MessageKind.REPORT if before is None else MessageKind.CORRECTION
    return tell(batch, key, kind, content, corrects=before)


def finding_message(batch: Batch, key: CaseKey, finding: int) -> str | None:
    """Return the id of the message that told of a finding."""
    for message, said in _told(batch, key):
        if said.get("type") == "finding" and said.get("finding") == finding:
            return message
    return None


def _told(batch: Batch, key: CaseKey) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each message of a case says, in order."""
    rows = batch.connection.execute(
        sa.select(OUTBOX_MESSAGE)
        .where(OUTBOX_MESSAGE.c.case_id == key.case_id, OUTBOX_MESSAGE.c.payload.is_not(None))
        .order_by(OUTBOX_MESSAGE.c.sequence)
    )
    for row in rows:
        text = key.unlock(OUTBOX_MESSAGE.name, row.id, bytes(row.payload))
        yield row.message, json.loads(text)


def _content(finding: ReportedFinding, on: date) -> str:
    about = finding.key
    return canonical(
        {
            "type": "finding",
            "finding": finding.id,
            "allele": about.allele.id,
            "gene": about.gene,
            "disease": about.disease,
            "inheritance": about.inheritance,
            "class": finding.value,
            "report": finding.report,
            "report_version": finding.report_version,
            "signed_on": on.isoformat(),
        }
    )
