"""BA1, BS1, PM2: what the allele's frequency in the population says.

BA1 and its exceptions: Ghosh 2018 (PMID 30311383). BS1: Richards 2015 (PMID 25741868) with the
default of Li 2017 (PMID 28132688). PM2 at supporting strength: ClinGen SVI, version 1.0, 2020.
"""

from varinterp.acmg.question import Question
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import COVERAGE, FREQUENCY, Frequency, position_key
from varinterp.model.gene_disease import Inheritance

_RECESSIVE = (Inheritance.AUTOSOMAL_RECESSIVE,)


def ba1(ask: Question) -> Verdict:
    """Stand-alone benign: too common for any Mendelian disease."""
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    frequency, unknown = _observed(ask)
    if frequency is None:
        return unknown
    limit = ask.number("population.ba1")
    facts = _facts(frequency, limit)
    if frequency.highest <= limit:
        return not_met("population.below_ba1", **facts)
    if str(ask.allele) in ask.words("population.ba1_exceptions"):
        return not_met("population.ba1_exception", **facts)
    return met(Strength.STAND_ALONE, "population.ba1", **facts)


def bs1(ask: Question) -> Verdict:
    """Strong benign: more common than the disease allows. BA1 takes its place where it applies.

    How common an allele of a recessive disease may be depends on the disease (CFTR p.Phe508del is
    above 1 %), and so it does for BA1's exceptions: above the limit those are not assessed.
    """
    if ask.key.inheritance is None:
        return not_assessed("no_known_disease")
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    frequency, unknown = _observed(ask)
    if frequency is None:
        return unknown
    if ba1(ask).strength is not None:
        return not_met("population.counted_as_ba1", **_facts(frequency, None))
    limit = ask.number("population.bs1")
    if frequency.highest <= limit:
        return not_met("population.below_bs1", **_facts(frequency, limit))
    if str(ask.allele) in ask.words("population.ba1_exceptions"):
        return not_assessed("population.ba1_exception", **_facts(frequency, limit))
    if ask.key.inheritance in _RECESSIVE:
        return not_assessed("population.no_disease_maximum", **_facts(frequency, limit))
    return met(Strength.STRONG, "population.bs1", **_facts(frequency, limit))


def pm2(ask: Question) -> Verdict:
    """Supporting pathogenic: absent from a covered site, or rare enough for recessive disease.

    Rare is what was observed, in the group where it is highest: FAF95 is a lower bound, and would
    make every allele look rarer than it was seen to be.
    """
    if ask.key.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial_not_built")
    frequency = ask.read(FREQUENCY, str(ask.allele))
    if frequency is None:
        return _absent(ask)
    obstacle = _unreliable(ask, frequency)
    if obstacle is not None:
        return obstacle
    if frequency.ac == 0:
        return met(Strength.SUPPORTING, "population.absent")
    limit = 0.0
    if ask.key.inheritance in _RECESSIVE:
        limit = ask.number("population.pm2_recessive_max")
    facts = _counts(frequency) | {
        "frequency": frequency.highest_observed,
        "measure": "af",
        "group": None,
        "limit": limit,
    }
    if frequency.highest_observed <= limit:
        return met(Strength.SUPPORTING, "population.rare", **facts)
    return not_met("population.observed", **facts)


def _observed(ask: Question) -> tuple[Frequency | None, Verdict]:
    """Return a frequency that benign criteria may use, or why there is none.

    An allele that was looked for and not found is rare: the criterion is considered, not met.
    """
    frequency = ask.read(FREQUENCY, str(ask.allele))
    if frequency is None:
        absent = _absent(ask)
        return None, absent if absent.strength is None else not_met("population.absent")
    obstacle = _unreliable(ask, frequency)
    return (None, obstacle) if obstacle is not None else (frequency, not_met("population.absent"))


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
    key = position_key(ask.allele.chromosome, ask.allele.position)
    coverage = ask.read(COVERAGE, key)
    if coverage is None or not coverage.covered:
        return not_assessed("population.site_not_covered")
    return met(Strength.SUPPORTING, "population.absent")


def _facts(frequency: Frequency, limit: float | None) -> dict[str, Scalar]:
    return _counts(frequency) | {
        "frequency": frequency.highest,
        "measure": "faf95" if frequency.faf95 is not None else "af",
        "group": frequency.faf95_group,
        "limit": limit,
    }


def _counts(frequency: Frequency) -> dict[str, Scalar]:
    return {"ac": frequency.ac, "an": frequency.an}
