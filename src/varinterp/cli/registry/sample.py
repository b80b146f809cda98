"""`varinterp registry sample`: how a person was sequenced."""

from dataclasses import replace
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Author, Family, now, open_desk
from varinterp.model.canonical import to_json
from varinterp.model.sequencing import Coverage, Sequencing, Technique

EXAMPLES = """Examples:

varinterp registry sample FAM-1

varinterp registry sample FAM-1 proband --technique pangenomic --coverage 41.2 20 0.98
"""


def command(
    family: Family,
    person: Annotated[
        str | None, typer.Argument(help="proband, father, mother, a name, or a pseudonym.")
    ] = None,
    technique: Annotated[
        Technique | None,
        typer.Option("--technique", help="As the national record has it (MED-081 to MED-084)."),
    ] = None,
    coverage: Annotated[
        tuple[float, int, float] | None,
        typer.Option("--coverage", help="Mean depth, a depth, and the share at or above it."),
    ] = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Record technique and coverage of a person's sample, or show what is recorded."""
    desk = open_desk(configfile)
    case = desk.case(family)
    if person is not None:
        who = desk.person(case, family, person)
        analysis = desk.registry.case(case.case).analysis
        every = desk.dataset.sequencing(case.case)
        mine = [each for each in every if each.person == who]
        known = mine[-1] if mine else Sequencing(who, analysis, ())
        measured = _coverage(coverage)
        new = replace(
            known,
            technique=technique or known.technique,
            coverage=measured or known.coverage,
        )
        desk.dataset.sequenced(case.case, [new], author=author, at=now())
    recorded = desk.dataset.sequencing(case.case)
    if as_json:
        show_json(to_json(recorded))
        return
    show(
        ("person", "analysis", "technique", "code", "mean", "inputs"),
        [
            (
                each.person, each.analysis, each.technique,
                each.technique and each.technique.code,
                each.coverage and each.coverage.mean, len(each.inputs),
            )
            for each in recorded
        ],
    )  # fmt: skip


def _coverage(given: tuple[float, int, float] | None) -> Coverage | None:
    if given is None:
        return None
    try:
        return Coverage(*given)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
