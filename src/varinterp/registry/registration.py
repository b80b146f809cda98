"""Registering one analysis: what is refused, what is known already, what is written.

Everything on a session runs inside the caller's single write transaction.
"""

import re
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from varinterp.errors import Fault, InputError, InternalError
from varinterp.model.canonical import digest
from varinterp.model.case import Case, CaseResult
from varinterp.registry.content import Content, Registration
from varinterp.registry.models import AnalysisRow, AssessmentRow, CaseRow, ConclusionRow
from varinterp.registry.records import Receipt
from varinterp.registry.rows import write_analysis

_SHA256 = re.compile(r"[0-9a-f]{64}")


def prepare(result: CaseResult, document_digest: str, recorded_at: datetime) -> Registration:
    """Compute what will be stored; raise InternalError for an analysis that contradicts itself."""
    if not _SHA256.fullmatch(document_digest):
        raise InternalError("a document digest is the SHA-256 of the file, in hexadecimal")
    if recorded_at.utcoffset() is None:
        raise InternalError("a recorded moment has a time zone")
    contents = tuple(Content.of(assessment) for assessment in result.assessments)
    if len({content.key_digest for content in contents}) < len(contents):
        raise InternalError("an analysis concludes twice on one assessment key")
    if any(assessment.key.case != result.case.id for assessment in result.assessments):
        raise InternalError("an assessment names another case than its analysis")
    if len({label.source for label in result.releases}) < len(result.releases):
        raise InternalError("an analysis used two releases of one source")
    return Registration(result, document_digest, recorded_at, contents)


def register(session: Session, registration: Registration) -> Receipt:
    """Write an analysis, or find it written; raise InputError rather than overwrite one."""
    case = registration.result.case
    case_row = _case(session, case)
    analysis = session.scalar(
        select(AnalysisRow).where(
            AnalysisRow.case_id == case_row.id, AnalysisRow.number == case.analysis
        )
    )
    if analysis is None:
        _refuse_earlier(session, case_row, case)
        analysis = write_analysis(session, case_row, registration)
    elif analysis.document_digest != registration.document_digest:
        raise InputError([_other_content(case, analysis)])
    return _receipt(session, case, analysis)


def _case(session: Session, case: Case) -> CaseRow:
    """Find a case by its pseudonym or by what it is, which must agree; write a new one."""
    wanted = CaseRow(
        pseudonym=case.id,
        family=case.family.id,
        proband=case.family.proband_id,
        indication_digest=digest(case.indication),
    )
    same_thing = (
        (CaseRow.family == wanted.family)
        & (CaseRow.proband == wanted.proband)
        & (CaseRow.indication_digest == wanted.indication_digest)
    )
    found = session.scalars(
        select(CaseRow).where(or_(CaseRow.pseudonym == wanted.pseudonym, same_thing))
    ).all()
    for row in found:
        if _identity(row) != _identity(wanted):
            raise InputError([_other_case(case, row)])
    if found:
        return found[0]
    session.add(wanted)
    session.flush()
    return wanted


def _identity(row: CaseRow) -> tuple[str, str, str, str]:
    return (row.pseudonym, row.family, row.proband, row.indication_digest)


def _refuse_earlier(session: Session, row: CaseRow, case: Case) -> None:
    """Refuse to put an analysis before one that is there: a history grows at its end."""
    last = session.scalar(select(func.max(AnalysisRow.number)).where(AnalysisRow.case_id == row.id))
    if last is not None and last > case.analysis:
        raise InputError([_out_of_order(case, last)])


def _receipt(session: Session, case: Case, analysis: AnalysisRow) -> Receipt:
    """Count what an analysis wrote; the same on the day and ever after."""
    versions = session.execute(
        select(AssessmentRow.analysis_id, AssessmentRow.supersedes_id)
        .join(ConclusionRow, ConclusionRow.assessment_id == AssessmentRow.id)
        .where(ConclusionRow.analysis_id == analysis.id)
    ).all()
    new = [supersedes for written_by, supersedes in versions if written_by == analysis.id]
    return Receipt(
        case=case.id,
        analysis=analysis.number,
        document_digest=analysis.document_digest,
        recorded_at=analysis.recorded_at,
        first=new.count(None),
        changed=len(new) - new.count(None),
        unchanged=len(versions) - len(new),
    )


def _other_content(case: Case, analysis: AnalysisRow) -> Fault:
    return Fault(
        rule="registry.analysis_differs",
        file=f"case {case.id}",
        found=f"another content of analysis {case.analysis}",
        expected=f"the document that was registered ({analysis.document_digest[:12]}…)",
        advice=f"make it analysis {case.analysis + 1} of the case: nothing is overwritten",
    )


def _out_of_order(case: Case, last: int) -> Fault:
    return Fault(
        rule="registry.analysis_order",
        file=f"case {case.id}",
        found=f"analysis {case.analysis}",
        expected=f"a number above {last}, the last that is registered",
        advice="register the analyses of a case in order",
    )


def _other_case(case: Case, row: CaseRow) -> Fault:
    return Fault(
        rule="registry.case_differs",
        file=f"case {case.id}",
        found="another family, proband, indication or pseudonym",
        expected=f"those that case {row.pseudonym} was registered with",
        advice="a new indication is a new case; correct the sample sheet otherwise",
    )
