"""`varinterp worklist digest`: counts without anybody's data, for a mail or a webhook."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.registry.desk import open_desk
from varinterp.cli.worklist.acts import Said, last_run
from varinterp.pipeline.worklist.gather import Gathering
from varinterp.report.catalogue import Language
from varinterp.report.worklist.digest import digest_json, digest_text
from varinterp.report.worklist.view import build_worklist

EXAMPLES = """Examples:

varinterp worklist digest --language fr --link https://intranet.example/worklist

varinterp worklist digest --json | curl --data @- https://hooks.example/varinterp
"""


def command(
    run: Annotated[
        str | None, typer.Option("--run", help="A run's name; the last one by default.")
    ] = None,
    link: Annotated[
        str | None, typer.Option("--link", help="Where the list is; it must name nobody.")
    ] = None,
    language: Said = Language.ENGLISH,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Print how many events of which tier and direction are open: no name, allele, gene or sign."""
    desk = open_desk(configfile)
    record = last_run(desk, run)
    folder = desk.settings.reanalysis
    gathered = Gathering(desk.dataset, folder, folder / record.name, record.started_at.date())
    view = build_worklist(gathered.worklist(record))
    typer.echo(digest_json(view, link) if as_json else digest_text(view, language, link), nl=False)
