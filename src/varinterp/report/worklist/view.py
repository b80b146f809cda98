"""The worklist without its language: events in tiers, their sides, records and filters."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from varinterp.errors import InternalError
from varinterp.model.case import Tier
from varinterp.model.event import Cause, Event, EventTier
from varinterp.model.evidence import Reason
from varinterp.model.standing import Standing
from varinterp.report.naming import genomic_name, protein_name, without_accession
from varinterp.report.worklist.facts import ListedEvent, RecontactLine, RunSummary, Worklist

_ANCHORS = MappingProxyType(
    {
        Tier.NO_KNOWN_DISEASE: "without_disease",
        Tier.NOT_RETAINED: "not_retained",
        Tier.SECONDARY: "secondary",
    }
)

_TOLD = ("event.criterion", "event.near_miss", "event.waits_for_second")
"""Reasons of criteria and of near misses, which have a place of their own."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with its names; `label` is the laboratory's own name for the family."""

    listed: ListedEvent
    label: str | None
    earlier: bool

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.listed.event

    @property
    def id(self) -> str:
        """The event's place on the page."""
        return f"event-{self.listed.id}"

    @property
    def short(self) -> str:
        """The allele's name that fits a line."""
        return self.coding or str(self.event.allele)

    @property
    def coding(self) -> str | None:
        """The allele's coding name without its transcript."""
        return without_accession(self.listed.coding)

    @property
    def protein(self) -> str | None:
        """The predicted change of the protein."""
        return protein_name(self.listed.protein)

    @property
    def genomic(self) -> str | None:
        """The allele's genomic name, where there is one."""
        return genomic_name(self.event.allele)

    @property
    def standing(self) -> Standing:
        """What is concluded now, or was; InternalError when neither is known."""
        standing = self.event.after or self.event.before
        if standing is None:
            raise InternalError("an event has a standing before or after")
        return standing

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every record that moved: those behind the criteria, then the others."""
        told = (cause for change in self.event.criteria for cause in change.causes)
        return tuple(dict.fromkeys((*told, *self.event.causes)))

    @property
    def said(self) -> tuple[Reason, ...]:
        """What moved in sentences, but for what the page shows in tables of its own."""
        return tuple(
            reason
            for reason in self.event.reasons
            if reason != self.event.why and not reason.key.startswith(_TOLD)
        )

    @property
    def other_causes(self) -> tuple[Cause, ...]:
        """Records that moved and stand behind no criterion."""
        told = {cause for change in self.event.criteria for cause in change.causes}
        return tuple(cause for cause in self.event.causes if cause not in told)

    def report(self, language: str) -> str | None:
        """Return the link to the case's report, at the allele where it has a place of its own."""
        if self.listed.report is None:
            return None
        page = f"{self.listed.report}/report.{language}.html"
        anchor = self.anchor
        return f"{page}#{anchor}" if anchor else page

    @property
    def anchor(self) -> str | None:
        """Where the report shows the allele; None when it no longer does."""
        standing = self.event.after
        if standing is None:
            return None
        if standing.tier in (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE):
            return f"hypothesis-{standing.rank}"
        return _ANCHORS.get(standing.tier)


@dataclass(frozen=True, slots=True)
class TierView:
    """The events of a tier."""

    tier: EventTier
    events: tuple[EventView, ...]

    @property
    def cases(self) -> int:
        """How many cases the events are of."""
        return len({view.event.case for view in self.events})


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be filtered by: only what is on it."""

    genes: tuple[str, ...]
    physicians: tuple[str, ...]
    directions: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorklistView:
    """The whole list."""

    run: RunSummary
    tiers: tuple[TierView, ...]
    recontacts: tuple[RecontactLine, ...]
    labels: Mapping[str, str]
    choices: Choices
    constructed: bool

    @property
    def events(self) -> tuple[EventView, ...]:
        """Every event, tier by tier."""
        return tuple(view for tier in self.tiers for view in tier.events)

    @property
    def first(self) -> int:
        """How many events say that a signed report may now be wrong."""
        return sum(len(tier.events) for tier in self.tiers if tier.tier is EventTier.SIGNED)

    @property
    def cases(self) -> int:
        """How many cases the events are of."""
        return len({view.event.case for view in self.events})

    @property
    def skipped(self) -> int:
        """How many cases were not examined at all."""
        return sum(number for _, number in self.run.skipped)


def build_worklist(
    worklist: Worklist, labels: Mapping[str, str] = MappingProxyType({})
) -> WorklistView:
    """Build the view; `labels` are the laboratory's own names of families, by case."""
    views = [
        EventView(listed, labels.get(listed.event.case), listed.run != worklist.run.name)
        for listed in _neighbours(worklist.events)
    ]
    tiers = (
        TierView(tier, tuple(view for view in views if view.event.tier is tier))
        for tier in EventTier
    )
    return WorklistView(
        run=worklist.run,
        tiers=tuple(tier for tier in tiers if tier.events),
        recontacts=_by_due(worklist.recontacts),
        labels=labels,
        choices=_choices(views),
        constructed=worklist.run.constructed or any(view.event.constructed for view in views),
    )


def siblings(views: Iterable[EventView]) -> Callable[[EventView], tuple[EventView, ...]]:
    """Return what gives the listed events of the other allele of a compound heterozygote."""
    groups: dict[tuple[str, str], list[EventView]] = {}
    for view in views:
        groups.setdefault(_group(view), []).append(view)
    return lambda view: tuple(other for other in groups[_group(view)] if other is not view)


def _group(view: EventView) -> tuple[str, str]:
    return (view.event.case, view.event.group)


def counts(events: Iterable[Event]) -> dict[tuple[EventTier, str], int]:
    """Count events by tier and direction, in order."""
    found = Counter((event.tier, event.direction.value) for event in events)
    return dict(sorted(found.items()))


def _neighbours(events: Sequence[ListedEvent]) -> list[ListedEvent]:
    """Keep the given order, and bring both sides of a compound heterozygote together."""
    first: dict[tuple[str, str], int] = {}
    for place, listed in enumerate(events):
        first.setdefault((listed.event.case, listed.event.group), place)
    return sorted(events, key=lambda listed: first[listed.event.case, listed.event.group])


def _by_due(lines: Sequence[RecontactLine]) -> tuple[RecontactLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.recontact.due, line.recontact.id)))


def _choices(views: Sequence[EventView]) -> Choices:
    return Choices(
        genes=tuple(sorted({view.event.symbol for view in views})),
        physicians=tuple(sorted({view.listed.physician or "" for view in views} - {""})),
        directions=tuple(sorted({view.event.direction.value for view in views})),
        states=tuple(sorted({view.listed.review.state.value for view in views})),
    )
