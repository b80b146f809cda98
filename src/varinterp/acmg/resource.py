"""What the population resource, the laboratory's counts and lists say of an allele, or why nothing.

No resource covers every population. A laboratory's list of founder alleles takes the ground from
a criterion for the disease that it names.
"""

from collections.abc import Mapping

from varinterp.acmg.compared import Compared, compared, largest, local
from varinterp.acmg.question import Question
from varinterp.model.evidence import (
    Criterion,
    Outcome,
    Scalar,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import (
    COVERAGE,
    FREQUENCY,
    GROUPS,
    GROUPS_KEY,
    LISTED,
    LOCAL,
    Frequency,
    position_key,
)
from varinterp.model.population import Listing

_COUNTED = ("counted",)


def highest(ask: Question, limit: float) -> Compared | Verdict:
    """Return the frequency that a benign criterion compares with a limit, or why there is none.

    The laboratory's own counts are asked only where the resource's frequency is not above it.
    """
    found = in_resource(ask)
    if isinstance(found, Compared) and found.frequency > limit:
        return found
    own = _in_laboratory(ask)
    if own is not None and own.frequency > limit:
        return own
    return found


def voidable_number(ask: Question, rule: str) -> float | None:
    """Read a number of the general rules that a specification may void; None where it does."""
    return ask.optional_number(rule) if ask.specified else ask.number(rule)


def in_resource(ask: Question) -> Compared | Verdict:
    """Return the resource's frequency that benign criteria may use, or why there is none.

    An allele that was looked for and not found is rare: the criterion is considered, not met.
    """
    frequency = usable_row(ask)
    if isinstance(frequency, Verdict):
        return frequency
    minimum = ask.number("population.min_alleles")
    left_out = ask.words("population.groups_left_out")
    found = compared(frequency, minimum, left_out)
    if found is None:
        an = largest(frequency, left_out)
        return not_assessed("population.too_few_in_groups", an=an, minimum=minimum)
    return found


def usable_row(ask: Question) -> Frequency | Verdict:
    """Return the allele's row, for a benign criterion, or why no counts of it can be used."""
    frequency = ask.read(FREQUENCY, str(ask.allele))
    if frequency is None:
        return _never_common(ask.shared("population.absent", absent))
    return unreliable(ask, frequency) or frequency


def unreliable(ask: Question, frequency: Frequency) -> Verdict | None:
    """Return why a row's counts are no evidence either way, or None when they are."""
    if not frequency.usable:
        return not_assessed("population.site_failed_filters")
    minimum = ask.number("population.min_alleles")
    if frequency.an < minimum:
        return not_assessed("population.too_few_alleles", an=frequency.an, minimum=minimum)
    return None


def absent(ask: Question) -> Verdict:
    """Absence is evidence only where the resource was consulted and the site was covered."""
    if not ask.read.provides(FREQUENCY):
        return not_assessed("population.no_resource")
    if not _covered(ask):
        return not_assessed("population.site_not_covered")
    groups = ask.read(GROUPS, GROUPS_KEY)
    return not_seen(None if groups is None else ", ".join(groups.codes) or None)


def not_seen(groups: str | None) -> Verdict:
    """Say, as PM2, that nobody was seen with the allele, and in which groups one looked."""
    if groups is None:
        return met(Strength.SUPPORTING, "population.absent")
    return met(Strength.SUPPORTING, "population.absent_in_groups", groups=groups)


def listed(ask: Question, criterion: Criterion, facts: Mapping[str, Scalar]) -> Verdict | None:
    """Return that a list takes the ground from a benign criterion; None where none does.

    `facts` are those of the comparison, which the criterion passed.
    """
    listing = _listing_against(ask, criterion)
    if listing is None:
        return None
    return not_met("population.listed", **facts, **_listed_facts(listing))


def common_elsewhere(ask: Question) -> Verdict | None:
    """Return why an allele that the resource calls rare is not: a list, or our own counts.

    The laboratory's counts come from patients: they can show that an allele is common here (a
    regional founder, or an artefact of the assay), never that it is rare.
    """
    listing = _listing_against(ask, Criterion.PM2)
    if listing is not None:
        return not_met("population.listed_not_rare", **_listed_facts(listing))
    counts = ask.read(LOCAL, str(ask.allele))
    if counts is None:
        return None
    limit = ask.number("population.local_common")
    found = local(counts, minimum=0)
    if found is None or found.ac < ask.number("population.local_min_copies"):
        return None
    if found.frequency <= limit:
        return None
    return not_met("population.locally_common", **compared_facts(found, limit))


def compared_facts(found: Compared, limit: float | None) -> dict[str, Scalar]:
    """Return what a reader needs to follow a comparison."""
    return {
        "ac": found.ac,
        "an": found.an,
        "frequency": found.frequency,
        "measure": found.measure,
        "group": found.group,
        "limit": limit,
    }


def _listing_against(ask: Question, criterion: Criterion) -> Listing | None:
    """Return the listing that takes the ground from a criterion, for this disease and mode."""
    found = ask.read(LISTED, str(ask.allele))
    wanted = (ask.gene, ask.disease_id, ask.inheritance)
    for listing in () if found is None else found.listings:
        holds_for = (listing.hgnc, listing.disease, listing.inheritance)
        if holds_for == wanted and criterion.value in listing.overrides:
            return listing
    return None


def _listed_facts(listing: Listing) -> dict[str, Scalar]:
    """Return who lists an allele, where, and at which rate."""
    return {
        "list": listing.source_list,
        "region": listing.region,
        "rate": listing.rate,
        "rate_measure": listing.measure.value,
        "curator": listing.curator,
        "listed_on": listing.date,
    }


def _in_laboratory(ask: Question) -> Compared | None:
    """Return the laboratory's own frequency where its rules let benign criteria use it."""
    if ask.words("population.local_use") != _COUNTED:
        return None
    counts = ask.read(LOCAL, str(ask.allele))
    return None if counts is None else local(counts, ask.number("population.min_alleles"))


def _never_common(found: Verdict) -> Verdict:
    """Turn PM2's *not seen* into a benign criterion's *not met*, with the same words."""
    return found if found.strength is None else Verdict(Outcome.NOT_MET, found.reason)


def _covered(ask: Question) -> bool:
    """Whether the resource looked at every reference base that the allele replaces."""
    for position in range(ask.allele.position, ask.allele.end + 1):
        coverage = ask.read(COVERAGE, position_key(ask.allele.chromosome, position))
        if coverage is None or not coverage.covered:
            return False
    return True
