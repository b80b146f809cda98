"""What the verbs of `varinterp curate` share: the list, the day, and how an entry is printed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from varinterp.pipeline.config import read_settings
from varinterp.pipeline.curated_list import Desk
from varinterp.sources.curated_kinds import ENTRY
from varinterp.sources.curated_table import ListedEntry

ListFile = Annotated[
    Path, typer.Option("--list", "-l", help="The laboratory's list.", show_default=True)
]
DEFAULT_LIST = Path("config/curated.tsv")


def open_desk(path: Path, configfile: Path) -> Desk:
    """Open a list with the reference and the releases of a configuration, today."""
    return Desk(path, datetime.now(UTC).date(), read_settings(configfile))


def cells_of(each: ListedEntry) -> dict[str, Any]:
    """Return what an entry says, as plain values."""
    found: dict[str, Any] = ENTRY.dump_python(each.entry, mode="json", exclude_defaults=True)
    return found
