"""`varinterp registry consent`: what a person allows, from when; a withdrawal is a later no."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.consent_table import import_consents
from varinterp.cli.registry.desk import Author, Desk, MaybeFamily, day_or_today, now, open_desk
from varinterp.cli.registry.forget import forget
from varinterp.errors import Fault, InputError
from varinterp.model.canonical import to_json
from varinterp.model.consent import ConsentAnswer, ConsentDecision, ConsentScope
from varinterp.model.consent import answer as answer_of
from varinterp.registry.dataset.consent_rows import RecordedConsent
from varinterp.registry.dataset.consents import Forgetting
from varinterp.registry.dataset.facade import RegisteredCase

EXAMPLES = """Examples:

varinterp registry consent FAM-1    (what its people said, and what is allowed today)

varinterp registry consent FAM-1 proband reanalysis yes --from 2026-11-02 --document CE-2026-118

varinterp registry consent FAM-1 mother primary no --from 2026-11-20

varinterp registry consent FAM-1 proband primary no --erase    (cannot be undone)

varinterp registry consent --table consents.tsv
"""


class Answer(StrEnum):
    """What a person says to a scope."""

    YES = "yes"
    NO = "no"


def command(
    family: MaybeFamily = None,
    person: Annotated[
        str | None, typer.Argument(help="proband, father, mother, a name, or a pseudonym.")
    ] = None,
    scope: Annotated[ConsentScope | None, typer.Argument(help="What it is asked for.")] = None,
    answer: Annotated[Answer | None, typer.Argument(help="yes or no.")] = None,
    valid_from: Annotated[
        str | None, typer.Option("--from", help="The day it holds from (ISO); today by default.")
    ] = None,
    document: Annotated[str, typer.Option("--document", help="Reference of the signed form.")] = "",
    erase: Annotated[
        bool,
        typer.Option("--erase", help="Destroy the case's key: the proband withdraws everything."),
    ] = False,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table", help="Import a TSV: family, person, scope, answer, from, document."
        ),
    ] = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Record a person's yes or no to a scope, or show what is recorded."""
    desk = open_desk(configfile)
    if table is not None:
        written = import_consents(desk, table, author)
        typer.echo(f"{written} consent(s) recorded")
        _forget(desk, author, now())
        return
    if family is None:
        raise typer.BadParameter("name a family, or a table with --table")
    case = desk.case(family)
    if person is None or scope is None or answer is None:
        _show(desk, case, as_json)
        return
    decision = ConsentDecision(
        scope,
        answer is Answer.YES,
        day_or_today(valid_from),
        desk.person(case, family, person),
        document,
    )
    _record(desk, case, decision, author, erase=erase)


def _record(
    desk: Desk, case: RegisteredCase, decision: ConsentDecision, author: str, *, erase: bool
) -> None:
    ends = decision.scope is ConsentScope.PRIMARY and not decision.granted
    if ends and decision.person == case.proband and not erase:
        raise InputError([_erasure_fault()])
    at = now()
    if not (case.erased and ends):  # of an erased case nothing else can be recorded: a fault
        written = desk.dataset.consent(case.case, [decision], author=author, at=at)
        typer.echo(f"{case.case}: {'recorded' if written else 'known already'}")
        _in_force(desk, case, decision, at.date())
    if ends:
        done = _forget(desk, author, at, decision.person)
        if erase and case.case not in done.cases:
            typer.echo(f"{case.case}: NOT erased: no withdrawal of the proband is in force today")


def _forget(desk: Desk, author: str, at: datetime, who: str | None = None) -> Forgetting:
    """Honour what is withdrawn as of today; tell it of one person, or of everybody."""
    done = forget(desk, author, at)
    for case in desk.dataset.cases():
        if case.case in done.cases and who in (None, case.proband):
            typer.echo(
                f"{case.case}: erased; files are yours to delete: "
                f"{desk.settings.results / case.family}, the runs under "
                f"{desk.settings.reanalysis}, exports and backups that hold it"
            )
    for suspended, person in done.people:
        if who in (None, person):
            typer.echo(f"{suspended}: suspended until it is analysed anew without the relative")
    return done


def _in_force(desk: Desk, case: RegisteredCase, decision: ConsentDecision, today: date) -> None:
    """Say so where what was recorded does not hold today."""
    said = [each.decision for each in desk.dataset.consents(case.case)]
    holds = answer_of(said, decision.person, decision.scope, today)
    if holds is (ConsentAnswer.GRANTED if decision.granted else ConsentAnswer.REFUSED):
        return
    if decision.valid_from > today:
        typer.echo(f"NOT in force before {decision.valid_from}; today {decision.scope}: {holds}")
        return
    mine = [each for each in said if (each.person, each.scope) == _subject(decision)]
    last = max(each.valid_from for each in mine if each.valid_from <= today)
    typer.echo(
        f"NOT in force today: the person's answer from {last} ({holds}) is later; "
        f"if this one replaces it, type the same with --from {last} or a later day"
    )


def _subject(decision: ConsentDecision) -> tuple[str, ConsentScope]:
    return decision.person, decision.scope


def _show(desk: Desk, case: RegisteredCase, as_json: bool) -> None:
    said = desk.dataset.consents(case.case)
    today = now().date()
    allowed = [desk.dataset.allows(case.case, scope, today) for scope in ConsentScope]
    if as_json:
        show_json(
            {
                "case": case.case,
                "erased": case.erased,
                "consents": [_said(each) for each in said],
                "today": {each.scope.value: to_json(each) for each in allowed},
            }
        )
        return
    show(
        ("person", "scope", "answer", "from", "document", "author"),
        [
            (
                each.decision.person, each.decision.scope,
                "yes" if each.decision.granted else "no",
                each.decision.valid_from, each.decision.document, each.author,
            )
            for each in said
        ],
    )  # fmt: skip
    for permission in allowed:
        word = "allowed" if permission else f"not allowed ({permission.answer})"
        typer.echo(f"{case.case} {permission.scope}: {word} today")


def _said(each: RecordedConsent) -> dict[str, object]:
    decision = each.decision
    return {
        "person": decision.person,
        "scope": decision.scope.value,
        "granted": decision.granted,
        "from": decision.valid_from.isoformat(),
        "document": decision.document,
        "author": each.author,
        "recorded_at": each.recorded_at.isoformat(),
    }


def _erasure_fault() -> Fault:
    return Fault(
        rule="registry.erasure",
        file="registry",
        found="a withdrawal of the proband's primary consent",
        expected="the option --erase with it",
        advice="add --erase: the case's key is destroyed, and nothing of it can be read again",
    )
