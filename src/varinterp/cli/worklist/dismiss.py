"""`varinterp worklist dismiss`: an event is put aside, with a reason."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, person
from varinterp.model.review import Act, DismissReason, Transition

EXAMPLES = """Examples:

varinterp worklist dismiss 11 --reason artefact --comment "soft-clipped reads" --by "Dr Roy"
"""


def command(
    event: Number,
    reason: Annotated[DismissReason, typer.Option("--reason", help="Why, from a list.")],
    by: By = None,
    comment: Comment = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Put an event aside; it comes back only when its evidence changes."""
    what = Act(Transition.DISMISS, now(), person(by), reason=reason, comment=comment)
    act(open_desk(configfile), event, what)
    typer.echo("it comes back only when its evidence changes")
