"""`varinterp reanalyse run`: bring every stored case to the target, and write what changed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.reanalyse.options import Everything, LockFile, print_plan
from varinterp.cli.refs.printing import show_json
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.reanalysis.plan import Plan
from varinterp.pipeline.reanalysis.run import Options, Outcome, run
from varinterp.pipeline.reanalysis.target import read_target

EXAMPLES = """Examples:

varinterp reanalyse run

varinterp reanalyse run --name 2026-11-autumn --lock config/next.lock.yaml

varinterp reanalyse run --everything    (examines all; the content must be the same)
"""


def command(
    lock: LockFile = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="The run's folder; by default its day and a number."),
    ] = None,
    everything: Everything = False,
    exports: Annotated[
        bool, typer.Option(help="Write case.json and reports of the cases that changed.")
    ] = True,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Recompute what changed and write it, with its events and the worklist.

    It proposes and signs nothing. It may be killed at any point: started again it goes on, and
    writes nothing twice. With nothing to do it leaves a dated record that says so.
    """
    settings = read_settings(configfile)
    target = read_target(settings, lock)
    options = Options(
        at=datetime.now(UTC), name=name, everything=everything, exports=exports, show=_show
    )
    outcome = run(open_archive(settings), target, options)
    if as_json:
        show_json(
            {
                "run": outcome.name,
                "folder": str(outcome.folder),
                "plan": outcome.plan.document(),
                "counts": dict(sorted(outcome.counts.items())),
            }
        )
    else:
        _print(outcome)


def _show(found: Plan) -> None:
    print_plan(found, errors=True)


def _print(outcome: Outcome) -> None:
    for word, count in sorted(outcome.counts.items()):
        typer.echo(f"{word}: {count:,}")
    typer.echo(f"run {outcome.name}  {outcome.folder}")
