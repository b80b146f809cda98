"""`varinterp worklist reopen`: what was put aside is looked at again."""

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, person
from varinterp.model.review import Act, Transition

EXAMPLES = """Examples:

varinterp worklist reopen 11 --by "Dr Tremblay" --comment "dismissed by mistake"
"""


def command(
    event: Number,
    by: By = None,
    comment: Comment = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Open an event again that was dismissed or snoozed; who did so stays recorded."""
    act(open_desk(configfile), event, Act(Transition.REOPEN, now(), person(by), comment=comment))
