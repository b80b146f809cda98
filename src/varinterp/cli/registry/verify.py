"""`varinterp registry verify`: whether the registry is what was written."""

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show_json
from varinterp.cli.registry.desk import open_desk
from varinterp.model.canonical import to_json

EXAMPLES = """Examples:

varinterp registry verify

varinterp registry verify --json    (keep the head elsewhere: a chain cut short still agrees)
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Compute every row's seal and every link of the hash chain again; exit code 1 when broken."""
    report = open_desk(configfile).registry.verify()
    if as_json:
        show_json(to_json(report))
    else:
        rows = sum(report.rows.values())
        typer.echo(f"{report.links} batches, {rows} rows, head {report.head[:16]}…")
        typer.echo("sound" if report.broken is None else f"BROKEN: {report.broken}")
    raise typer.Exit(0 if report.broken is None else 1)
