"""`varinterp registry observe`: what is seen of a patient, on which day."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import (
    Author,
    Desk,
    MaybeFamily,
    On,
    day_or_today,
    now,
    open_desk,
)
from varinterp.cli.registry.observed_terms import import_observations, statements
from varinterp.model.observation import Observation, ObservationState
from varinterp.registry.dataset.facade import RegisteredCase
from varinterp.registry.dataset.observation_rows import RecordedObservation

EXAMPLES = """Examples:

varinterp registry observe FAM-1    (what stands, with the numbers of the statements)

varinterp registry observe FAM-1 "HP:0001250;!HP:0001251" --on 2026-11-02

varinterp registry observe FAM-1 --correct 17 --withdraw

varinterp registry observe FAM-1 HP:0003198 --correct 17 --on 2026-11-02

varinterp registry observe --table observations.tsv
"""


def command(
    family: MaybeFamily = None,
    terms: Annotated[
        str | None, typer.Argument(help="HPO ids separated by ; with ! before excluded ones.")
    ] = None,
    on: On = None,
    onset: Annotated[
        str | None, typer.Option("--onset", help="HPO onset term, or an age such as P3Y6M.")
    ] = None,
    correct: Annotated[
        int | None, typer.Option("--correct", help="Number of the statement that was wrong.")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Nothing takes the corrected statement's place.")
    ] = False,
    table: Annotated[
        Path | None,
        typer.Option("--table", help="Import a TSV: family, hpo, on, onset."),
    ] = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Record observations of a proband, correct one, or show what stands."""
    desk = open_desk(configfile)
    if table is not None:
        typer.echo(f"{import_observations(desk, table, author)} observation(s) recorded")
        return
    if family is None:
        raise typer.BadParameter("name a family, or a table with --table")
    case = desk.case(family)
    if correct is not None:
        _correct(desk, case, correct, terms, withdraw, on, onset, author)
    elif terms is not None:
        new = statements(desk, terms, day_or_today(on), onset)
        written = desk.dataset.observe(case.case, new, author=author, at=now())
        typer.echo(f"{case.case}: {len(written)} of {len(new)} recorded, the others stood already")
    else:
        _show(desk, case, as_json)


def _correct(
    desk: Desk,
    case: RegisteredCase,
    wrong: int,
    terms: str | None,
    withdraw: bool,
    on: str | None,
    onset: str | None,
    author: str,
) -> None:
    if withdraw == (terms is not None):
        raise typer.BadParameter("a correction has either one term or --withdraw")
    if terms is None:
        right = _withdrawal(desk, case, wrong)
    else:
        new = statements(desk, terms, day_or_today(on), onset)
        if len(new) != 1:
            raise typer.BadParameter("one term corrects one statement")
        right = new[0]
    written = desk.dataset.correct(case.case, wrong, right, author=author, at=now())
    typer.echo(f"{case.case}: {'known already' if written is None else 'corrected'}")


def _withdrawal(desk: Desk, case: RegisteredCase, wrong: int) -> Observation:
    every = desk.dataset.observations(case.case, corrected=True)
    found = {each.id: each.observation for each in every}.get(wrong)
    term, day = ("", now().date()) if found is None else (found.term, found.observed_on)
    return Observation(term, ObservationState.WITHDRAWN, day)


def _show(desk: Desk, case: RegisteredCase, as_json: bool) -> None:
    standing = desk.dataset.observations(case.case)
    if as_json:
        show_json([_told(each) for each in standing])
        return
    show(
        ("number", "term", "state", "on", "onset", "from", "author"),
        [tuple(_told(each).values()) for each in standing],
    )


def _told(each: RecordedObservation) -> dict[str, object]:
    seen = each.observation
    return {
        "number": each.id,
        "term": seen.term,
        "state": seen.state.value,
        "on": seen.observed_on.isoformat(),
        "onset": seen.onset,
        "from": each.origin.value,
        "author": each.author,
    }
