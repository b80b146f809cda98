"""`varinterp registry diagnosis`: where a patient stands, by what two people sign."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import (
    Desk,
    Family,
    Reader,
    day_or_today,
    maybe_day,
    now,
    open_desk,
)
from varinterp.model.diagnosis import UNDIAGNOSED, Diagnosis, DiagnosticLevel
from varinterp.registry.dataset.diagnosis_rows import Proposal, Statement

EXAMPLES = """Examples:

varinterp registry diagnosis FAM-1

varinterp registry diagnosis FAM-1 confirmed --disease OMIM:616878 --reader "A. Martin"

varinterp registry diagnosis FAM-1 undetermined --undiagnosed --investigated 2026-11-04
"""


def command(
    family: Family,
    level: Annotated[
        DiagnosticLevel | None, typer.Argument(help="The status; shows it when none is given.")
    ] = None,
    disease: Annotated[
        list[str] | None, typer.Option("--disease", help="OMIM:…, ORPHA:… or MONDO:…")
    ] = None,
    undiagnosed: Annotated[
        bool,
        typer.Option("--undiagnosed", help=f"{UNDIAGNOSED}: nothing after full investigation."),
    ] = False,
    investigated: Annotated[
        str | None,
        typer.Option("--investigated", help="Day on which the full investigation ended (ISO)."),
    ] = None,
    report: Annotated[
        str | None, typer.Option("--report", help="Reference of the report or meeting.")
    ] = None,
    valid_from: Annotated[
        str | None, typer.Option("--from", help="The day it holds from (ISO); today by default.")
    ] = None,
    reader: Reader = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Sign a diagnostic status as one of two people, or show the statuses of a case."""
    desk = open_desk(configfile)
    case = desk.case(family).case
    if level is not None:
        diseases = (*(disease or ()), *([UNDIAGNOSED] if undiagnosed else []))
        day = day_or_today(valid_from)
        _sign(desk, case, Statement(level, day, diseases, maybe_day(investigated), report), reader)
        return
    _show(desk, case, as_json)


def _sign(desk: Desk, case: str, statement: Statement, reader: str) -> None:
    if not statement.level.signed:
        progress = statement.signed(None)
        desk.dataset.diagnose(case, progress, author=reader, at=now())
        typer.echo(f"{case}: {statement.level.replace('_', ' ')}")
        return
    done = desk.dataset.propose_diagnosis(case, statement, reader=reader, at=now())
    if isinstance(done, Proposal):
        typer.echo(
            f"{case}: proposed by {done.reader}; in force when another person signs the same, "
            f"with --from {statement.valid_from}"
        )
    else:
        typer.echo(f"{case}: {statement.level} is in force, signed by two people")


def _show(desk: Desk, case: str, as_json: bool) -> None:
    known = [_told(each.diagnosis) for each in desk.dataset.diagnoses(case)]
    waiting = [
        {**_told_statement(each.statement), "signed_by": [each.reader]}
        for each in desk.dataset.proposed_diagnoses(case)
    ]
    if as_json:
        show_json({"case": case, "statuses": known, "proposed": waiting})
        return
    rows = [(*each.values(), "in force") for each in known]
    rows += [(*each.values(), "proposed") for each in waiting]
    show(("level", "from", "diseases", "investigated", "report", "signed by", "state"), rows)


def _told(diagnosis: Diagnosis) -> dict[str, object]:
    names = diagnosis.signatures
    return {
        **_told_statement(diagnosis),
        "signed_by": [] if names is None else [names.first, names.second],
    }


def _told_statement(said: Diagnosis | Statement) -> dict[str, object]:
    done = said.investigated_on
    return {
        "level": said.level.value,
        "from": said.valid_from.isoformat(),
        "diseases": list(said.diseases),
        "investigated_on": None if done is None else done.isoformat(),
        "report": said.report,
    }
