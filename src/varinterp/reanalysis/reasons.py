"""What moved, as reasons that a locale turns into sentences: the headline first."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from varinterp.model.assessment import NO_KNOWN_DISEASE
from varinterp.model.clinvar import Significance
from varinterp.model.event import CriterionChange, Facet
from varinterp.model.evidence import Reason
from varinterp.model.standing import ExternalWord, Standing


def presence_reason(before: Standing | None, after: Standing | None) -> Reason | None:
    """Say that an allele was promoted, or is no longer concluded on."""
    if before is None and after is not None:
        return Reason.of("event.promoted", acmg_class=after.acmg_class, tier=after.tier)
    if after is None and before is not None:
        return Reason.of("event.dropped", acmg_class=before.acmg_class, tier=before.tier)
    return None


def facet_reasons(before: Standing, after: Standing, facets: tuple[Facet, ...]) -> Iterator[Reason]:
    """Yield what to say of each facet that moved, in the order of the facets."""
    for facet in facets:
        if facet in _SAID:
            yield from _SAID[facet](before, after)


def criterion_reason(change: CriterionChange) -> Reason:
    """Say what became of a criterion."""
    code = change.criterion
    if change.before is None:
        return Reason.of("event.criterion_gained", criterion=code, strength_after=change.after)
    if change.after is None:
        return Reason.of("event.criterion_lost", criterion=code, strength_before=change.before)
    return Reason.of(
        "event.criterion_strength",
        criterion=code,
        strength_before=change.before,
        strength_after=change.after,
    )


def seen_before(times: int, first_seen: str) -> Reason:
    """Say that the subject had events before."""
    return Reason.of("event.seen_before", times=times, first_seen=first_seen)


Said = Callable[[Standing, Standing], Iterator[Reason]]


def _class(before: Standing, after: Standing) -> Iterator[Reason]:
    if before.acmg_class is after.acmg_class:
        yield Reason.of("event.class_of_other_scheme")
        return
    yield Reason.of(
        "event.class_moved",
        class_before=before.acmg_class,
        class_after=after.acmg_class,
        points_before=before.points,
        points_after=after.points,
    )


def _disease(before: Standing, after: Standing) -> Iterator[Reason]:
    if before.key.disease == NO_KNOWN_DISEASE:
        yield Reason.of("event.disease_known", disease=after.key.disease, name=after.disease_name)
    elif after.key.disease == NO_KNOWN_DISEASE:
        yield Reason.of("event.disease_gone", disease=before.key.disease, name=before.disease_name)
    else:
        yield Reason.of(
            "event.disease_moved",
            disease_before=before.key.disease,
            disease_after=after.key.disease,
        )


def _inheritance(before: Standing, after: Standing) -> Iterator[Reason]:
    modes = (before.key.inheritance, after.key.inheritance)
    if None not in modes:
        yield Reason.of("event.inheritance_moved", mode_before=modes[0], mode_after=modes[1])


def _rules(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of("event.rules_moved", rules_before=before.key.rules, rules_after=after.key.rules)


def _validity(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of(
        "event.validity_moved", validity_before=before.validity, validity_after=after.validity
    )


def _fit(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of("event.fit_moved", fit_before=before.fit, fit_after=after.fit)


def _tier(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of("event.tier_moved", tier_before=before.tier, tier_after=after.tier)


def _partner(before: Standing, after: Standing) -> Iterator[Reason]:
    if before.partner is None:
        yield Reason.of("event.second_hit", partner=str(after.partner))
    elif after.partner is None:
        yield Reason.of("event.partner_lost", partner=str(before.partner))
    else:
        yield Reason.of("event.partner_moved", partner=str(after.partner))


def _partner_class(before: Standing, after: Standing) -> Iterator[Reason]:
    if before.partner_class is None or after.partner_class is None:
        return
    yield Reason.of(
        "event.partner_class", class_before=before.partner_class, class_after=after.partner_class
    )


def _others(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of("event.others_moved")


def _rank(before: Standing, after: Standing) -> Iterator[Reason]:
    yield Reason.of("event.rank_moved", rank_before=before.rank, rank_after=after.rank)


def _external(before: Standing, after: Standing) -> Iterator[Reason]:
    was = {word.source: word for word in before.external}
    now = {word.source: word for word in after.external}
    for source in sorted(was.keys() | now.keys()):
        one, other = was.get(source), now.get(source)
        if one is None and other is not None:
            yield Reason.of("event.external_new", asserted_by=source, significance=_words(other))
        elif other is None and one is not None:
            yield Reason.of(
                "event.external_withdrawn", asserted_by=source, significance=_words(one)
            )
        elif one is not None and other is not None and one != other:
            yield _said_otherwise(one, other)


def _said_otherwise(one: ExternalWord, other: ExternalWord) -> Reason:
    began = Significance.CONFLICTING in other.words and Significance.CONFLICTING not in one.words
    if began:
        return Reason.of(
            "event.external_conflict", asserted_by=one.source, significance=_words(one)
        )
    if one.words != other.words:
        return Reason.of(
            "event.external_moved",
            asserted_by=one.source,
            significance_before=_words(one),
            significance_after=_words(other),
        )
    if one.stars != other.stars:
        return Reason.of(
            "event.external_stars",
            asserted_by=one.source,
            stars_before=one.stars,
            stars_after=other.stars,
        )
    return Reason.of("event.external_restated", asserted_by=one.source)


def _words(word: ExternalWord) -> str | None:
    return ", ".join(word.words) or None


_SAID: Mapping[Facet, Said] = MappingProxyType(
    {
        Facet.CLASS: _class,
        Facet.EXTERNAL: _external,
        Facet.DISEASE: _disease,
        Facet.INHERITANCE: _inheritance,
        Facet.RULES: _rules,
        Facet.VALIDITY: _validity,
        Facet.FIT: _fit,
        Facet.TIER: _tier,
        Facet.PARTNER: _partner,
        Facet.PARTNER_CLASS: _partner_class,
        Facet.OTHERS: _others,
        Facet.RANK: _rank,
    }
)
