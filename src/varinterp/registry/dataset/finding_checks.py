"""What must hold before a finding is drafted or signed."""

import sqlalchemy as sa

from varinterp.errors import Fault, InputError, InternalError
from varinterp.model.assessment import AssessmentKey
from varinterp.model.reported import FindingState, ReportedFinding
from varinterp.registry.dataset.faults import fault
from varinterp.registry.payload import CaseKey
from varinterp.registry.tables import ASSESSMENT


def require_version(
    connection: sa.Connection, key: CaseKey, about: AssessmentKey, assessment: int
) -> None:
    """Raise InputError for a version that is not of this case and conclusion, or was retired."""
    row = connection.execute(
        sa.select(ASSESSMENT.c.case_id, ASSESSMENT.c.token, ASSESSMENT.c.retired).where(
            ASSESSMENT.c.id == assessment
        )
    ).first()
    token = None if row is None or row.retired else bytes(row.token)
    if row is None or row.case_id != key.case_id or token != key.token(str(about)):
        raise InputError(
            [fault("dataset.assessment", "no such conclusion", "a conclusion of the case")]
        )


def refuse_moved(connection: sa.Connection, key: CaseKey, found: ReportedFinding) -> None:
    """Raise InputError when a version came after the draft's: a person signs what they read."""
    last = connection.scalar(
        sa.select(sa.func.max(ASSESSMENT.c.id)).where(
            ASSESSMENT.c.case_id == key.case_id, ASSESSMENT.c.token == key.token(str(found.key))
        )
    )
    if last is None:
        raise InternalError("a finding stands on no conclusion")
    if last != found.assessment:
        raise InputError(
            [
                fault(
                    "dataset.finding_moved",
                    "a conclusion that moved since the draft",
                    "the conclusion that was drafted on",
                )
            ]
        )


def find(findings: tuple[ReportedFinding, ...], wanted: int) -> ReportedFinding:
    """Return a finding by its number; raise InputError when there is none."""
    for each in findings:
        if each.id == wanted:
            return each
    raise InputError([fault("dataset.finding", "no such finding", "one of the case's findings")])


def require_standing(findings: tuple[ReportedFinding, ...], wanted: int) -> ReportedFinding:
    """Return a finding that is signed and in force; raise InputError for another."""
    found = find(findings, wanted)
    if found.state is not FindingState.SIGNED:
        raise InputError([state_fault(found, FindingState.SIGNED)])
    return found


def state_fault(found: ReportedFinding, wanted: FindingState) -> Fault:
    """Say that a finding is in another state than the one it takes."""
    return fault(
        "dataset.finding_state", f"a finding that is {found.state}", f"one that is {wanted}"
    )
