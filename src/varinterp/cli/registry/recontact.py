"""`varinterp registry recontact`: who is called back, by whom, until when."""

from datetime import date
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Author, MaybeFamily, day_or_today, now, open_desk
from varinterp.cli.registry.finding_choice import parsed
from varinterp.model.recontact import Recontact, RecontactState
from varinterp.registry.dataset.recontacts import carriers_in

EXAMPLES = """Examples:

varinterp registry recontact    (the whole list, by day due)

varinterp registry recontact FAM-1 proband mother --owner "Dr Roy" --due 2026-12-15 --reason "…"

varinterp registry recontact FAM-1 --carriers 22-20061538-G-A --owner "Dr Roy" --due 2026-12-15

varinterp registry recontact FAM-1 --close 4 --state done --note "seen on 2026-12-03"
"""


def command(
    family: MaybeFamily = None,
    people: Annotated[
        list[str] | None, typer.Argument(help="proband, father, mother, names, or pseudonyms.")
    ] = None,
    carriers: Annotated[
        str | None, typer.Option("--carriers", help="Everybody of the family with this allele.")
    ] = None,
    owner: Annotated[str, typer.Option("--owner", help="Who sees to it.")] = "",
    due: Annotated[str | None, typer.Option("--due", help="Until when (ISO).")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    event: Annotated[
        int | None, typer.Option("--event", help="Number of the event that led to it.")
    ] = None,
    close: Annotated[int | None, typer.Option("--close", help="Number of an entry.")] = None,
    state: Annotated[
        RecontactState, typer.Option("--state", help="What became of the entry.")
    ] = RecontactState.DONE,
    note: Annotated[str, typer.Option("--note", help="What there is to say of it.")] = "",
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Show the list, put people on it, or close an entry."""
    desk = open_desk(configfile)
    today = now().date()
    if family is None:
        _show(desk.dataset.recontacts(), today, as_json)
        return
    case = desk.case(family)
    if close is not None:
        done = desk.dataset.close_recontact(
            case.case, close, state, on=today, author=author, at=now(), note=note
        )
        typer.echo(f"{case.case}: entry {done.id} is {done.state}")
        return
    who = [desk.person(case, family, each) for each in people or ()]
    if carriers is not None:
        who += carriers_in(desk.registry.result(case.case), parsed(carriers))
    if not who:
        _show(desk.dataset.recontacts(case.case), today, as_json)
        return
    if due is None:
        raise typer.BadParameter("say until when, with --due")
    listed = desk.dataset.recontact(
        case.case,
        list(dict.fromkeys(who)),
        owner=owner,
        due=day_or_today(due),
        reason=reason,
        author=author,
        at=now(),
        event=event,
    )
    typer.echo(f"{case.case}: {len(listed.entries)} on the list")
    for person in listed.withheld:
        typer.echo(f"{person}: not on it, without consent to be recontacted")


def _show(entries: tuple[Recontact, ...], today: date, as_json: bool) -> None:
    rows = [
        {
            "number": each.id,
            "case": each.case,
            "person": each.person,
            "owner": each.owner,
            "due": each.due.isoformat(),
            "state": "overdue" if each.overdue(today) else each.state.value,
            "event": each.event,
            "reason": each.reason,
            "note": each.note,
        }
        for each in entries
    ]
    if as_json:
        show_json(rows)
    else:
        names = ("number", "case", "person", "owner", "due", "state", "event", "reason", "note")
        show(names, [tuple(row.values()) for row in rows])
