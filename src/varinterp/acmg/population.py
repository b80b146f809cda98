"""BA1, BS1, PM2: what the allele's frequency in the population says.

BA1 and its exceptions: Ghosh 2018 (PMID 30311383). BS1: Richards 2015 (PMID 25741868) with the
default of Li 2017 (PMID 28132688). PM2 at supporting strength: ClinGen SVI, version 1.0, 2020.

No resource covers every population. A laboratory's list of founder alleles takes the ground from
a criterion for the disease that it names, and an allele that is common in the laboratory's own
counts is not called rare.
"""

from varinterp.acmg.compared import Compared, compared, largest, local, observed
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
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import (
    Listing,
)

_RECESSIVE = (Inheritance.AUTOSOMAL_RECESSIVE,)
_COUNTED = ("counted",)


def ba1(ask: Question) -> Verdict:
    """Stand-alone benign: too common for any Mendelian disease."""
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    limit = ask.number("population.ba1")
    found = _above(ask, limit, "ba1")
    if isinstance(found, Verdict):
        return found
    if str(ask.allele) in ask.words("population.ba1_exceptions"):
        return not_met("population.ba1_exception", **_facts(found, limit))
    listing = _listing(ask, Criterion.BA1)
    if listing is not None:
        return not_met("population.listed", **_facts(found, limit), **_listed(listing))
    return met(Strength.STAND_ALONE, "population.ba1", **_facts(found, limit))


def bs1(ask: Question) -> Verdict:
    """Strong benign: more common than the disease allows. BA1 takes its place where it applies.

    How common an allele of a recessive disease may be depends on the disease (CFTR p.Phe508del is
    above 1 %), and so it does for BA1's exceptions: above the limit those are not assessed.
    """
    if ask.key.inheritance is None:
        return not_assessed("no_known_disease")
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    limit = ask.number("population.bs1")
    found = _above(ask, limit, "bs1")
    if isinstance(found, Verdict):
        return found
    if ba1(ask).strength is not None:
        return not_met("population.counted_as_ba1", **_facts(found, None))
    if str(ask.allele) in ask.words("population.ba1_exceptions"):
        return not_assessed("population.ba1_exception", **_facts(found, limit))
    listing = _listing(ask, Criterion.BS1)
    if listing is not None:
        return not_met("population.listed", **_facts(found, limit), **_listed(listing))
    if ask.key.inheritance in _RECESSIVE:
        return not_assessed("population.no_disease_maximum", **_facts(found, limit))
    return met(Strength.STRONG, "population.bs1", **_facts(found, limit))


def pm2(ask: Question) -> Verdict:
    """Supporting pathogenic: absent from a covered site, or rare enough for recessive disease.

    Rare is what was observed, in the group where it is highest. What a list or the laboratory's
    own counts call common is not rare, whatever the resource says.
    """
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    frequency = ask.read(FREQUENCY, str(ask.allele))
    found = _absent(ask) if frequency is None else _rare(ask, frequency)
    if found.strength is None:
        return found
    return _common_elsewhere(ask) or found


def _rare(ask: Question, frequency: Frequency) -> Verdict:
    """Judge a row of the resource for PM2."""
    obstacle = _unreliable(ask, frequency)
    if obstacle is not None:
        return obstacle
    groups = ", ".join(group.group for group in frequency.groups) or None
    if frequency.ac == 0:
        return _not_seen(groups)
    limit = 0.0
    if ask.key.inheritance in _RECESSIVE:
        limit = ask.number("population.pm2_recessive_max")
    found = observed(frequency, ask.number("population.min_alleles"))
    if found.frequency > limit:
        return not_met("population.observed", **_facts(found, limit))
    if groups is None:
        return met(Strength.SUPPORTING, "population.rare", **_facts(found, limit))
    facts = _facts(found, limit)
    return met(Strength.SUPPORTING, "population.rare_in_groups", groups=groups, **facts)


def _not_seen(groups: str | None) -> Verdict:
    """Say that nobody was seen with the allele, and in which groups one looked."""
    if groups is None:
        return met(Strength.SUPPORTING, "population.absent")
    return met(Strength.SUPPORTING, "population.absent_in_groups", groups=groups)


def _common_elsewhere(ask: Question) -> Verdict | None:
    """Return why an allele that the resource calls rare is not: a list, or our own counts.

    The laboratory's counts come from patients: they can show that an allele is common here (a
    regional founder, or an artefact of the assay), never that it is rare.
    """
    listing = _listing(ask, Criterion.PM2)
    if listing is not None:
        return not_met("population.listed_not_rare", **_listed(listing))
    counts = ask.read(LOCAL, str(ask.allele))
    if counts is None:
        return None
    limit = ask.number("population.local_common")
    found = local(counts, minimum=0)
    if found is None or found.ac < ask.number("population.local_min_copies"):
        return None
    if found.frequency <= limit:
        return None
    return not_met("population.locally_common", **_facts(found, limit))


def _above(ask: Question, limit: float, code: str) -> Compared | Verdict:
    """Return a frequency above a benign criterion's limit, or why there is none."""
    found = _in_resource(ask)
    if isinstance(found, Compared) and found.frequency > limit:
        return found
    own = _in_laboratory(ask)
    if own is not None and own.frequency > limit:
        return own
    if isinstance(found, Verdict):
        return found
    return not_met(f"population.below_{code}", **_facts(found, limit))


def _in_resource(ask: Question) -> Compared | Verdict:
    """Return the resource's frequency that benign criteria may use, or why there is none.

    An allele that was looked for and not found is rare: the criterion is considered, not met.
    """
    frequency = ask.read(FREQUENCY, str(ask.allele))
    if frequency is None:
        absent = _absent(ask)
        return absent if absent.strength is None else _never_common(absent)
    obstacle = _unreliable(ask, frequency)
    if obstacle is not None:
        return obstacle
    minimum = ask.number("population.min_alleles")
    left_out = ask.words("population.groups_left_out")
    found = compared(frequency, minimum, left_out)
    if found is None:
        an = largest(frequency, left_out)
        return not_assessed("population.too_few_in_groups", an=an, minimum=minimum)
    return found


def _never_common(absent: Verdict) -> Verdict:
    """Turn PM2's *not seen* into a benign criterion's *not met*, with the same words."""
    return Verdict(Outcome.NOT_MET, absent.reason)


def _in_laboratory(ask: Question) -> Compared | None:
    """Return the laboratory's own frequency where its rules let benign criteria use it."""
    if ask.words("population.local_use") != _COUNTED:
        return None
    counts = ask.read(LOCAL, str(ask.allele))
    return None if counts is None else local(counts, ask.number("population.min_alleles"))


def _unreliable(ask: Question, frequency: Frequency) -> Verdict | None:
    """Return why a row's counts are no evidence either way, or None when they are."""
    if not frequency.usable:
        return not_assessed("population.site_failed_filters")
    minimum = ask.number("population.min_alleles")
    if frequency.an < minimum:
        return not_assessed("population.too_few_alleles", an=frequency.an, minimum=minimum)
    return None


def _absent(ask: Question) -> Verdict:
    """Absence is evidence only where the resource was consulted and the site was covered."""
    if not ask.read.provides(FREQUENCY):
        return not_assessed("population.no_resource")
    if not _covered(ask):
        return not_assessed("population.site_not_covered")
    groups = ask.read(GROUPS, GROUPS_KEY)
    return _not_seen(None if groups is None else ", ".join(groups.codes) or None)


def _covered(ask: Question) -> bool:
    """Whether the resource looked at every reference base that the allele replaces."""
    for position in range(ask.allele.position, ask.allele.end + 1):
        coverage = ask.read(COVERAGE, position_key(ask.allele.chromosome, position))
        if coverage is None or not coverage.covered:
            return False
    return True


def _listing(ask: Question, criterion: Criterion) -> Listing | None:
    """Return the listing that takes the ground from a criterion, for this disease and mode."""
    found = ask.read(LISTED, str(ask.allele))
    wanted = (ask.key.gene, ask.key.disease, ask.key.inheritance)
    for listing in () if found is None else found.listings:
        holds_for = (listing.hgnc, listing.disease, listing.inheritance)
        if holds_for == wanted and criterion.value in listing.overrides:
            return listing
    return None


def _facts(found: Compared, limit: float | None) -> dict[str, Scalar]:
    return {
        "ac": found.ac,
        "an": found.an,
        "frequency": found.frequency,
        "measure": found.measure,
        "group": found.group,
        "limit": limit,
    }


def _listed(listing: Listing) -> dict[str, Scalar]:
    return {
        "list": listing.source_list,
        "region": listing.region,
        "rate": listing.rate,
        "rate_measure": listing.measure.value,
        "curator": listing.curator,
        "listed_on": listing.date,
    }
