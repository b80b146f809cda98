"""`varinterp refs build`: from upstream files to a release that the gate admitted."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.fetch import Dated, ReleaseName
from varinterp.cli.refs.printing import day, pairs, show_json
from varinterp.pipeline.references.desk import open_desk
from varinterp.pipeline.references.update import Outcome

EXAMPLES = """Examples:

varinterp refs build clinvar --dated 2026-11-15

varinterp refs build lab_variants --dated 2026-11-22 --file table=variants.tsv
"""


def command(
    source: Annotated[str, typer.Argument(help="A source of the catalogue.")],
    dated: Dated = None,
    release: ReleaseName = None,
    file: Annotated[
        list[str] | None,
        typer.Option("--file", help="ROLE=PATH: use this file; again for a role's other files."),
    ] = None,
    need: Annotated[
        list[str] | None,
        typer.Option("--need", help="SOURCE=RELEASE: build with this one, not the current."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Build a release and pass it through the gate; exit code 1 when it is refused."""
    when = day(dated)
    name = release or (when.isoformat() if when else None)
    if name is None:
        raise typer.BadParameter("give --dated or --release: which release is it?")
    outcome = open_desk(configfile).build(
        source, name, when, _files(file or []), pairs(need or [], "SOURCE=RELEASE")
    )
    if as_json:
        show_json(_document(outcome))
    else:
        _print(outcome, f"{source}@{name}")
    raise typer.Exit(0 if outcome.release else 1)


def _files(options: list[str]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for option in options:
        ((role, path),) = pairs([option], "ROLE=PATH").items()
        found.setdefault(role, []).append(Path(path))
    return found


def _document(outcome: Outcome) -> dict[str, object]:
    release = outcome.release
    return {
        "admitted": release is not None,
        "already": outcome.already,
        "release": release.name if release else None,
        "content": release.manifest.content if release else None,
        "problems": list(outcome.problems),
        "set_aside": dict(outcome.set_aside),
    }


def _print(outcome: Outcome, name: str) -> None:
    if outcome.release is None:
        typer.echo(f"{name} was refused; nothing that was there has changed:")
        for problem in outcome.problems:
            typer.echo(f"  {problem}")
        return
    typer.echo(f"{name} {'was admitted before' if outcome.already else 'admitted'}")
    for file, entry in sorted(outcome.release.manifest.files.items()):
        rows = "" if entry.rows is None else f"{entry.rows:,} rows"
        typer.echo(f"  {file}  {rows}")
    for reason, count in sorted(outcome.set_aside.items()):
        typer.echo(f"  left out, {reason}: {count:,}")
