"""Options that several verbs share, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path,
    typer.Option("--configfile", "-c", help="The run's configuration.", show_default=True),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Cores = Annotated[int, typer.Option("--cores", min=1, help="Processor cores to use.")]

DEFAULT_CONFIG = Path("config/config.yaml")
