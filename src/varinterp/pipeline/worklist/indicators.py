"""What the indicators of a period are counted from, asked of the registry."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from varinterp.model.archive import CaseState
from varinterp.model.consent import ConsentScope
from varinterp.model.milestone import MilestoneKind
from varinterp.model.prescription import Prescription
from varinterp.model.reported import SIGNATURES, ReportedFinding
from varinterp.registry.dataset import Dataset
from varinterp.report.indicators.facts import (
    CaseFacts,
    IndicatorInput,
    OpenEvent,
    Reclassification,
)

_FIRST_VERSION = 1


def indicator_input(
    dataset: Dataset, start: date, end: date, *, constructed: bool = False
) -> IndicatorInput:
    """Return the facts of a period, both days in it; withdrawn and erased cases are not counted.

    What people stated is taken as it is known today, events and runs as they stood at the end.
    """
    moment = datetime.combine(end, time.max, UTC)
    events = dataset.events(as_of=moment)
    changes = (
        Reclassification.of(each.event, each.recorded_at.date())
        for each in events
        if each.event.kind.surfaces
    )
    waiting = (each for each in events if not each.review.state.closed)
    return IndicatorInput(
        start=start,
        end=end,
        cases=tuple(_cases(dataset, end, moment)),
        reclassifications=tuple(change for change in changes if change is not None),
        open_events=tuple(
            OpenEvent(each.recorded_at.date(), int(each.event.tier)) for each in waiting
        ),
        constructed=constructed or any(each.event.constructed for each in events),
    )


def _cases(dataset: Dataset, end: date, moment: datetime) -> Iterator[CaseFacts]:
    allowed = dataset.permissions(ConsentScope.REANALYSIS, end)
    prescriptions = dataset.prescriptions()
    states = {state.case: state for state in dataset.registry.states(as_of=moment)}
    runs = tuple((run.started_at, run.finished_at) for run in dataset.registry.runs())
    findings: dict[str, list[ReportedFinding]] = {}
    for finding in dataset.findings():
        findings.setdefault(finding.case, []).append(finding)
    for registered in dataset.cases():
        case = registered.case
        if registered.erased or case not in states:
            continue
        asked = prescriptions.get(case, Prescription())
        first = dataset.milestones(case).get(MilestoneKind.FIRST_SIGNS)
        diagnosis = dataset.diagnosis(case, end)
        yield CaseFacts(
            case=case,
            indication=asked.pre_indication or dataset.registry.case(case).indication or None,
            technique=_technique(dataset, case, registered.proband),
            first_signs=None if first is None else first.on,
            prescribed=asked.prescribed_on,
            reported=_reported(asked, findings.get(case, [])),
            status=None if diagnosis is None else diagnosis.level,
            examined=_examined(states[case], runs),
            reanalysis=bool(allowed[case]),
        )


def _technique(dataset: Dataset, case: str, proband: str) -> str | None:
    """Return the technique of the proband's first analysis that states one."""
    stated = sorted(
        (each.analysis, each.technique.value)
        for each in dataset.sequencing(case)
        if each.person == proband and each.technique is not None
    )
    return stated[0][1] if stated else None


def _reported(asked: Prescription, findings: list[ReportedFinding]) -> date | None:
    """Return the day of the first report: issued as version 1, or with a finding signed by two."""
    days = [each.signatures[1].on for each in findings if len(each.signatures) >= SIGNATURES]
    if asked.report is not None and asked.report.version == _FIRST_VERSION:
        days.append(asked.report.issued_on)
    return min(days, default=None)


Span = tuple[datetime, datetime | None]


def _examined(state: CaseState, runs: tuple[Span, ...]) -> tuple[date, ...]:
    """Return the day of the last state when a run wrote it, and none when an analysis did."""
    for started, finished in runs:
        if started <= state.recorded_at and (finished is None or state.recorded_at <= finished):
            return (state.recorded_at.date(),)
    return ()
