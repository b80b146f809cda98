"""Which facets of a standing moved, and which way that points."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from varinterp.model.clinvar import Significance
from varinterp.model.event import EventDirection, Facet
from varinterp.model.standing import ExternalWord, Standing
from varinterp.reanalysis.thresholds import EXTERNAL_STARS, TOP_RANKS

_PARTS: Mapping[Facet, Callable[[Standing], Any]] = MappingProxyType(
    {
        Facet.CLASS: lambda standing: standing.machine,
        Facet.CRITERIA: lambda standing: [
            (met.criterion, met.strength) for met in standing.criteria
        ],
        Facet.EXTERNAL: lambda standing: standing.external,
        Facet.DISEASE: lambda standing: standing.key.disease,
        Facet.INHERITANCE: lambda standing: standing.key.inheritance,
        Facet.RULES: lambda standing: standing.key.rules,
        Facet.FIT: lambda standing: standing.fit,
        Facet.TIER: lambda standing: standing.tier,
        Facet.PARTNER: lambda standing: standing.partner,
        Facet.PARTNER_CLASS: lambda standing: standing.partner_class,
    }
)
_LEVELS: Mapping[Significance, int] = MappingProxyType(
    {
        Significance.PATHOGENIC: 2,
        Significance.LIKELY_PATHOGENIC: 1,
        Significance.LIKELY_BENIGN: -1,
        Significance.BENIGN: -2,
    }
)


def moved(before: Standing | None, after: Standing | None) -> tuple[Facet, ...]:
    """Return what moved between two standings of one subject, in the order of `Facet`."""
    if before is None or after is None:
        return () if before is after else (Facet.PRESENCE,)
    found = {facet for facet, part in _PARTS.items() if part(before) != part(after)}
    if before.validity and after.validity and before.validity is not after.validity:
        found.add(Facet.VALIDITY)
    if _others_moved(before, after):
        found.add(Facet.OTHERS)
    if _rank_moved(before, after):
        found.add(Facet.RANK)
    return tuple(facet for facet in Facet if facet in found)


def _others_moved(before: Standing, after: Standing) -> bool:
    """Whether another hypothesis than the two best ones came, went or changed class."""
    best = {(each.key.disease, each.key.inheritance) for each in (before, after)}
    was, now = (
        [each for each in standing.alternatives if (each.disease, each.inheritance) not in best]
        for standing in (before, after)
    )
    return was != now or _signed_machine_moved(before, after)


def _signed_machine_moved(before: Standing, after: Standing) -> bool:
    """Whether the hypothesis that people signed has another machine class."""
    if before.signed is None or after.signed is None:
        return False
    return before.signed.machine is not after.signed.machine


def _rank_moved(before: Standing, after: Standing) -> bool:
    """Whether the phenotype took a hypothesis into the first places, or out of them.

    A release of HPO moves every score by a little: a place alone is nothing to act on.
    """
    if before.match is None or after.match is None or before.match.exact == after.match.exact:
        return False
    return (before.rank <= TOP_RANKS) != (after.rank <= TOP_RANKS)


def direction(
    before: Standing | None, after: Standing | None, facets: tuple[Facet, ...]
) -> EventDirection:
    """Return which way the first thing that differs points, in the order of `_ladder`."""
    if None in (_validity_rank(before), _validity_rank(after)):
        facets = tuple(facet for facet in facets if facet is not Facet.VALIDITY)
    was, now = _ladder(before, facets), _ladder(after, facets)
    if was == now:
        return EventDirection.SIDEWAYS
    return EventDirection.UP if now > was else EventDirection.DOWN


def _ladder(standing: Standing | None, facets: tuple[Facet, ...]) -> tuple[float, ...]:
    """Presence, class, tier, external words, validity, fit, partner, points, others, place."""
    if standing is None:
        return (0,)
    alternatives = [each.value.rank for each in standing.alternatives]
    return (
        *(1, standing.machine.points.rank, -standing.tier.rank, external_weight(standing)),
        -(_validity_rank(standing) or 0) if Facet.VALIDITY in facets else 0,
        -standing.fit.rank,
        0 if standing.partner is None else standing.weakest.rank,
        *(standing.points, standing.machine.richards2015.rank),
        _signed_rank(standing),
        max(alternatives, default=0),
        -standing.rank if Facet.RANK in facets else 0,
    )


def _validity_rank(standing: Standing | None) -> int | None:
    """Return the place of a link's class; None where it is not known or has no place."""
    return None if standing is None or standing.validity is None else standing.validity.rank


def _signed_rank(standing: Standing) -> int:
    signed = standing.signed
    return 0 if signed is None or signed.machine is None else signed.machine.rank


def external_weight(standing: Standing) -> int:
    """Return where others' words point: positive for pathogenic, further with more stars."""
    return sum(
        level(word) * 10 + (word.stars or 0) * _sign(level(word)) for word in standing.external
    )


def level(word: ExternalWord) -> int:
    """Return 2 to -2 for a word of pathogenic to benign; 0 for a conflict or another word.

    Of several words (releases before 2018 have one for each condition) the strongest counts, and
    words of both sides are a conflict.
    """
    levels = [_LEVELS.get(each, 0) for each in word.words]
    if any(each > 0 for each in levels) and any(each < 0 for each in levels):
        return 0
    return max(levels, key=abs, default=0)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def said_pathogenic(standing: Standing | None) -> bool:
    """Whether anybody else says (likely) pathogenic, with stars enough to count."""
    words = () if standing is None else standing.external
    return any(
        level(word) > 0 and (word.stars is None or word.stars >= EXTERNAL_STARS) for word in words
    )
