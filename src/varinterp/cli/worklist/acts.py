"""What the verbs of `varinterp worklist` share: the number of an event, who acts, what was done."""

from getpass import getuser
from typing import Annotated

import typer

from varinterp.cli.registry.desk import Desk
from varinterp.errors import Fault, InputError
from varinterp.model.archive import RunRecord
from varinterp.model.review import Act, Review
from varinterp.registry.dataset.reviews import ReviewedEvent
from varinterp.report.catalogue import Language
from varinterp.report.wording import Wording, wording

Number = Annotated[int, typer.Argument(help="Number of the event, as the list shows it.", min=1)]
By = Annotated[str | None, typer.Option("--by", help="Who decides; you, by default.")]
Comment = Annotated[str, typer.Option("--comment", help="What there is to say of it.")]
Said = Annotated[Language, typer.Option("--language", "-l", help="Language of what is printed.")]


def person(by: str | None) -> str:
    """Return who acts: the one named, or whoever is logged in."""
    return by if by is not None else getuser()


def event_of(desk: Desk, number: int) -> ReviewedEvent:
    """Return the event of a number; raise InputError when there is none."""
    for each in desk.dataset.events():
        if each.id == number:
            return each
    raise InputError(
        [
            Fault(
                rule="worklist.event",
                file=desk.settings.registry.rpartition("/")[2],
                found="no event of that number",
                expected="the number of an event",
                advice="type: varinterp worklist show",
            )
        ]
    )


def last_run(desk: Desk, name: str | None = None) -> RunRecord:
    """Return the run of a name, or the last one; raise InputError when there is none."""
    runs = [run for run in desk.registry.runs() if name in (None, run.name)]
    if runs:
        return runs[-1]
    raise InputError(
        [
            Fault(
                rule="worklist.run",
                file=desk.settings.registry.rpartition("/")[2],
                found="no run" if name is None else "no run of that name",
                expected="a run of the reanalysis",
                advice="type: varinterp reanalyse run",
            )
        ]
    )


def act(desk: Desk, number: int, what: Act) -> Review:
    """Do something to an event and say what became of it."""
    before = event_of(desk, number).review
    after = desk.dataset.review(number, what, author=what.by or "")
    w = wording(Language.ENGLISH)
    typer.echo(f"event {number}: {_state(w, before)} → {_state(w, after)}")
    return after


def _state(w: Wording, review: Review) -> str:
    return w.word("review", review.state.value)
