"""`varinterp worklist report`: two different people mark an event as reported."""

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, event_of, person
from varinterp.model.review import Act, ReviewState, Transition

EXAMPLES = """Examples:

varinterp worklist report 11 --by "Dr Tremblay"    (the first reader proposes)

varinterp worklist report 11 --by "Dr Roy"    (a second, different reader signs)
"""


def command(
    event: Number,
    by: By = None,
    comment: Comment = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Propose to report an event, or sign what another reader proposed."""
    desk, reader = open_desk(configfile), person(by)
    first = event_of(desk, event).review.proposed_by
    step = Transition.PROPOSE if first is None else Transition.SIGN
    after = act(desk, event, Act(step, now(), reader, comment=comment))
    if after.state is ReviewState.REPORTED:
        typer.echo(f"read by {first} and {reader}")
    else:
        typer.echo(f"proposed by {reader}; a second, different reader has to sign it")
