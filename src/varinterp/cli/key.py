"""`varinterp key`: a new secret key for pseudonyms."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.pseudonym import create_key

EXAMPLES = """Examples:

varinterp key /secure/varinterp.key
"""


def command(
    path: Annotated[Path, typer.Argument(help="The file to make; keep it apart from the data.")],
) -> None:
    """Make the key that pseudonyms are computed with; never replaces one."""
    create_key(path)
    typer.echo(f"{path}: name it as pseudonym_key in the configuration, and back it up")
