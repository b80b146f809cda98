"""`varinterp refs fetch`: a release's upstream files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.refs.printing import day, pairs
from varinterp.pipeline.references.desk import open_desk
from varinterp.refs.fetch import FetchOptions, Progressed

EXAMPLES = """Examples:

varinterp refs fetch clinvar --dated 2026-11-15

varinterp refs fetch gnomad --release 4.1 --dated 2024-04-19

varinterp refs fetch hpo --dated 2026-11-01 --offline    (only what was fetched before)
"""

Dated = Annotated[
    str | None, typer.Option("--dated", help="The day that upstream gives the release.")
]
ReleaseName = Annotated[
    str | None, typer.Option("--release", help="The release's name; its date by default.")
]


def command(
    source: Annotated[str, typer.Argument(help="A source of the catalogue.")],
    dated: Dated = None,
    release: ReleaseName = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Use no network; say which files are missing.")
    ] = False,
    mirror: Annotated[
        list[str] | None,
        typer.Option("--mirror", help="HOST=URL: fetch what is on HOST from the mirror at URL."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Download the files of a release, from the hosts that the catalogue allows and no other."""
    desk = open_desk(configfile)
    when = day(dated)
    if when is None:
        raise typer.BadParameter("give --dated, the day of the release")
    with _progress() as progressed:
        options = FetchOptions(
            offline=offline,
            mirrors=pairs(mirror or [], "HOST=URL"),
            progress=progressed,
            told=lambda said: typer.echo(said, err=True),
        )
        fetched = desk.fetch(source, release or when.isoformat(), when, options)
    for role, paths in sorted(fetched.files.items()):
        for path in paths:
            typer.echo(f"{role}: {path}  {path.stat().st_size:,} bytes")
    for name in fetched.superseded:
        typer.echo(f"{name}: upstream has another now; fetch it under a name of its own")


@contextmanager
def _progress() -> Iterator[Progressed]:
    """Show a bar for each file on stderr; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(),
               TransferSpeedColumn())  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {}

        def progressed(path: Path, done: int, total: int | None) -> None:
            if path not in tasks:
                tasks[path] = bars.add_task(path.name, total=total)
            bars.update(tasks[path], completed=done, total=total)

        yield progressed
