"""`varinterp`: the verbs, and what every one of them does with an error."""

import errno
import os
import sys
import traceback
from typing import Annotated

import typer
from rich.console import Console

from varinterp import __version__
from varinterp.cli.verbs import verbs
from varinterp.errors import InputError, InternalError, VarinterpError

EXIT_USER, EXIT_BUG = 1, 3
_MACHINE = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EACCES: "have yourself given the right to use it",
    errno.EPERM: "have yourself given the right to use it",
    errno.EROFS: "name a folder that can be written to",
}
"""What to do about a refusal of the machine's; every other one is a fault of varinterp."""

VERBS = (
    "check", "run", "explain", "phenotype", "diff", "lookback", "report", "key", "demo",
    "refs", "registry", "curate", "reanalyse", "worklist",
)  # fmt: skip
"""Every verb, and group of verbs, is the module of its name."""

app = typer.Typer(
    name="varinterp",
    cls=verbs({name: f"varinterp.cli.{name}" for name in VERBS}),
    help="Interpret rare-disease patients' variants, and keep the interpretation true.\n\n"
    "Start with `varinterp demo`, then edit config/config.yaml and config/samples.tsv, "
    "`varinterp check`, and `varinterp run`.",
    epilog="Exit codes: 0 done (warnings included), 1 the input was rejected or a family failed, "
    "2 wrong usage, 3 a fault of varinterp.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"varinterp {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Hold the options of the program as a whole."""


def main() -> None:
    """Run the program; turn every error into one message and one exit code."""
    # Results must not depend on the caller's locale or on what a library finds in the environment.
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    # Nothing here is linear algebra, and every stage's process would start a thread a core for it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        app()
    except InputError as error:
        for fault in error.faults:
            console.print(str(fault))
        console.print(f"{len(error.faults)} fault(s); nothing was written")
        sys.exit(EXIT_USER)
    except InternalError as error:
        console.print(f"a fault of varinterp, please report it: {error}")
        sys.exit(EXIT_BUG)
    except VarinterpError as error:
        console.print(str(error))
        sys.exit(EXIT_USER)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _MACHINE:
            console.print(
                f"{error.filename or 'a file'}: {error.strerror}; {_MACHINE[error.errno]}, "
                "and type the same again"
            )
            sys.exit(EXIT_USER)
        frames = "".join(traceback.format_tb(error.__traceback__))
        console.print(
            f"a fault of varinterp, please report it: {type(error).__name__} in\n{frames}"
        )
        sys.exit(EXIT_BUG)
