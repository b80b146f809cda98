"""A case of the registry as the exports take it: its document and what people said of it."""

from collections.abc import Iterator
from datetime import date, datetime

from varinterp.model.assessment import AssessmentKey
from varinterp.model.reported import SIGNATURES, ReportedFinding
from varinterp.model.signatures import Signatures
from varinterp.registry.dataset.facade import Dataset, RegisteredCase
from varinterp.registry.exports.record import Record, RecordedEvent, SignedFinding, Subject


def subjects(
    dataset: Dataset, on: date, case: str | None = None, as_of: datetime | None = None
) -> Iterator[Subject]:
    """Yield a case, or every case in the order of its pseudonym, as it stands on a day.

    `as_of` leaves out what was recorded later.
    """
    for known in sorted(dataset.cases(case), key=lambda each: each.case):
        yield subject(dataset, known, on, as_of)


def subject(
    dataset: Dataset, known: RegisteredCase, on: date, as_of: datetime | None = None
) -> Subject:
    """Return a case as it stands on a day; nothing but its name when it was erased."""
    case = known.case
    if known.erased:
        return Subject(Record(case=case, erased=True), None)
    record = Record(
        case=case,
        consents=tuple(each.decision for each in dataset.consents(case, as_of)),
        prescription=dataset.prescription(case, as_of),
        samples=dataset.sequencing(case, as_of),
        observations=tuple(each.observation for each in dataset.observations(case, as_of)),
        milestones=tuple(dataset.milestones(case, as_of).values()),
        diagnosis=dataset.diagnosis(case, on, as_of),
        findings=_standing(dataset.findings(case, as_of)),
        events=tuple(
            RecordedEvent(*each) for each in dataset.registry.events(case=case, as_of=as_of)
        ),
    )
    return Subject(record, dataset.registry.result(case, as_of))


def _standing(findings: tuple[ReportedFinding, ...]) -> tuple[SignedFinding, ...]:
    """The findings that people stand by; of two on one hypothesis, the later one."""
    found: dict[AssessmentKey, SignedFinding] = {}
    for each in findings:
        if each.stands:
            first, second = each.signatures[:SIGNATURES]
            found[each.key] = SignedFinding(
                key=each.key,
                value=each.value,
                signed_on=second.on,
                signatures=Signatures(first.reader, second.reader),
                report=f"{each.report} v{each.report_version}",
            )
    return tuple(found.values())
