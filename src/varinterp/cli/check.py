"""`varinterp check`: everything that is wrong with a sheet, a configuration and their files."""

import json

import typer
from rich.console import Console

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.errors import Fault, InputError, Severity
from varinterp.model.canonical import to_json
from varinterp.pipeline.check import read_family
from varinterp.pipeline.intake import Verdict
from varinterp.pipeline.panels import reader
from varinterp.pipeline.run import open_run
from varinterp.pipeline.specified_transcripts import check_transcripts
from varinterp.refs.lock import open_releases, read_lock
from varinterp.sources.hpo import read_ontology
from varinterp.sources.rules import read_rules

EXAMPLES = """Examples:

varinterp check

varinterp check --configfile config/config.yaml --json > check.json
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Read every input once and report all faults; writes nothing."""
    faults = _faults(configfile)
    rejected = any(fault.severity is Severity.REJECT for fault in faults)
    verdict = Verdict.REJECT if rejected else Verdict.WARN if faults else Verdict.ACCEPT
    if as_json:
        typer.echo(json.dumps({"verdict": verdict, "faults": to_json(faults)}, indent=2))
    else:
        console = Console(highlight=False, markup=False, soft_wrap=True)
        for fault in faults:
            console.print(f"{fault.severity}: {fault}")
        console.print(f"{verdict}: {len(faults)} finding(s)")
    raise typer.Exit(1 if rejected else 0)


def _faults(configfile: ConfigFile) -> list[Fault]:
    try:
        run = open_run(configfile)
    except InputError as error:
        return list(error.faults)
    faults = list(run.warnings)
    try:
        rules = read_rules(run.settings.rules, run.settings.gene_specs, run.settings.gene_lists)
        releases = open_releases(read_lock(run.settings.lock), run.settings.references)
        check_transcripts(releases, rules)
    except InputError as error:
        return faults + list(error.faults)
    ontology, panels = read_ontology(releases["hpo"].folder), reader(releases)
    for family in run.families.values():
        try:
            found = read_family(family, run.settings.reference, ontology, run.pseudonymiser, panels)
            faults += found.warnings
        except InputError as error:
            faults += error.faults
    return faults
