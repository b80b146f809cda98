"""`varinterp refs status`: what is current, old, refused or recalled."""

from datetime import UTC, date, datetime
from typing import Any

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.pipeline.references.desk import Desk, open_desk
from varinterp.refs.lock import read_lock

EXAMPLES = """Examples:

varinterp refs status

varinterp refs status --json
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Say for each source what is current, locked and overdue; exit code 1 when one is recalled."""
    desk = open_desk(configfile)
    locked = read_lock(desk.settings.lock).releases if desk.settings.lock.is_file() else {}
    today = datetime.now(UTC).date()
    entries = [_entry(desk, name, locked, today) for name in sorted(_names(desk, locked))]
    if as_json:
        show_json(entries)
    else:
        show(
            ("source", "current", "of", "locked", "state"),
            [(e["source"], e["current"], e["date"], e["locked"], _state(e)) for e in entries],
        )
        _print_verdicts(desk)
    raise typer.Exit(1 if any(entry["locked_recalled"] for entry in entries) else 0)


def _names(desk: Desk, locked: dict[str, str]) -> set[str]:
    return {*desk.catalogue.sources, *desk.store.sources(), *locked}


def _entry(desk: Desk, name: str, locked: dict[str, str], today: date) -> dict[str, Any]:
    source = desk.catalogue.sources.get(name)
    current = desk.store.current(name)
    age = (today - current.manifest.date).days if current else None
    releases = {release.manifest.release: release for release in desk.store.releases(name)}
    held = releases.get(locked.get(name, ""))
    return {
        "source": name,
        "current": current.manifest.release if current else None,
        "date": current.manifest.date.isoformat() if current else None,
        "age_days": age,
        "overdue": bool(source and age is not None and age > source.stale_after_days),
        "locked": locked.get(name),
        "locked_missing": name in locked and held is None,
        "locked_recalled": bool(held and desk.store.recall_of(held)),
        "quarantined": [verdict.release for verdict in desk.store.quarantined(name)],
        "recalled": [n for n, release in releases.items() if desk.store.recall_of(release)],
    }


def _state(entry: dict[str, Any]) -> str:
    said = []
    if entry["locked_recalled"]:
        said.append("THE LOCKED RELEASE IS RECALLED")
    if entry["locked_missing"]:
        said.append("the locked release is not on disk")
    if entry["overdue"]:
        said.append(f"overdue: {entry['age_days']} days old")
    if entry["locked"] and entry["current"] and entry["locked"] != entry["current"]:
        said.append("a newer release is at hand")
    said += [f"{release} refused" for release in entry["quarantined"]]
    said += [f"{release} recalled" for release in entry["recalled"]]
    return "; ".join(said)


def _print_verdicts(desk: Desk) -> None:
    for name in sorted(desk.catalogue.sources):
        for verdict in desk.store.quarantined(name):
            typer.echo(f"\n{verdict.source}@{verdict.release} was refused:")
            for problem in verdict.problems:
                typer.echo(f"  {problem}")
