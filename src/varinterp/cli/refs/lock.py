"""`varinterp refs lock`: which releases new analyses read."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.refs.printing import pairs
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.desk import Desk, open_desk
from varinterp.refs.lock import read_lock, write_lock
from varinterp.refs.release import Release, open_release

EXAMPLES = """Examples:

varinterp refs lock

varinterp refs lock clinvar=2026-11-15    (move one source of the lock, and no other)
"""


def command(
    moves: Annotated[
        list[str] | None,
        typer.Argument(help="Sources to move, as source=release; all to current when none."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The lock to write; the configuration's by default."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Write the lock that new families start from; analysed families keep their own."""
    desk = open_desk(configfile)
    path = out or desk.settings.lock
    before = read_lock(path).releases if path.is_file() else {}
    named = pairs(moves or [], "source=release")
    chosen = _moved(desk, before, named) if named else _current(desk, before)
    _refuse_recalled(desk, chosen)
    lock = write_lock(chosen, path)
    for source in sorted({*before, *lock.releases}):
        old, new = before.get(source), lock.releases.get(source)
        mark = "=" if old == new else f"{old or 'none'} →"
        typer.echo(f"{source}: {mark} {new or 'left out'}")
    typer.echo(f"{path}: {len(lock.releases)} sources")


def _current(desk: Desk, before: dict[str, str]) -> list[Release]:
    """Return the current release of what the lock had, and of all whose facts analyses read."""
    read = {name for name, source in desk.catalogue.sources.items() if source.facts}
    names = sorted(read | before.keys())
    found = [release for name in names if (release := desk.store.current(name))]
    if not found:
        raise ReleaseError(f"there is no release under {desk.store.root}: build one first")
    return found


def _moved(desk: Desk, before: dict[str, str], moves: dict[str, str]) -> list[Release]:
    return [open_release(desk.store.root, *place) for place in {**before, **moves}.items()]


def _refuse_recalled(desk: Desk, chosen: list[Release]) -> None:
    for release in chosen:
        recall = desk.store.recall_of(release)
        if recall is not None:
            raise ReleaseError(f"{release.name} was recalled on {recall.on}: {recall.reason}")
