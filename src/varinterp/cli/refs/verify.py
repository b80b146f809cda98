"""`varinterp refs verify`: whether releases are still what was admitted."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.desk import open_desk

EXAMPLES = """Examples:

varinterp refs verify

varinterp refs verify clinvar@2026-11-15 gnomad@4.1
"""


def command(
    releases: Annotated[
        list[str] | None,
        typer.Argument(help="Releases as source@release; all of them when none is named."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Compare every file of a release with the digest in its manifest."""
    desk = open_desk(configfile)
    chosen = (
        [desk.release(text) for text in releases]
        if releases
        else [release for name in desk.store.sources() for release in desk.store.releases(name)]
    )
    bad = 0
    for release in chosen:
        try:
            release.verify()
            typer.echo(f"{release.name}: sound, {len(release.manifest.files)} files")
        except ReleaseError as error:
            bad += 1
            typer.echo(f"{error}")
    typer.echo(f"{len(chosen)} release(s), {bad} damaged")
    raise typer.Exit(1 if bad else 0)
