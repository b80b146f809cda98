"""`varinterp curate check`: whether a list can become a release."""

from collections import Counter

import typer

from varinterp.cli.curate.desk import DEFAULT_LIST, ListFile, open_desk
from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.sources.curated_list import standing

EXAMPLES = """Examples:

varinterp curate check

varinterp curate check --list entries.yaml --json
"""


def command(
    path: ListFile = DEFAULT_LIST,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Read a list whole: its cells, its retractions, its alleles on the reference.

    It must still hold every entry of the current release, unchanged.
    """
    listed = open_desk(path, configfile).read()
    kept = standing(listed)
    kinds = Counter(each.entry.kind for each in kept)
    if as_json:
        show_json(
            {"listed": len(listed), "standing": len(kept), "kinds": dict(sorted(kinds.items()))}
        )
        return
    show(("kind", "entries"), sorted(kinds.items()))
    typer.echo(f"{len(listed)} listed, {len(kept)} standing; no fault")
