"""Reported findings: drafted on one version of a conclusion, signed by two, amended, retracted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.assessment import AssessmentKey, SignedClass
from varinterp.model.reported import (
    SIGNATURES,
    FindingAct,
    FindingState,
    ReportedFinding,
    may_sign,
)
from varinterp.model.signatures import folded, same_person
from varinterp.registry.batch import Batch
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset.finding_checks import (
    find,
    refuse_moved,
    require_standing,
    require_version,
    state_fault,
)
from varinterp.registry.dataset.finding_rows import ActText, FindingDraft, read_findings
from varinterp.registry.dataset.part import Part, keep
from varinterp.registry.dataset.signing import person_signs
from varinterp.registry.dataset_tables import FINDING, FINDING_ACT, RECLASSIFICATION
from varinterp.registry.history import horizon
from varinterp.registry.outbox_acts import finding_retracted, finding_signed
from varinterp.registry.payload import CaseKey
from varinterp.registry.tables import BATCH, CASE


@dataclass(frozen=True, slots=True)
class Reclassification:
    """What the conclusion under a finding became: ids of its versions, `after` None when gone."""

    case: str
    finding: int
    before: int
    after: int | None
    event: int | None
    recorded_at: datetime


class Findings(Part):
    """What reports state, under whose names."""

    def draft(
        self,
        case: str,
        draft: FindingDraft,
        assessment: int,
        *,
        author: str,
        at: datetime,
        amends: int | None = None,
        event: int | None = None,
    ) -> int:
        """Draft a finding on the version `assessment` (`Recorded.id`) of a conclusion.

        `amends` names the signed finding that it replaces once it is signed itself. Returns the
        id; an equal draft that was not retracted is found again. Raises InputError for a version
        that is not the case's, or an `amends` that does not stand.
        """
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            require_version(batch.connection, key, draft.key, assessment)
            known = read_findings(batch.connection, case)
            for each in known:
                if _same(each, draft, assessment, amends):
                    return each.id
            if amends is not None:
                require_standing(known, amends)
            row = {"assessment_id": assessment, "amends_id": amends, "event_id": event}
            return keep(batch, FINDING, key, [(row, draft)])[0]

    def sign(
        self, case: str, finding: int, *, reader: str, on: date, at: datetime
    ) -> ReportedFinding:
        """Put a person's name under a finding; the second, of another person, signs it.

        Signing again changes nothing. Raises InputError when the finding is signed, amended or
        retracted, when the conclusion has moved since the draft, when what it amends stands no
        more, or for a name of the program's.
        """
        person_signs(reader)
        with self._writing(reader, at) as batch:
            key = live_key(batch.connection, case)
            known = read_findings(batch.connection, case)
            found = find(known, finding)
            if any(same_person(reader, each.reader) for each in found.signatures):
                return found
            if not may_sign(found, reader):
                raise InputError([state_fault(found, FindingState.DRAFT)])
            refuse_moved(batch.connection, key, found)
            amended = None if found.amends is None else require_standing(known, found.amends)
            seat = len(found.signatures) + 1
            row = _act(finding, FindingAct.SIGN, reader, on) | {"seat": seat}
            keep(batch, FINDING_ACT, key, [(row, ActText(reader.strip()))])
            if seat == SIGNATURES:
                finding_signed(batch, key, found, on)
                if amended is not None:
                    _link(batch, key, amended, found.assessment, found.event)
        return find(self.findings(case), finding)

    def retract(
        self,
        case: str,
        finding: int,
        *,
        author: str,
        reason: str,
        on: date,
        at: datetime,
        event: int | None = None,
    ) -> ReportedFinding:
        """Take a finding back, at once and by one person: a wrong report must not wait for two.

        A retraction again changes nothing. Raises InputError without a reason, or for a finding
        that was amended.
        """
        person_signs(author)
        if not reason.strip():
            raise InputError([fault("dataset.reason", "no reason", "a reason")])
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            found = find(read_findings(batch.connection, case), finding)
            if found.state is FindingState.RETRACTED:
                return found
            if found.state is FindingState.AMENDED:
                raise InputError([state_fault(found, FindingState.SIGNED)])
            row = _act(finding, FindingAct.RETRACT, author, on)
            keep(batch, FINDING_ACT, key, [(row, ActText(author.strip(), reason))])
            if found.state is FindingState.SIGNED:
                finding_retracted(batch, key, found)
                _link(batch, key, found, None, event)
        return find(self.findings(case), finding)

    def findings(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[ReportedFinding, ...]:
        """Return the findings of a case, or of all that are not erased, in order of drafting."""
        with self._reading() as connection:
            return read_findings(connection, case, as_of)

    def signed(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> Mapping[AssessmentKey, SignedClass]:
        """Return the classes that people stand by; of two findings on a key, the later one's."""
        standing = [each for each in self.findings(case, as_of) if each.stands]
        return {each.key: each.signed_class for each in standing if each.signed_class is not None}

    def reclassifications(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[Reclassification, ...]:
        """Return what became of the conclusions under findings, in the order of recording."""
        query = (
            sa.select(RECLASSIFICATION, CASE.c.pseudonym, BATCH.c.recorded_at)
            .join(CASE, CASE.c.id == RECLASSIFICATION.c.case_id)
            .join(BATCH, BATCH.c.id == RECLASSIFICATION.c.batch_id)
            .order_by(RECLASSIFICATION.c.id)
        )
        if case is not None:
            query = query.where(CASE.c.pseudonym == case)
        with self._reading() as connection:
            query = query.where(RECLASSIFICATION.c.batch_id <= horizon(connection, as_of))
            return tuple(
                Reclassification(
                    row.pseudonym, row.finding_id, row.before_id, row.after_id,
                    row.event_id, row.recorded_at,
                )
                for row in connection.execute(query)
            )  # fmt: skip


def _act(finding: int, act: FindingAct, name: str, on: date) -> dict[str, object]:
    return {
        "finding_id": finding, "act": act.value, "signatory": folded(name), "valid_from": on
    }  # fmt: skip


def _same(known: ReportedFinding, draft: FindingDraft, assessment: int, amends: int | None) -> bool:
    return known.state is not FindingState.RETRACTED and (
        (known.assessment, known.value, known.report, known.report_version, known.amends)
        == (assessment, draft.value, draft.report, draft.report_version, amends)
    )


def _link(
    batch: Batch, key: CaseKey, before: ReportedFinding, after: int | None, event: int | None
) -> None:
    batch.add(
        RECLASSIFICATION,
        {
            "case_id": key.case_id,
            "finding_id": before.id,
            "before_id": before.assessment,
            "after_id": after,
            "event_id": event,
        },
    )
