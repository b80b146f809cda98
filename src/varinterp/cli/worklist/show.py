"""`varinterp worklist show`: the open events in a table, or one of them in full."""

from collections.abc import Iterator
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import open_desk
from varinterp.cli.worklist.acts import Said, event_of
from varinterp.model.canonical import to_json
from varinterp.model.event import Cause
from varinterp.model.standing import Standing
from varinterp.pipeline.worklist.order import in_reading_order
from varinterp.registry.dataset.reviews import ReviewedEvent
from varinterp.report.catalogue import Language
from varinterp.report.wording import Wording, first_upper, wording

EXAMPLES = """Examples:

varinterp worklist show

varinterp worklist show 11 --language fr

varinterp worklist show --all --json    (closed events too, as one document)
"""
_HEADINGS = ("event", "tier", "direction", "case", "gene", "allele", "class", "because", "state")


def command(
    event: Annotated[int | None, typer.Argument(help="Number of an event.", min=1)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed events too.")] = False,
    language: Said = Language.ENGLISH,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Show the open events, the most urgent first, or one event with its explanation."""
    desk, w = open_desk(configfile), wording(language)
    if event is not None:
        found = event_of(desk, event)
        if as_json:
            show_json({"id": found.id, "state": found.review.state, "event": to_json(found.event)})
        else:
            typer.echo("\n".join(_told(found, w)))
        return
    dataset = desk.dataset
    events = in_reading_order(dataset.events() if everything else dataset.open_events())
    rows = [_row(each, w) for each in events]
    if as_json:
        show_json([dict(zip(_HEADINGS, row, strict=True)) for row in rows])
        return
    show(_HEADINGS, rows)
    typer.echo(f"{len(rows)} event(s)")


def _row(reviewed: ReviewedEvent, w: Wording) -> tuple[int | str, ...]:
    event = reviewed.event
    return (
        *(reviewed.id, event.tier.value, event.direction.value, event.case, event.symbol),
        *(str(event.allele), f"{_rank(event.before)} → {_rank(event.after)}"),
        *(", ".join(event.responsible), w.word("review", reviewed.review.state.value)),
    )


def _rank(standing: Standing | None) -> str:
    return "none" if standing is None else str(standing.acmg_class.rank)


def _told(reviewed: ReviewedEvent, w: Wording) -> Iterator[str]:
    event = reviewed.event
    yield f"{reviewed.id}  {event.symbol} {event.allele.id}  {event.case}"
    yield f"{w.text('worklist.tier', number=event.tier.value)}. {w.sentence(event.why)}"
    for reason in event.reasons:
        yield f"  {w.sentence(reason)}"
    named = ", ".join(w.word_or_code("source", name) for name in event.responsible)
    key = event.attribution.value if named else "unknown"
    yield f"{w.text('worklist.responsible.title')} {_responsible(w, key, named)}"
    for cause in event.causes:
        yield f"  {_record(cause, w)}"
    state = w.word("review", reviewed.review.state.value)
    yield w.text("worklist.review.state", id=reviewed.id, state=state)
    for act in reviewed.review.acts:
        step = w.word("transition", act.transition.value)
        yield f"  {w.date(act.at.date().isoformat())}  {first_upper(step)}  {act.by or ''}".rstrip()


def _responsible(w: Wording, key: str, named: str) -> str:
    return w.text(f"worklist.responsible.{key}", **({"sources": named} if named else {}))


def _record(cause: Cause, w: Wording) -> str:
    nothing = w.text("worklist.nothing")
    values = f"{cause.before or nothing} → {cause.after or nothing}"
    releases = f"{cause.release_before or nothing} → {cause.release_after or nothing}"
    mark = f" ({w.text('word.constructed')})" if cause.constructed else ""
    return f"{cause.source} {cause.key}: {values} [{releases}]{mark}"
