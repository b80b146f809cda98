"""An event put together from two standings and what moved between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from varinterp.model.canonical import digest
from varinterp.model.case import Tier
from varinterp.model.event import (
    Attribution,
    Cause,
    CriterionChange,
    Event,
    EventDates,
    EventKind,
    Facet,
    NearMiss,
    PartnerSide,
)
from varinterp.model.evidence import Reason
from varinterp.model.standing import Standing
from varinterp.reanalysis.causes import CASE
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.criteria import place_of
from varinterp.reanalysis.facets import direction, moved, said_pathogenic
from varinterp.reanalysis.picture import Subject
from varinterp.reanalysis.reasons import (
    criterion_reason,
    facet_reasons,
    presence_reason,
    seen_before,
)
from varinterp.reanalysis.tiers import Shift, tier_of

SOFTWARE = "software"
"""What is named as responsible where nothing that was read moved."""

_SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an event is made of; `evidence` is the digest of what the standing rests on."""

    case: str
    subject: Subject
    symbol: str
    before: Standing | None
    after: Standing | None
    partner: PartnerSide | None
    criteria: tuple[CriterionChange, ...]
    causes: frozenset[Cause]
    near_miss: NearMiss | None
    evidence: str


def compose(parts: Parts, context: Context) -> Event:
    """Put an event together: kind, tier, direction, reasons and dates."""
    facets = moved(parts.before, parts.after)
    shift = Shift(
        before=parts.before,
        after=parts.after,
        facets=facets,
        direction=direction(parts.before, parts.after, facets),
        signed=_signed(parts, context),
        diagnosed=context.diagnosed,
    )
    tier, why = tier_of(shift)
    causes = tuple(sorted(parts.causes, key=place_of))
    responsible = _origins(parts, causes, context)
    allele, gene = parts.subject
    history = context.earlier.get(parts.subject, ())
    earlier = [event for event in history if event.kind.surfaces]
    dates = _dates(parts, causes, history, context)
    return Event(
        case=parts.case,
        allele=allele,
        gene=gene,
        symbol=parts.symbol,
        kind=_kind(shift, causes, context),
        tier=tier,
        direction=shift.direction,
        moved=facets,
        before=parts.before,
        after=parts.after,
        partner=parts.partner,
        group=_group(parts),
        criteria=parts.criteria,
        causes=causes,
        responsible=responsible,
        attribution=Attribution.SINGLE if len(responsible) == 1 else Attribution.NOT_REPLAYED,
        reasons=(
            *_reasons(parts, facets),
            *((seen_before(len(earlier), dates.first_seen),) if earlier else ()),
        ),
        why=why,
        near_miss=parts.near_miss,
        dates=dates,
        evidence=parts.evidence,
        earlier=tuple(event.digest for event in earlier),
        constructed=_constructed(parts),
    )


def _signed(parts: Parts, context: Context) -> bool:
    """Whether people signed or reported the allele, or its partner."""
    partner = parts.partner
    sides = [parts.before, parts.after]
    subjects = [parts.subject]
    if partner is not None:
        sides += [partner.before, partner.after]
        subjects.append((partner.allele, parts.subject[1]))
    signed = any(side is not None and side.signed is not None for side in sides)
    return signed or not context.reported.isdisjoint(subjects)


def _kind(shift: Shift, causes: tuple[Cause, ...], context: Context) -> EventKind:
    sides = [side for side in (shift.before, shift.after) if side is not None]
    if not shift.facets:
        return EventKind.EVIDENCE_ONLY
    if not shift.signed:
        if sides[-1].tier is Tier.UNRELATED and _never_named(sides[0]):
            return EventKind.WITHHELD
        if not any(_matters(side) for side in sides):
            return EventKind.BACKGROUND
    if not causes:
        return EventKind.SOFTWARE if context.software_moved else EventKind.KNOWLEDGE
    own = all(cause.origin == CASE for cause in causes)
    return EventKind.PATIENT if own else EventKind.KNOWLEDGE


def _never_named(standing: Standing) -> bool:
    """Whether it is none of the patient's, or was named by a consent that may be gone since."""
    return standing.tier in (Tier.SECONDARY, Tier.UNRELATED)


def _matters(standing: Standing) -> bool:
    """Whether it is shown in a first tier, or (likely) pathogenic to us or to others.

    Where the patient's terms are related at most to the disease, it must be both.
    """
    if standing.tier in (Tier.SECONDARY, Tier.UNRELATED):
        return standing.tier is Tier.SECONDARY
    shown = standing.tier in _SHOWN
    pathogenic = standing.pathogenic or said_pathogenic(standing)
    return shown or pathogenic if standing.matched else shown and pathogenic


def _origins(parts: Parts, causes: tuple[Cause, ...], context: Context) -> tuple[str, ...]:
    """Return the sources that the causes come from; the software where nothing else explains it."""
    origins = {cause.origin for cause in causes}
    unexplained = not causes or any(not change.causes for change in parts.criteria)
    if context.software_moved and unexplained:
        origins.add(SOFTWARE)
    return tuple(sorted(origins))


def _group(parts: Parts) -> str:
    """Return what both sides of a compound heterozygote share."""
    allele, gene = parts.subject
    alleles = {str(allele)} if parts.partner is None else {str(allele), str(parts.partner.allele)}
    return digest((parts.case, gene, sorted(alleles)))


def _reasons(parts: Parts, facets: tuple[Facet, ...]) -> Iterator[Reason]:
    presence = presence_reason(parts.before, parts.after)
    if presence is not None:
        yield presence
    if parts.before is not None and parts.after is not None:
        yield from facet_reasons(parts.before, parts.after, facets)
        yield from map(criterion_reason, parts.criteria)
    if not facets:
        yield Reason.of("event.evidence_only")


def _dates(
    parts: Parts, causes: tuple[Cause, ...], history: Sequence[Event], context: Context
) -> EventDates:
    """Return the three dates; first seen and first matched are those of former events."""
    first = context.first_seen.get(parts.subject, context.on)
    matched = [event.dates.phenotype_matched for event in history]
    match = None if parts.after is None else parts.after.match
    now = context.on if match is not None and match.exact > 0 else None
    return EventDates(
        first_seen=min([first, *(event.dates.first_seen for event in history)]),
        evidence_changed=max((cause.date for cause in causes if cause.date), default=context.on),
        phenotype_matched=min((day for day in (*matched, now) if day), default=None),
    )


def _constructed(parts: Parts) -> bool:
    sides = (parts.before, parts.after)
    return any(side is not None and side.constructed for side in sides) or any(
        cause.constructed for cause in parts.causes
    )
