"""Which of several moved sources a change rests on, from a replay of each of them alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from varinterp.model.event import Attribution, Event, EventKind, Facet
from varinterp.model.standing import Standing, state_of
from varinterp.reanalysis.compose import SOFTWARE
from varinterp.reanalysis.facets import moved
from varinterp.reanalysis.standings import shown

Replays = Mapping[str, Standing | None]
"""What is concluded when one source alone moves and the others stay, by source."""

_HEADLINES = (
    *(Facet.PRESENCE, Facet.CLASS, Facet.TIER, Facet.FIT, Facet.DISEASE, Facet.INHERITANCE),
    *(Facet.VALIDITY, Facet.PARTNER, Facet.EXTERNAL, Facet.CRITERIA),
)
"""What a change is about, the first that moved."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """The sources that a change rests on, in order of name, and how they are to be read."""

    attribution: Attribution
    sources: tuple[str, ...]


def responsible(before: Standing | None, final: Standing | None, alone: Replays) -> Responsible:
    """Return the sources that the change from `before` to `final` rests on.

    A source alone suffices when it leads to the final state; where none does, when it leads to the
    final value of the change's headline (its class, say), whatever the others add beside it. One
    that suffices is the responsible one; several are named as *each*; none, as an interaction of
    all that moved.
    """
    for sufficing in (_whole(final, alone), _headline(before, final, alone)):
        if sufficing:
            how = Attribution.SINGLE if len(sufficing) == 1 else Attribution.EACH
            return Responsible(how, sufficing)
    return Responsible(Attribution.INTERACTION, tuple(sorted(alone)))


def attributed(event: Event, alone: Replays) -> Event:
    """Return an event with the responsible sources that replays of it name.

    Of an interaction, the sources that the event's causes come from are named, and the software
    where it moved with them; all that were replayed where that leaves less than two.
    """
    told = {source: _as_told(event, standing) for source, standing in alone.items()}
    found = responsible(event.before, event.after, told)
    if found.attribution is Attribution.INTERACTION:
        found = replace(found, sources=_together(event, found))
    software = event.kind.surfaces and found.sources == (SOFTWARE,)
    return replace(
        event,
        responsible=found.sources,
        attribution=found.attribution,
        kind=EventKind.SOFTWARE if software else event.kind,
    )


def _as_told(event: Event, standing: Standing | None) -> Standing | None:
    """Leave out what the event leaves out: a disease that is none of the patient's."""
    for side in (event.before, event.after):
        if side is not None and standing is not None:
            standing = shown(side, standing)[1]
    return standing


def _together(event: Event, found: Responsible) -> tuple[str, ...]:
    told = {*event.responsible} & {*found.sources, SOFTWARE}
    return tuple(sorted(told if len(told) > 1 else {*found.sources, *told}))


def _whole(final: Standing | None, alone: Replays) -> tuple[str, ...]:
    return tuple(
        source
        for source, standing in sorted(alone.items())
        if state_of(standing) == state_of(final)
    )


def _headline(before: Standing | None, final: Standing | None, alone: Replays) -> tuple[str, ...]:
    facets = moved(before, final)
    headline = next((facet for facet in _HEADLINES if facet in facets), None)
    if headline is None:
        return ()
    return tuple(
        source
        for source, standing in sorted(alone.items())
        if headline in moved(before, standing) and headline not in moved(standing, final)
    )
