"""`varinterp explain`: why an allele is, or is not, in a case's report; today or on a past day."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from varinterp.cli.explain_criteria import print_criteria
from varinterp.cli.explain_gene import print_gene
from varinterp.cli.moments import moment
from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.past import Known, print_past, print_steps
from varinterp.documents.case import read_case
from varinterp.errors import Fault, InputError
from varinterp.model.canonical import to_json
from varinterp.model.case import CaseResult
from varinterp.model.variant import Allele
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.explain import Trail, explain
from varinterp.pipeline.explain_gene import explain_gene
from varinterp.pipeline.history.conclusion import Past
from varinterp.pipeline.history.naming import case_named
from varinterp.pipeline.history.past import past_of
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.run import open_run
from varinterp.refs.lock import open_releases, read_lock
from varinterp.report.catalogue import Language
from varinterp.report.wording import Wording, wording

EXAMPLES = """Examples:

varinterp explain DEMO-T1 22-20061538-G-A

varinterp explain F-ABCDEFGHIJKL chr22-20139765-C-T --language fr

varinterp explain DEMO-T1 22-20061538-G-A --criteria    (criteria, classes, what would move them)

varinterp explain DEMO-T1 --gene DGCR8 -c resources/demo/config.yaml    (why not this gene)

varinterp explain DEMO-T1 22-20061538-G-A --as-of 2026-07-04    (as concluded then, and replayed)

varinterp explain C-ABCDEFGHIJKL 22-20061538-G-A --as-of 2026-07-04 --known then
"""


def command(
    case: Annotated[
        str, typer.Argument(help="Family, by the sheet's name or its pseudonym; or a case's.")
    ],
    allele: Annotated[
        str | None, typer.Argument(help="chromosome-position-ref-alt, GRCh38; or --gene.")
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="A past day (its end, UTC), or an instant with its zone."),
    ] = None,
    known: Annotated[
        Known | None,
        typer.Option(
            help="With --as-of: `then` for what was concluded then, as it was stored; `now` for "
            "what this version concludes from what was known then. Both without it."
        ),
    ] = None,
    gene: Annotated[
        str | None,
        typer.Option(
            "--gene",
            help="Ask of a whole gene, by symbol or HGNC id: where each of its alleles was set "
            "aside, and what is missing.",
        ),
    ] = None,
    language: Annotated[
        Language, typer.Option("--language", "--lang", "-l", help="Language of the sentences.")
    ] = Language.ENGLISH,
    criteria: Annotated[
        bool,
        typer.Option(
            "--criteria",
            help="Each criterion with its guideline and what it read, the classes of the three "
            "schemes, and what one more finding would change.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show every gate that an allele passed or failed, with the numbers it compared.

    With --gene, why a gene is not among what is proposed: each of its alleles, and near misses.

    With --as-of, as they were on a past day, from the registry: the conclusions that held then,
    and beside them what this version concludes from the same facts. A family whose files are gone
    is explained from the registry too.
    """
    if gene is not None:
        if allele is not None or as_of is not None or criteria:
            raise typer.BadParameter("--gene goes with a case alone")
        _gene(case, gene, configfile, wording(language), as_json=as_json)
        return
    if allele is None:
        raise typer.BadParameter("give an allele, or --gene")
    asked = _allele(allele)
    if known is not None and as_of is None:
        raise typer.BadParameter("--known goes with --as-of")
    if criteria:
        if as_of is not None:
            raise typer.BadParameter("--criteria explains what is concluded now, without --as-of")
        result = _concluded(case, configfile)
        print_criteria(case, result, asked, wording(language), as_json=as_json)
        return
    at = None if as_of is None else moment(as_of)
    trail = _of_files(case, asked, configfile) if at is None else None
    told: Trail | Past = trail or _of_registry(case, asked, configfile, at)
    if as_json:
        typer.echo(json.dumps(to_json(told), indent=2))
        return
    words = wording(language)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if isinstance(told, Trail):
        console.print(f"{case}  {told.allele.id}")
        print_steps(told.steps, words, console)
        return
    console.print(f"{case}  {told.allele.id}  {words.date(told.at.date().isoformat())}")
    print_past(told, known, words, console)


def _allele(text: str) -> Allele:
    try:
        return Allele.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; for instance 22-20061538-G-A") from error


def _gene(case: str, gene: str, configfile: Path, words: Wording, *, as_json: bool) -> None:
    """Answer from what is concluded now, on the releases that it rests on."""
    folder = _folder(case, configfile)
    settings = read_settings(configfile)
    lock = settings.lock if folder is None else folder / "refs.lock.yaml"
    releases = open_releases(read_lock(lock), settings.references)
    told = explain_gene(_concluded(case, configfile), gene, releases, folder)
    print_gene(case, told, words, as_json=as_json)


def _of_files(case: str, asked: Allele, configfile: Path) -> Trail | None:
    """Trace an allele through the family's files; None when there is no finished analysis."""
    folder = _folder(case, configfile)
    if folder is None or not (folder / "variants.parquet").is_file():
        return None
    return explain(folder, read_case(folder / "case.json"), asked)


def _folder(case: str, configfile: Path) -> Path | None:
    """Return the family's folder; None where it has no finished analysis."""
    if case.startswith("C-"):
        return None
    run = open_run(configfile)
    folder = run.folder(run.pseudonym(case))
    return folder if (folder / "case.json").is_file() else None


def _concluded(case: str, configfile: Path) -> CaseResult:
    """Return what is concluded now: the registry's, which a reanalysis moves; else the files'."""
    folder = _folder(case, configfile)
    settings, pseudonym = case_named(configfile, case)
    archive = open_archive(settings)
    if archive.registry.latest(pseudonym) is not None:
        return archive.registry.result(pseudonym, datetime.now(UTC))
    if folder is None:
        raise InputError([_not_run(str(settings.results))])
    return read_case(folder / "case.json")


def _of_registry(case: str, asked: Allele, configfile: Path, at: datetime | None) -> Past:
    settings, pseudonym = case_named(configfile, case)
    archive = open_archive(settings)
    if archive.registry.latest(pseudonym) is None:
        raise InputError([_not_run(str(settings.results))])
    return past_of(archive, pseudonym, asked, at or datetime.now(UTC))


def _not_run(results: str) -> Fault:
    return Fault(
        rule="explain.not_run",
        file=results,
        found="no finished analysis, and no such case in the registry",
        expected="case.json in the family's folder, or a registered case",
        advice="run the workflow first (varinterp run), or name the run's configuration with -c",
    )
