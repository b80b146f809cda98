"""How much an event matters: four tiers, one function a rule, the first that answers wins."""

from collections.abc import Callable
from dataclasses import dataclass

from varinterp.model.assessment import PATHOGENIC, AcmgClass
from varinterp.model.case import Tier
from varinterp.model.event import EventDirection, EventTier, Facet
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.model.standing import Standing
from varinterp.reanalysis.facets import external_weight, said_pathogenic
from varinterp.reanalysis.near_miss import waits_for_second

_SERIOUS = {
    *(Facet.PRESENCE, Facet.CLASS, Facet.DISEASE, Facet.INHERITANCE, Facet.VALIDITY),
    *(Facet.FIT, Facet.TIER, Facet.PARTNER, Facet.PARTNER_CLASS),
}
"""What a signed finding stands on."""

_FALLS = {
    *(Facet.PRESENCE, Facet.CLASS, Facet.DISEASE, Facet.INHERITANCE, Facet.VALIDITY),
    *(Facet.FIT, Facet.TIER, Facet.PARTNER, Facet.PARTNER_CLASS),
}
"""What makes less of a proposal, when it moves away from a diagnosis."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Two standings of a subject, what moved between them, and what people have signed."""

    before: Standing | None
    after: Standing | None
    facets: tuple[Facet, ...]
    direction: EventDirection
    signed: bool = False
    diagnosed: bool = False

    def moved(self, facets: set[Facet]) -> bool:
        """Whether any of these moved."""
        return not facets.isdisjoint(self.facets)


def tier_of(shift: Shift) -> tuple[EventTier, Reason]:
    """Return the tier of an event, and why."""
    for tier, rule in _RULES:
        reason = rule(shift)
        if reason is not None:
            return tier, reason
    return EventTier.WATCH, Reason.of("event.why_watch")


def signed_in_doubt(shift: Shift) -> Reason | None:
    """Tier 1: what a signed or reported finding stands on moved, for better or for worse.

    More stars for what is signed already only confirm it, and are not in this tier.
    """
    if not shift.signed:
        return None
    if shift.moved(_SERIOUS) or _contradicted(shift) or _signed_class_moved(shift):
        return Reason.of("event.why_signed")
    return None


def _contradicted(shift: Shift) -> bool:
    """Whether others now say less of what was signed: withdrawn, in conflict, fewer stars.

    A signed uncertain class is contradicted by either side, a benign one by *pathogenic*. A
    finding that was reported without a class is taken for a pathogenic one.
    """
    if Facet.EXTERNAL not in shift.facets or shift.before is None or shift.after is None:
        return False
    was, now = external_weight(shift.before), external_weight(shift.after)
    signed = shift.after.signed or shift.before.signed
    if signed is None or signed.value in PATHOGENIC:
        return now < was
    if signed.value is AcmgClass.UNCERTAIN:
        return (now > 0) != (was > 0) or (now < 0) != (was < 0)
    return now > was


def _signed_class_moved(shift: Shift) -> bool:
    before, after = (side and side.signed for side in (shift.before, shift.after))
    return before is not None and after is not None and before.machine is not after.machine


def actionable(shift: Shift) -> Reason | None:
    """Tier 2: newly (likely) pathogenic, fitting and matching, in a case without a diagnosis.

    Of a compound heterozygote both alleles must be (likely) pathogenic.
    """
    if shift.diagnosed or not _complete(shift.after) or _complete(shift.before):
        return None
    return Reason.of("event.why_actionable")


def _complete(standing: Standing | None) -> bool:
    return (
        standing is not None
        and standing.weakest in PATHOGENIC
        and _proposed(standing)
        and standing.fit is Answer.FITS
    )


def _proposed(standing: Standing | None) -> bool:
    """Whether it is proposed, and for a term that the patient has, not for a related one alone."""
    return standing is not None and standing.tier is Tier.PROPOSED and standing.matched


def class_boundary(shift: Shift) -> Reason | None:
    """Tier 3: it crosses the boundary of *likely pathogenic*, without all that tier 2 asks."""
    if _complete(shift.before) != _complete(shift.after) or _pathogenic(
        shift.before
    ) != _pathogenic(shift.after):
        return Reason.of("event.why_class_boundary")
    return None


def _pathogenic(standing: Standing | None) -> bool:
    return standing is not None and standing.pathogenic


def external_boundary(shift: Shift) -> Reason | None:
    """Tier 3: others begin or cease to say (likely) pathogenic of what is shown.

    Others' words are never counted: our class has not moved, and somebody should see why.
    """
    if said_pathogenic(shift.before) == said_pathogenic(shift.after):
        return None
    shown = {side.tier for side in (shift.before, shift.after) if side is not None}
    if shown.isdisjoint({Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE}):
        return None
    return Reason.of("event.why_external_boundary")


def fallen(shift: Shift) -> Reason | None:
    """Tier 3: an unsigned proposal moved away from a diagnosis."""
    if _proposed(shift.before) and shift.direction is EventDirection.DOWN and shift.moved(_FALLS):
        return Reason.of("event.why_fallen")
    return None


def newly_proposed(shift: Shift) -> Reason | None:
    """Tier 3: a gene became one of a disease, or an allele a candidate, and it is proposed."""
    newly = _proposed(shift.after) and not _proposed(shift.before)
    if newly and shift.moved({Facet.PRESENCE, Facet.DISEASE, Facet.PARTNER}):
        return Reason.of("event.why_newly_proposed")
    return None


def waiting(shift: Shift) -> Reason | None:
    """Tier 4: one (likely) pathogenic allele of a recessive gene waits for a second."""
    if shift.after is not None and waits_for_second(shift.after):
        return Reason.of("event.why_waiting")
    return None


_RULES: tuple[tuple[EventTier, Callable[[Shift], Reason | None]], ...] = (
    (EventTier.SIGNED, signed_in_doubt),
    (EventTier.ACTIONABLE, actionable),
    (EventTier.BOUNDARY, class_boundary),
    (EventTier.BOUNDARY, external_boundary),
    (EventTier.BOUNDARY, fallen),
    (EventTier.BOUNDARY, newly_proposed),
    (EventTier.WATCH, waiting),
)
