"""`varinterp curate add`: one more entry at the end of the laboratory's list."""

from typing import Annotated

import typer

from varinterp.cli.curate.desk import DEFAULT_LIST, ListFile, cells_of, open_desk
from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import pairs, show_json
from varinterp.sources.curated_kinds import MODELS

EXAMPLES = """Examples:

varinterp curate add probands GRCh38:22-20061538-G-A --author "A. Curator" --pmid 26805781 \
--disease OMIM:616878 --set count=3

varinterp curate add retraction GRCh38:22-20061538-G-A --author "A. Curator" \
--retracts probands-20261122-1 --note "another allele was meant"
"""


def command(
    kind: Annotated[str, typer.Argument(help=f"What it is: {', '.join(MODELS)}.")],
    allele: Annotated[str, typer.Argument(help="GRCh38:chromosome-position-ref-alt.")],
    author: Annotated[str, typer.Option("--author", help="Who answers for the entry.")],
    cells: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", help="COLUMN=VALUE, of the kind's columns, once for each."),
    ] = None,
    pmid: Annotated[str, typer.Option("--pmid", help="PubMed ids, joined by ;.")] = "",
    note: Annotated[str, typer.Option("--note", help="Needed where there is no PubMed id.")] = "",
    hgnc: Annotated[str, typer.Option("--hgnc", help="The gene; any without it.")] = "",
    disease: Annotated[str, typer.Option("--disease", help="Its id; any without it.")] = "",
    inheritance: Annotated[str, typer.Option("--inheritance", help="Any without it.")] = "",
    retracts: Annotated[
        str, typer.Option("--retracts", help="Id of the entry that this one takes back.")
    ] = "",
    dated: Annotated[str, typer.Option("--dated", help="ISO date; today without it.")] = "",
    name: Annotated[
        str, typer.Option("--id", help="The entry's own; kind, day and number without it.")
    ] = "",
    path: ListFile = DEFAULT_LIST,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Add an entry; the list is read whole before, and nothing is written when it has a fault.

    An entry is never changed or deleted: a later one retracts it. See docs/how-to/curate.md.
    """
    desk = open_desk(path, configfile)
    given = {
        "id": name, "kind": kind, "allele": allele, "author": author, "pmid": pmid, "note": note,
        "hgnc": hgnc, "disease": disease, "inheritance": inheritance, "retracts": retracts,
        "date": dated or desk.on.isoformat(), **pairs(cells or [], "COLUMN=VALUE"),
    }  # fmt: skip
    added = desk.append({column: value for column, value in given.items() if value})
    if as_json:
        show_json(cells_of(added))
    else:
        typer.echo(f"{added.entry.id} added to {path}")
