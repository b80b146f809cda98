"""`varinterp refs recall`: mark a release bad, and list what was concluded from it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.model.canonical import to_json
from varinterp.pipeline.references.desk import open_desk
from varinterp.registry.store import Registry

EXAMPLES = """Examples:

varinterp refs recall clinvar@2026-11-15 --reason "truncated upstream, see ClinVar's notice"
"""


def command(
    release: Annotated[str, typer.Argument(help="The release, as source@release.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it later.")],
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Refuse a release from now on; it stays on disk, for what was concluded from it."""
    desk = open_desk(configfile)
    bad = desk.release(release)
    # The registry first: when it cannot be read, nothing has been recalled.
    rested = Registry.open(desk.settings.registry).concluded_from(
        bad.manifest.source, bad.manifest.release
    )
    desk.store.recall(bad, reason, datetime.now(UTC).date())
    current = desk.store.current(bad.manifest.source)
    if as_json:
        show_json({"recalled": bad.name, "reason": reason, "conclusions": to_json(rested)})
        return
    show(
        ("case", "analysis", "allele", "disease", "class", "signed", "current"),
        [
            (r.case, r.analysis, r.allele, r.disease, r.machine_class, r.signed_class,
             "yes" if r.current else "no")
            for r in rested
        ],
    )  # fmt: skip
    cases = len({found.case for found in rested})
    typer.echo(f"{bad.name} recalled; {len(rested)} conclusion(s) of {cases} case(s) read it")
    typer.echo(f"current is now {current.name if current else 'no release'}")
