"""`varinterp demo`: the embedded demonstration, from a fresh clone to its reports."""

import os
from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import Cores
from varinterp.cli.summary import print_summary
from varinterp.pipeline.run import open_run
from varinterp.pipeline.workflow import repository, run_workflow

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True}
EXAMPLES = """Examples:

varinterp demo

varinterp demo --act 2015    (the same families with what was known in February 2015)
"""


def command(
    context: typer.Context,
    cores: Cores = 2,
    act: Annotated[
        str, typer.Option("--act", help="`now`, or `2015`: the knowledge of February 2015.")
    ] = "now",
) -> None:
    """Run the workflow on published patients rebuilt on a real stretch of chromosome 22."""
    if act not in ("now", "2015"):
        raise typer.BadParameter("choose `now` or `2015`", param_hint="--act")
    os.chdir(repository())
    configfile = Path("resources/demo") / ("config.yaml" if act == "now" else "config.2015.yaml")
    code = run_workflow(configfile, cores, context.args)
    failed = print_summary(open_run(configfile))
    raise typer.Exit(1 if failed or code else 0)
