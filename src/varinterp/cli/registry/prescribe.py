"""`varinterp registry prescribe`: the prescription, its meetings and the laboratory's report."""

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Author, Family, day_or_today, maybe_day, now, open_desk
from varinterp.model.canonical import to_json
from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.model.prescription import (
    LaboratoryReport,
    Meeting,
    MeetingDecision,
    Prescription,
)

EXAMPLES = """Examples:

varinterp registry prescribe FAM-1 --id SPICE-2026-004711 --on 2026-03-02 --pre-indication "PI-12"

varinterp registry prescribe FAM-1 --before RCP-881 2026-02-20 accepted

varinterp registry prescribe FAM-1 --after RCP-934 2026-11-04 diagnosis_retained

varinterp registry prescribe FAM-1 --report CR-5512 2 2026-11-10 --first-signs 2019-05-01
"""
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)
_MeetingOption = tuple[str, str, str]


def command(
    family: Family,
    prescription_id: Annotated[
        str | None, typer.Option("--id", help="Id of the e-prescription (SPICE, HYGEN).")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Day of the prescription (ISO).")] = None,
    pre_indication: Annotated[
        str | None, typer.Option("--pre-indication", help="The national list's word or code.")
    ] = None,
    prescriber: Annotated[
        str | None, typer.Option("--prescriber", help="The prescriber's pseudonym.")
    ] = None,
    centre: Annotated[
        str | None, typer.Option("--centre", help="The expert centre's code.")
    ] = None,
    before: Annotated[
        _MeetingOption | None,
        typer.Option("--before", help="Meeting before: id, day, accepted|declined|deferred."),
    ] = None,
    after: Annotated[
        _MeetingOption | None,
        typer.Option(
            "--after",
            help="Meeting after: id, day, diagnosis_retained|further_investigation|no_diagnosis.",
        ),
    ] = None,
    report: Annotated[
        tuple[str, int, str] | None,
        typer.Option("--report", help="The laboratory's report: id, version, day."),
    ] = None,
    first_signs: Annotated[
        str | None, typer.Option("--first-signs", help="Day of the first signs (ISO).")
    ] = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Record what is new of a prescription; the rest stays as it was recorded."""
    given = {
        "id": _reference(prescription_id),
        "prescribed_on": maybe_day(on),
        "pre_indication": pre_indication,
        "prescriber": _reference(prescriber),
        "centre": _reference(centre),
        "meeting_before": _meeting(before, before_it=True),
        "meeting_after": _meeting(after, before_it=False),
        "report": _report(report),
    }
    desk = open_desk(configfile)
    case = desk.case(family).case
    known = desk.dataset.prescription(case)
    changes = {name: value for name, value in given.items() if value is not None}
    if changes:
        whole = replace(known or Prescription(), **changes)  # type: ignore[arg-type]
        desk.dataset.prescribe(case, whole, author=author, at=now())
    if first_signs is not None:
        signs = Milestone(MilestoneKind.FIRST_SIGNS, on=day_or_today(first_signs))
        desk.dataset.milestone(case, signs, author=author, at=now())
    current = desk.dataset.prescription(case) or Prescription()
    told = to_json(_iso(current))
    if as_json:
        show_json({"case": case, "prescription": told})
    elif isinstance(told, dict):
        show(("what", "recorded"), [(name, value) for name, value in told.items()])


def _iso(prescription: Prescription) -> dict[str, object]:
    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def meeting(value: Meeting | None) -> str | None:
        return None if value is None else f"{value.id} {value.held_on} {value.decision}"

    report = prescription.report
    return {
        "id": prescription.id,
        "prescribed_on": day(prescription.prescribed_on),
        "pre_indication": prescription.pre_indication,
        "prescriber": prescription.prescriber,
        "centre": prescription.centre,
        "meeting_before": meeting(prescription.meeting_before),
        "meeting_after": meeting(prescription.meeting_after),
        "report": None if report is None else f"{report.id} v{report.version} {report.issued_on}",
    }


def _reference(text: str | None) -> str | None:
    if text is not None and not _REFERENCE.fullmatch(text):
        raise typer.BadParameter("expected a reference of at most 64 characters without spaces")
    return text


def _meeting(given: _MeetingOption | None, *, before_it: bool) -> Meeting | None:
    if given is None:
        return None
    name, day, word = given
    decisions = [each.value for each in MeetingDecision if each.before is before_it]
    if word not in decisions:
        raise typer.BadParameter(f"{word!r}: expected one of {', '.join(decisions)}")
    return Meeting(str(_reference(name)), day_or_today(day), MeetingDecision(word))


def _report(given: tuple[str, int, str] | None) -> LaboratoryReport | None:
    if given is None:
        return None
    return LaboratoryReport(str(_reference(given[0])), given[1], day_or_today(given[2]))
