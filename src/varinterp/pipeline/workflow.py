"""Starting Snakemake on our workflow."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from varinterp.errors import Fault, InputError


def repository() -> Path:
    """Return the folder of the workflow: the current one, or the one varinterp is installed from.

    Raises InputError when neither holds the Snakefile.
    """
    for folder in (Path.cwd(), Path(__file__).resolve().parents[3]):
        if (folder / "Snakefile").is_file() and (folder / "workflow").is_dir():
            return folder
    raise InputError(
        [
            Fault(
                rule="run.no_workflow",
                file=str(Path.cwd()),
                found="no Snakefile",
                expected="a clone of varinterp",
                advice="change to the clone's folder and run the command again",
            )
        ]
    )


def run_workflow(configfile: Path, cores: int, extra: Sequence[str]) -> int:
    """Run the workflow with a configuration; `extra` is passed on. Returns Snakemake's code."""
    snakefile = repository() / "Snakefile"
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--snakefile",
        str(snakefile),
        "--configfile",
        str(configfile),
        "--cores",
        str(cores),
        *extra,
    ]
    return subprocess.run(command, check=False).returncode  # noqa: S603
