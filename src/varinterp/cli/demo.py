"""`varinterp demo`: the embedded demonstration, from a fresh clone to its reports."""

import os
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from varinterp.cli.options import Cores
from varinterp.cli.summary import print_summary
from varinterp.cli.worklist import show
from varinterp.pipeline.demonstration import (
    LOCK_2017,
    SIGNED_FAMILY,
    sign_a_finding,
    update_to_2017,
)
from varinterp.pipeline.run import open_run
from varinterp.pipeline.workflow import repository, run_workflow

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True}
EXAMPLES = """Examples:

varinterp demo

varinterp demo --act now    (the families with the newest knowledge, alone)

varinterp demo --act update    (those of February 2015, brought to April 2017)
"""
_FOLDER = Path("resources/demo")
_NOW, _THEN = _FOLDER / "config.yaml", _FOLDER / "config.2015.yaml"


def command(
    context: typer.Context,
    cores: Cores = 2,
    act: Annotated[
        str, typer.Option("--act", help="`now`, `update`, or `both`, one after the other.")
    ] = "both",
    browser: Annotated[
        bool, typer.Option("--browser", help="Open the worklist of the update in a browser.")
    ] = False,
) -> None:
    """Run the workflow on published patients rebuilt on a real stretch of chromosome 22.

    The first act analyses them with what is known now. The second analyses them with what was
    known in February 2015, then moves the references to April 2017 and nothing else.
    """
    if act not in ("now", "update", "both"):
        raise typer.BadParameter("choose `now`, `update` or `both`", param_hint="--act")
    os.chdir(repository())
    if act != "update":
        _analyse(_NOW, cores, context.args)
    if act != "now":
        _analyse(_THEN, cores, context.args)
        _update(browser)


def _analyse(configfile: Path, cores: int, extra: list[str]) -> None:
    """Run the workflow and print each family's first candidates; leave with 1 when one failed."""
    code = run_workflow(configfile, cores, extra)
    if print_summary(open_run(configfile)) or code:
        raise typer.Exit(1)


def _update(browser: bool) -> None:
    """Move the stored cases of 2015 to 2017, and show what came of it."""
    opened = open_run(_THEN)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(
        f"\nThe same stored cases, brought to April 2017 ({LOCK_2017}): no VCF is read again."
        f"\nA finding of {SIGNED_FAMILY} is signed first, by two constructed people."
    )
    sign_a_finding(opened)
    act = update_to_2017(opened)
    show.command(configfile=_THEN)
    for path in act.lists:
        console.print(f"worklist  {path}")
    if browser:
        webbrowser.open(act.lists[0].resolve().as_uri())
