"""`varinterp worklist`: what the reanalysis found for people to look at, one file a verb."""

import typer

from varinterp.cli.worklist import (
    digest,
    dismiss,
    export,
    indicators,
    recontact,
    reopen,
    report,
    show,
    snooze,
    take,
)

app = typer.Typer(
    name="worklist",
    help="Work the list of changes: look, take, dismiss, snooze, report, recontact.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for verb in (show, export, take, dismiss, snooze, reopen, report, recontact, digest, indicators):
    app.command(name=verb.__name__.rpartition(".")[2], epilog=verb.EXAMPLES)(verb.command)
