"""`varinterp reanalyse status`: runs, cases by basis, what is stale, open events, health."""

from collections.abc import Iterator
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.model.archive import RunRecord
from varinterp.model.basis import Move
from varinterp.model.canonical import to_json
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.history.status import Health, Status, status_of
from varinterp.pipeline.reanalysis.archive import open_archive

EXAMPLES = """Examples:

varinterp reanalyse status

varinterp reanalyse status --check --json    (reads every byte of the registry and the store)
"""


def command(
    check: Annotated[
        bool, typer.Option("--check", help="Read every byte: the hash chain, the cohort store.")
    ] = False,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Say how the archive stands; exit code 1 when something of it is damaged."""
    found = status_of(open_archive(read_settings(configfile)), check=check)
    if as_json:
        show_json(to_json(found))
    else:
        _print(found)
    raise typer.Exit(1 if found.health.faults else 0)


def _print(found: Status) -> None:
    show(
        ("run", "started", "finished", "events", "target"),
        [_run(record) for record in found.runs],
    )
    if found.quiet_since is not None:
        typer.echo(f"nothing new since {found.quiet_since.date().isoformat()}")
    typer.echo("")
    show(
        ("cases", "behind the lock", "software"),
        [(f"{each.cases:,}", _moves(each.behind), each.basis.software) for each in found.standings],
    )
    for line in _lines(found):
        typer.echo(line)


def _run(record: RunRecord) -> tuple[str, ...]:
    started, finished = (
        "NO" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
        for moment in (record.started_at, record.finished_at)
    )
    return (
        *(record.name, started, finished),
        str(record.counts.get("events", 0)),
        "everything" if record.everything else "what changed",
    )


def _moves(moves: tuple[Move, ...]) -> str:
    said = (f"{move.source} {move.before or '-'} > {move.after or '-'}" for move in moves)
    return ", ".join(said) or "up to date"


def _lines(found: Status) -> Iterator[str]:
    if found.problem:
        yield f"the target cannot be read: {found.problem}"
    yield f"{found.stale:,} case(s) are not on the lock's releases, rules and software"
    if found.erased:
        yield f"{found.erased:,} case(s) were withdrawn"
    for newer in found.newer:
        yield (
            f"{newer.source}: {newer.newest} was admitted and the lock names {newer.locked} "
            f"(varinterp refs lock, then varinterp reanalyse run)"
        )
    tiers = ", ".join(f"tier {int(tier)}: {count}" for tier, count in found.open_events.items())
    yield f"open events: {tiers or 'none'}"
    yield from _health(found.health)


def _health(health: Health) -> Iterator[str]:
    yield (
        f"cohort store: {health.stored:,} case(s), {health.unstored:,} registered case(s) without "
        f"alleles; {health.unindexed:,} conclusion(s) to be indexed by the next run"
    )
    for fault in health.faults:
        yield f"DAMAGED  {fault}"
    if health.checked and not health.faults:
        yield "every byte was read: the hash chain holds, the store is whole"
