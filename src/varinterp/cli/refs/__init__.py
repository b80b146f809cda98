"""`varinterp refs`: the releases of reference sources, one file a verb."""

import typer

from varinterp.cli.refs import build, diff, fetch, gc, listing, lock, recall, status, verify

app = typer.Typer(
    name="refs",
    help="Fetch, build, check, compare and choose releases of reference sources.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for name, verb in (
    ("list", listing),
    ("fetch", fetch),
    ("build", build),
    ("verify", verify),
    ("diff", diff),
    ("lock", lock),
    ("status", status),
    ("recall", recall),
    ("gc", gc),
):
    app.command(name=name, epilog=verb.EXAMPLES)(verb.command)
