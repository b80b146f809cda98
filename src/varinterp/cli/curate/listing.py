"""`varinterp curate list`: the entries of a list."""

from typing import Annotated

import typer

from varinterp.cli.curate.desk import DEFAULT_LIST, ListFile, cells_of, open_desk
from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.model.variant import Allele
from varinterp.sources.curated_entry import COMMON
from varinterp.sources.curated_table import ListedEntry

EXAMPLES = """Examples:

varinterp curate list

varinterp curate list --allele GRCh38:22-20061538-G-A --json
"""


def command(
    allele: Annotated[
        str | None, typer.Option("--allele", help="Only those about this allele.")
    ] = None,
    path: ListFile = DEFAULT_LIST,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Show the entries of a list in its order, those that were retracted too."""
    listed = open_desk(path, configfile).read()
    retracted = {each.entry.retracts: each.entry.id for each in listed if each.entry.retracts}
    wanted = None if allele is None else _allele(allele)
    chosen = [each for each in listed if wanted is None or each.entry.place == wanted]
    if as_json:
        show_json(
            [{**cells_of(each), "retracted_by": retracted.get(each.entry.id)} for each in chosen]
        )
        return
    rows = [
        (
            each.entry.id, each.entry.kind, each.entry.allele, each.entry.disease, _says(each),
            each.entry.author, each.entry.date, each.entry.pmid, retracted.get(each.entry.id),
        )
        for each in chosen
    ]  # fmt: skip
    show(
        ("id", "kind", "allele", "disease", "says", "author", "date", "pmid", "retracted by"), rows
    )


def _says(each: ListedEntry) -> str:
    """Write the columns of an entry's own kind, as they were typed: ``effect=damaging``."""
    words = {True: "yes", False: "no"}
    own = {name: value for name, value in cells_of(each).items() if name not in COMMON}
    return ", ".join(
        f"{name}={words[value] if isinstance(value, bool) else value}"
        for name, value in own.items()
    )


def _allele(text: str) -> Allele:
    try:
        return Allele.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}") from error
