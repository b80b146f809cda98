"""`varinterp refs gc`: the releases that nothing rests on."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.pipeline.references.desk import Desk, open_desk
from varinterp.refs.lock import read_lock
from varinterp.registry.store import Registry

EXAMPLES = """Examples:

varinterp refs gc

varinterp refs gc --keep 3 --remove
"""


def command(
    keep: Annotated[
        int, typer.Option("--keep", min=0, help="Keep the youngest releases of each source.")
    ] = 2,
    remove: Annotated[bool, typer.Option("--remove", help="Delete what is listed.")] = False,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """List, or remove, releases that no stored conclusion, lock or kept release uses."""
    desk = open_desk(configfile)
    for release in desk.store.garbage(_used(desk), keep):
        if remove:
            desk.store.remove(release)
        typer.echo(f"{release.name}: {'removed' if remove else 'unused'}")


def _used(desk: Desk) -> set[tuple[str, str]]:
    """Return what the registry, the laboratory's lock and every family's lock name."""
    settings = desk.settings
    locks = [settings.lock, *sorted(settings.results.glob("*/refs.lock.yaml"))]
    named = {item for lock in locks if lock.is_file() for item in read_lock(lock).releases.items()}
    return named | Registry.open(settings.registry).releases_used()
