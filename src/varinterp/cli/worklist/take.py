"""`varinterp worklist take`: somebody looks at an event."""

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import now, open_desk
from varinterp.cli.worklist.acts import By, Comment, Number, act, person
from varinterp.model.review import Act, Transition

EXAMPLES = """Examples:

varinterp worklist take 11 --by "Dr Tremblay"
"""


def command(
    event: Number,
    by: By = None,
    comment: Comment = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Take an event into review: others see that somebody is looking at it."""
    act(open_desk(configfile), event, Act(Transition.TAKE, now(), person(by), comment=comment))
