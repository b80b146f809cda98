"""`varinterp curate template`: an empty list."""

from typing import Annotated

import typer

from varinterp.cli.options import Json
from varinterp.cli.refs.printing import show_json
from varinterp.pipeline.curated_list import TEMPLATE
from varinterp.sources.curated_entry import COMMON
from varinterp.sources.curated_kinds import MODELS

EXAMPLES = """Examples:

varinterp curate template > config/curated.tsv

varinterp curate template --kind assay
"""


def command(
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only the columns of this kind.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the header of a list, with every column or with those of one kind."""
    if kind is not None and kind not in MODELS:
        raise typer.BadParameter(f"{kind!r}: expected one of {', '.join(MODELS)}")
    if as_json:
        chosen = MODELS if kind is None else {kind: MODELS[kind]}
        columns = {name: list(model.columns()) for name, model in chosen.items()}
        show_json({"common": list(dict.fromkeys(("id", *COMMON))), "kinds": columns})
    elif kind is None:
        typer.echo(TEMPLATE, nl=False)
    else:
        own = [name for name in MODELS[kind].columns() if name != "kind"]
        typer.echo("\t".join(dict.fromkeys(("id", *COMMON, *own))))
