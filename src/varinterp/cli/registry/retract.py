"""`varinterp registry retract`: take a finding back, at once."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import Author, Family, On, day_or_today, now, open_desk
from varinterp.cli.registry.finding_choice import MaybeAllele, MaybeNumber, finding

EXAMPLES = """Examples:

varinterp registry retract FAM-1 22-20061538-G-A --reason "sample swap, see NC-2026-7"
"""


def command(
    family: Family,
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it later.")],
    allele: MaybeAllele = None,
    number: MaybeNumber = None,
    event: Annotated[
        int | None, typer.Option("--event", help="Number of the event that led to it.")
    ] = None,
    on: On = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Retract a finding, drafted or signed; it stays in the history."""
    desk = open_desk(configfile)
    case = desk.case(family).case
    chosen = finding(desk, case, number, allele)
    done = desk.dataset.retract(
        case, chosen.id, author=author, reason=reason, on=day_or_today(on), at=now(), event=event
    )
    typer.echo(f"{case}: finding {done.id} is {done.state}")
