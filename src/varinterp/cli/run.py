"""`varinterp run`: a thin call of Snakemake, then a summary of every family."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Cores
from varinterp.cli.summary import print_summary
from varinterp.pipeline.run import open_run
from varinterp.pipeline.workflow import run_workflow

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True}
EXAMPLES = """Examples:

varinterp run --cores 8

varinterp run --dry-run

varinterp run --profile profiles/slurm --jobs 50    (any option of Snakemake's is passed on)
"""


def command(
    context: typer.Context,
    configfile: ConfigFile = DEFAULT_CONFIG,
    cores: Cores = 2,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show what would run, and why.")
    ] = False,
) -> None:
    """Analyse every family of the sample sheet; what is finished and unchanged is kept."""
    opened = open_run(configfile)
    extra = [*context.args, *(["--dry-run"] if dry_run else [])]
    code = run_workflow(configfile, cores, extra)
    if dry_run:
        raise typer.Exit(code)
    failed = print_summary(opened)
    raise typer.Exit(1 if failed or code else 0)
