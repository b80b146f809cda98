"""`varinterp worklist snooze`: an event waits for other evidence."""

from difflib import get_close_matches
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import Desk, now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, person
from varinterp.model.evidence import Criterion
from varinterp.model.review import Act, Transition, Wake, WakeKind
from varinterp.refs.catalogue import read_catalogue

_OWN = ("case", "consequence", "disease_phenotypes", "population", "rules", "software")
"""What moves and is not fetched: the family's data, what is worked out from it, and the program."""
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
    desk = open_desk(configfile)
    _must_come(desk, wake)
    what = Act(Transition.SNOOZE, now(), person(by), until=wake, comment=comment)
    act(desk, event, what)
    typer.echo(f"it wakes with {until}")


def _must_come(desk: Desk, wake: Wake) -> None:
    """Refuse to wait for what can never be: a slip of the pen would let an event sleep for good."""
    name = wake.value.partition(" ")[0] if wake.kind is WakeKind.KEY else wake.value
    if wake.kind is WakeKind.CRITERION:
        known = tuple(each.value for each in Criterion)
    elif wake.kind is WakeKind.ANY:
        return
    else:
        sources = read_catalogue(desk.settings.catalogue).sources
        known = (*sources, *_OWN)
        name = name.partition(".")[0]
    if name not in known:
        near = get_close_matches(name, known, 1)
        advice = f", {near[0]} for instance" if near else ""
        raise typer.BadParameter(f"{name[:40]!r}: expected a {wake.kind} that can move{advice}")


def parsed(until: str) -> Wake:
    """Read what wakes an event; usage error for another text."""
    kind, _, value = until.partition("=")
    try:
        return Wake(WakeKind(kind), value.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{until[:40]!r}: expected any, source=NAME, criterion=CODE, or key=SOURCE KEY"
        ) from None
