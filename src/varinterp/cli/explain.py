"""`varinterp explain`: why an allele is, or is not, in a case's report."""

import json
from typing import Annotated

import typer
from rich.console import Console

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.documents.case import read_case
from varinterp.errors import Fault, InputError
from varinterp.model.canonical import to_json
from varinterp.model.case import CaseResult
from varinterp.model.variant import Allele
from varinterp.pipeline.explain import explain
from varinterp.pipeline.run import Run, open_run
from varinterp.report.catalogue import Language
from varinterp.report.wording import wording

EXAMPLES = """Examples:

varinterp explain DEMO-T1 22-20061538-G-A

varinterp explain F-ABCDEFGHIJKL chr22-20139765-C-T --language fr
"""
_MARKS = {True: "yes", False: "no", None: "n/a"}


def command(
    case: Annotated[str, typer.Argument(help="Family, by the sheet's name or its pseudonym.")],
    allele: Annotated[str, typer.Argument(help="chromosome-position-ref-alt, GRCh38.")],
    configfile: ConfigFile = DEFAULT_CONFIG,
    language: Annotated[
        Language, typer.Option("--language", "-l", help="Language of the sentences.")
    ] = Language.ENGLISH,
    as_json: Json = False,
) -> None:
    """Show every gate that an allele passed or failed, with the numbers it compared."""
    asked = _allele(allele)
    run = open_run(configfile)
    family = run.pseudonym(case)
    trail = explain(run.folder(family), _result(run, family), asked)
    if as_json:
        typer.echo(json.dumps(to_json(trail), indent=2))
        return
    words = wording(language)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{case}  {trail.allele.id}")
    for step in trail.steps:
        name = words.word("step", step.name)
        console.print(f"  {_MARKS[step.passed]:>4}  {name}: {words.sentence(step.reason)}")


def _allele(text: str) -> Allele:
    try:
        return Allele.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; for instance 22-20061538-G-A") from error


def _result(run: Run, family: str) -> CaseResult:
    path = run.folder(family) / "case.json"
    if not path.is_file():
        fault = Fault(
            rule="explain.not_run",
            file=str(path),
            found="no finished analysis",
            expected="case.json",
            advice="run the workflow first: varinterp run",
        )
        raise InputError([fault])
    return read_case(path)
