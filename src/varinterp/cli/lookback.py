"""`varinterp lookback`: everything that was concluded by a version, under rules, from a release."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.model.canonical import to_json
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.history.lookback import by_release, by_rules, by_software
from varinterp.registry.records import Rested
from varinterp.registry.store import Registry

EXAMPLES = """Examples:

varinterp lookback --software 0.1.0

varinterp lookback --rules core-v1

varinterp lookback --release clinvar@2026-11-15 --json
"""


def command(
    software: Annotated[
        str | None, typer.Option("--software", help="A version of varinterp.")
    ] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", help="A release of the rules, or how its name begins.")
    ] = None,
    release: Annotated[
        str | None, typer.Option("--release", help="A reference release, as source@release.")
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """List the conclusions that stand, or stood, on something: signed ones first."""
    if sum(each is not None for each in (software, rules, release)) != 1:
        raise typer.BadParameter("give one of --software, --rules and --release")
    registry = Registry.open(read_settings(configfile).registry)
    if software is not None:
        found = by_software(registry, software)
    elif rules is not None:
        found = by_rules(registry, rules)
    else:
        source, at, name = (release or "").partition("@")
        if not (source and at and name):
            raise typer.BadParameter("--release: expected source@release")
        found = by_release(registry, source, name)
    if as_json:
        show_json({"conclusions": to_json(found)})
        return
    _print(found)


def _print(found: tuple[Rested, ...]) -> None:
    show(
        ("signed", "current", "case", "analysis", "allele", "gene", "disease", "class"),
        [
            (r.signed_class, "yes" if r.current else "no", r.case, r.analysis, r.allele, r.gene,
             r.disease, r.machine_class)
            for r in found
        ],
    )  # fmt: skip
    signed = sum(each.signed_class is not None for each in found)
    current = sum(each.current for each in found)
    cases = len({each.case for each in found})
    typer.echo(f"{len(found)} conclusion(s) of {cases} case(s): {signed} signed, {current} current")
