"""`varinterp worklist indicators`: the diagnostic observatory's figures of a period."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import day_or_today, open_desk
from varinterp.files import write_text
from varinterp.pipeline.worklist.indicators import indicator_input
from varinterp.pseudonym import DEMONSTRATION
from varinterp.report.indicators.board import indicators
from varinterp.report.indicators.figures import MINIMUM
from varinterp.report.indicators.table import indicators_tsv

EXAMPLES = """Examples:

varinterp worklist indicators --from 2026-01-01 --to 2026-12-31 --out results/indicators
"""


def command(
    start: Annotated[str, typer.Option("--from", help="First day of the period (ISO).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    end: Annotated[
        str | None, typer.Option("--to", help="Its last day (ISO); today by default.")
    ] = None,
    minimum: Annotated[
        int, typer.Option("--minimum", min=1, help="Counts below it are masked.")
    ] = MINIMUM,
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Write delays, yield, statuses, reclassifications and open events: pages and a table."""
    desk = open_desk(configfile)
    first, last = day_or_today(start), day_or_today(end)
    if last < first:
        raise typer.BadParameter("the period ends before it starts")
    given = indicator_input(
        desk.dataset, first, last, constructed=desk.settings.pseudonym_key == DEMONSTRATION
    )
    found = indicators(given, minimum)
    # Matplotlib is imported only when plots are drawn.
    page = import_module("varinterp.report.indicators.page").indicators_page
    texts = {out / "indicators.tsv": indicators_tsv(found)}
    for language in desk.settings.languages:
        texts[out / f"indicators.{language}.html"] = page(given, found, language, minimum)
    for path, text in sorted(texts.items()):
        write_text(path, text)
        typer.echo(str(path))
