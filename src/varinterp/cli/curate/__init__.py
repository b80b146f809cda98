"""`varinterp curate`: what people observed of alleles, as an append-only list; one file a verb."""

import typer

from varinterp.cli.verbs import verbs

VERBS = ("add", "check", "list", "template")
"""The verbs, in the order in which they are listed."""

_MODULES = {"list": "listing"}

app = typer.Typer(
    name="curate",
    cls=verbs({name: f"varinterp.cli.curate.{_MODULES.get(name, name)}" for name in VERBS}),
    help="Enter functional assays, case counts, segregation and overrides, each with its author, "
    "date and PubMed id.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def curate() -> None:
    """Hold the verbs together."""
