"""`varinterp worklist export`: the list as pages and a workbook."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import Desk, open_desk
from varinterp.cli.worklist.acts import last_run
from varinterp.model.review import ReviewState
from varinterp.pipeline.run import open_run
from varinterp.pipeline.worklist.files import write_run_worklist
from varinterp.pipeline.worklist.gather import LISTED

EXAMPLES = """Examples:

varinterp worklist export --out results/worklist

varinterp worklist export --out /secure/worklist --labels    (with the laboratory's own names)
"""


def command(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    run: Annotated[
        str | None, typer.Option("--run", help="A run's name; the last one by default.")
    ] = None,
    labels: Annotated[
        bool, typer.Option("--labels", help="Show the families' names of the sample sheet.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Snoozed and closed events too.")
    ] = False,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Write the list as it stands now: a page a language, a workbook and the digests."""
    desk = open_desk(configfile)
    paths = write_run_worklist(
        desk.dataset,
        last_run(desk, run),
        desk.settings.reanalysis,
        desk.settings.languages,
        out,
        _labels(desk, configfile) if labels else {},
        _EVERYTHING if everything else LISTED,
    )
    for path in sorted(paths):
        typer.echo(str(path))


_EVERYTHING = frozenset(ReviewState) - {ReviewState.RECORDED}


def _labels(desk: Desk, configfile: Path) -> dict[str, str]:
    """Return the sheet's names of the families, by case; they are not kept anywhere."""
    families = open_run(configfile).families
    return {
        each.case: families[each.family].name
        for each in desk.dataset.cases()
        if each.family in families
    }
