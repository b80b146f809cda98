"""What becomes of a new event beside those that its subject already has.

Nobody is told twice of one thing, nor of what moved and moved back before anybody looked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from varinterp.model.event import Attribution, Event, EventKind, EventTier, PartnerSide
from varinterp.model.review import Review, ReviewState, Wake, WakeKind
from varinterp.model.standing import state_of
from varinterp.reanalysis.compose import SOFTWARE, Parts, compose
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.criteria import merged_changes
from varinterp.reanalysis.thresholds import RESTLESS


@dataclass(frozen=True, slots=True)
class Held:
    """An event that is recorded already, under its id, with its review."""

    id: int
    event: Event
    review: Review


@dataclass(frozen=True, slots=True)
class Settled:
    """What to record and do: the event, whether it asks for attention, and what it closes.

    `event` is None when it is already there. An event that does not surface is recorded. `closes`
    pairs earlier events with the state that they end in, *open* for one that is woken. `in_place`
    says that it takes the place of one that people see already: it is outside the budget.
    """

    event: Event | None
    surfaces: bool = False
    closes: tuple[tuple[int, ReviewState], ...] = ()
    in_place: bool = False


def settle(new: Event, held: Sequence[Held], context: Context) -> Settled:
    """Decide on a new event; `held` are the events of its subject, oldest first."""
    live = [each for each in held if not each.review.state.closed]
    if any(each.event.digest == new.digest for each in live):
        return Settled(None)
    asleep = [each for each in live if each.review.state is ReviewState.SNOOZED]
    woken = [each for each in asleep if wakes(each.review.until, new)]
    if new.kind is EventKind.EVIDENCE_ONLY:
        return Settled(new, closes=tuple((each.id, ReviewState.OPEN) for each in woken))
    told = [each for each in live if each.review.state.pending or each in woken]
    if told:
        return _continued(new, told, held, context)
    worth = new.kind.surfaces and _worth(new, held, resting=len(asleep) > 0)
    return Settled(new, surfaces=worth)


def _continued(new: Event, told: Sequence[Held], held: Sequence[Held], context: Context) -> Settled:
    """Tell the whole way from what people last saw; close what came to nothing."""
    first = told[0].event
    if state_of(first.before) == state_of(new.after):
        closes = tuple((each.id, ReviewState.REVERTED) for each in told)
        again = new.tier is EventTier.SIGNED or _returns_otherwise(new, held)
        return Settled(new, new.kind.surfaces and again, closes)
    whole = new
    for each in reversed(told):
        whole = merge(each.event, whole, context)
    closes = tuple((each.id, ReviewState.SUPERSEDED) for each in told)
    seen = any(each.review.state is not ReviewState.QUEUED for each in told)
    return Settled(whole, whole.kind.surfaces, closes, in_place=seen)


def merge(first: Event, second: Event, context: Context) -> Event:
    """Return two events in a row as one, with the causes and responsible sources of both."""
    standings = (first.before, second.after)
    criteria = tuple(merged_changes(standings, first.criteria, second.criteria))
    parts = Parts(
        case=second.case,
        subject=(second.allele, second.gene),
        symbol=second.symbol,
        before=first.before,
        after=second.after,
        partner=_partner(first, second),
        criteria=criteria,
        causes=frozenset(first.causes) | frozenset(second.causes),
        near_miss=second.near_miss,
        evidence=second.evidence,
    )
    return _attributed(compose(parts, context), first, second)


def _attributed(whole: Event, first: Event, second: Event) -> Event:
    """Name the sources that the two steps rest on; as how, where both say the same."""
    named = tuple(sorted({*first.responsible, *second.responsible}))
    how = Attribution.SINGLE if len(named) == 1 else Attribution.NOT_REPLAYED
    if first.responsible == second.responsible and first.attribution is second.attribution:
        how = first.attribution
    software = whole.kind.surfaces and named == (SOFTWARE,)
    kind = EventKind.SOFTWARE if software else whole.kind
    return replace(whole, responsible=named, attribution=how, kind=kind)


def _partner(first: Event, second: Event) -> PartnerSide | None:
    one, other = first.partner, second.partner
    if one is None or other is None:
        return other or one
    if one.allele != other.allele:
        return other
    return PartnerSide(other.allele, one.before, other.after)


def _worth(new: Event, held: Sequence[Held], *, resting: bool) -> bool:
    """Whether an event that continues no other asks for attention."""
    if new.tier is EventTier.SIGNED:
        return True
    if resting or _dismissed_already(new, held):
        return False
    reverted = sum(each.review.state is ReviewState.REVERTED for each in held)
    return not (reverted >= RESTLESS and new.tier is EventTier.WATCH)


def _dismissed_already(new: Event, held: Sequence[Held]) -> bool:
    """Whether people dismissed this very state, on the same evidence."""
    return any(each.event.evidence == new.evidence for each in _dismissed(new, held))


def _returns_otherwise(new: Event, held: Sequence[Held]) -> bool:
    """Whether a state that people dismissed is back, on other evidence."""
    dismissed = list(_dismissed(new, held))
    return bool(dismissed) and not _dismissed_already(new, held)


def _dismissed(new: Event, held: Sequence[Held]) -> Iterator[Held]:
    for each in held:
        same = state_of(each.event.after) == state_of(new.after)
        if same and each.review.state is ReviewState.DISMISSED:
            yield each


def wakes(until: Wake | None, new: Event) -> bool:
    """Whether a change is the one that a snoozed event waits for."""
    if until is None:
        return False
    if until.kind is WakeKind.ANY:
        return True
    if until.kind is WakeKind.CRITERION:
        return until.value in [change.criterion for change in new.criteria]
    if until.kind is WakeKind.KEY:
        return until.value in [f"{cause.source} {cause.key}" for cause in new.causes]
    return any(until.value in (cause.origin, cause.source) for cause in new.causes)
