"""`varinterp refs diff`: what changed between two releases of a source."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.pipeline.references.compare import compare, kinds, write_changes
from varinterp.pipeline.references.desk import open_desk
from varinterp.sources.rules import read_rules

EXAMPLES = """Examples:

varinterp refs diff clinvar@2026-10-04 clinvar@2026-11-15

varinterp refs diff clinvar@2026-10-04 clinvar --out changes.tsv    (to the current release)
"""


def command(
    old: Annotated[str, typer.Argument(help="The earlier release, as source@release.")],
    new: Annotated[str, typer.Argument(help="The later one; the current one without @release.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write every change to a .parquet or .tsv file."),
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Count the changed keys by kind, and write them with what was before and after."""
    desk = open_desk(configfile)
    first, second = desk.release(old), desk.release(new)
    source = desk.catalogue[first.manifest.source]
    rules = read_rules(desk.settings.rules, desk.settings.gene_specs, desk.settings.gene_lists)
    changes = compare(source, first, second, rules)
    if out is not None:
        write_changes(changes, out)
    counted = kinds(changes)
    keys = changes.select("source", "key").n_unique()
    if as_json:
        show_json(
            {
                "old": first.name,
                "new": second.name,
                "changed_keys": keys,
                "kinds": [
                    {"facts": facts, "kind": kind, "changes": count}
                    for facts, kind, count in counted
                ],
            }
        )
        return
    show(("facts", "kind", "changes"), [(f, k, f"{count:,}") for f, k, count in counted])
    typer.echo(f"{first.name} → {second.name}: {keys:,} changed key(s)")
