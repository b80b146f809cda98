"""`varinterp worklist snooze`: an event waits for other evidence."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, person
from varinterp.model.review import Act, Transition, Wake, WakeKind

EXAMPLES = """Examples:

varinterp worklist snooze 11 --until any

varinterp worklist snooze 11 --until source=clinvar

varinterp worklist snooze 11 --until criterion=PM3 --comment "second allele awaited"

varinterp worklist snooze 11 --until "key=gene_disease HGNC:25439"
"""


def command(
    event: Number,
    until: Annotated[
        str,
        typer.Option(
            "--until",
            help="What wakes it: any, source=NAME, criterion=CODE, or key=SOURCE KEY.",
        ),
    ] = WakeKind.ANY.value,
    by: By = None,
    comment: Comment = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Let an event rest until some evidence changes."""
    wake = parsed(until)
    what = Act(Transition.SNOOZE, now(), person(by), until=wake, comment=comment)
    act(open_desk(configfile), event, what)
    typer.echo(f"it wakes with {until}")


def parsed(until: str) -> Wake:
    """Read what wakes an event; usage error for another text."""
    kind, _, value = until.partition("=")
    try:
        return Wake(WakeKind(kind), value.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{until[:40]!r}: expected any, source=NAME, criterion=CODE, or key=SOURCE KEY"
        ) from None
