"""`varinterp worklist recontact`: everybody who carries an event's allele goes on the list."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import day_or_today, now, open_desk
from varinterp.cli.worklist.acts import By, Number, event_of, person
from varinterp.registry.dataset.recontacts import carriers_in

EXAMPLES = """Examples:

varinterp worklist recontact 11 --owner "Dr Roy" --due 2026-12-15 --reason "class went down"
"""


def command(
    event: Number,
    owner: Annotated[str, typer.Option("--owner", help="Who sees to it.")],
    due: Annotated[str, typer.Option("--due", help="Until when (ISO).")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in a line.")],
    relatives: Annotated[
        bool, typer.Option("--relatives/--proband-only", help="Relatives who carry it, too.")
    ] = True,
    by: By = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Put the carriers of an event's allele on the recontact list, relatives included."""
    desk = open_desk(configfile)
    found = event_of(desk, event).event
    result = desk.registry.result(found.case)
    proband = result.case.family.proband_id
    people = [each for each in carriers_in(result, found.allele) if relatives or each == proband]
    listed = desk.dataset.recontact(
        found.case,
        people,
        owner=owner,
        due=day_or_today(due),
        reason=reason,
        author=person(by),
        at=now(),
        event=event,
    )
    typer.echo(f"event {event}: {len(listed.entries)} on the list, until {due}, for {owner}")
    for each in listed.withheld:
        typer.echo(f"{each}: not on it, without consent to be recontacted")
