"""`varinterp reanalyse`: bring the stored cases to what is known now, one file a verb."""

import typer

from varinterp.cli.reanalyse import plan, run, status

app = typer.Typer(
    name="reanalyse",
    help="Bring the stored cases to what is known now: only what changed is examined.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for name, verb in (("plan", plan), ("run", run), ("status", status)):
    app.command(name=name, epilog=verb.EXAMPLES)(verb.command)
