"""The rows of reported findings, put together: drafts, signatures, retractions, amendments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.reported import (
    FindingAct,
    FindingState,
    ReportedFinding,
    Signature,
    state_after,
)
from varinterp.registry.dataset.part import Stored, load, stored
from varinterp.registry.dataset_tables import FINDING, FINDING_ACT


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a draft states: the payload of its row."""

    key: AssessmentKey
    value: AcmgClass
    report: str
    report_version: int
    drafted_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActText:
    """What goes with an act on a finding: the person's name as written, and why."""

    name: str
    reason: str = ""


def read_findings(
    connection: sa.Connection, case: str | None = None, as_of: datetime | None = None
) -> tuple[ReportedFinding, ...]:
    """Return findings with the states that their acts led to, in the order of drafting."""
    acts: dict[int, list[Stored]] = {}
    for act in stored(connection, FINDING_ACT, case, as_of):
        acts.setdefault(act.row["finding_id"], []).append(act)
    drafts = [
        _finding(row, acts.get(row.id, ())) for row in stored(connection, FINDING, case, as_of)
    ]
    amended_by = {
        each.amends: each.id
        for each in drafts
        if each.amends is not None and each.state is FindingState.SIGNED
    }
    return tuple(_amended(each, amended_by) for each in drafts)


def _finding(row: Stored, acts: Iterable[Stored]) -> ReportedFinding:
    draft = load(FindingDraft, row.text)
    signatures, closing = [], ""
    retracted = False
    for act in acts:
        told = load(ActText, act.text)
        if act.row["act"] == FindingAct.SIGN:
            signatures.append(Signature(told.name, act.row["valid_from"]))
        else:
            retracted, closing = True, told.reason
    return ReportedFinding(
        id=row.id,
        case=row.case,
        key=draft.key,
        assessment=row.row["assessment_id"],
        value=draft.value,
        report=draft.report,
        report_version=draft.report_version,
        state=state_after(signatures, amended=False, retracted=retracted),
        author=row.author,
        drafted_on=draft.drafted_on,
        signatures=tuple(signatures),
        amends=row.row["amends_id"],
        event=row.row["event_id"],
        reason=draft.reason,
        closing_reason=closing,
    )


def _amended(finding: ReportedFinding, amended_by: Mapping[int, int]) -> ReportedFinding:
    by = amended_by.get(finding.id)
    if by is None or finding.state is not FindingState.SIGNED:
        return finding
    return replace(finding, state=FindingState.AMENDED, amended_by=by)
