"""Section 4 of both tables: published cases, case-control studies, and the population.

Riggs 2020 (PMID 31690835). Lines 4A to 4N weigh publications: people do, and their entries give the
points. Line 4O is read off a population resource of copy numbers.
"""

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion
from varinterp.model.copy_number_facts import POPULATION_COPIES, PopulationCopy
from varinterp.model.evidence import Scalar


def judged(ask: CopyQuestion) -> Answer:
    """4A to 4N: nobody has weighed publications for this copy number."""
    return not_assessed("copy_number.literature_is_judged")


def common(ask: CopyQuestion) -> Answer:
    """4O: a common copy number of the population accounts for it; one point against.

    Common is the frequency of the rules, among enough alleles; it accounts for ours when it spans
    ours whole, or shares enough with it and touches every gene that ours does.
    """
    if not ask.read.provides(POPULATION_COPIES):
        return not_assessed("copy_number.no_population")
    found = ask.read(POPULATION_COPIES, ask.copy_number.place)
    limit, least = ask.number("common_af"), ask.number("common_min_alleles")
    overlap = ask.number("reciprocal_overlap")
    known = () if found is None else found.copies
    usable = [each for each in known if each.an >= least]
    accounting = [each for each in usable if _accounts(each, overlap)]
    if not accounting:
        return not_met("copy_number.none_in_population")
    most = max(accounting, key=lambda each: (each.af, each.id))
    facts: dict[str, Scalar] = {
        "name": most.id,
        "frequency": most.af,
        "an": most.an,
        "overlap": most.overlap,
    }
    if most.af < limit:
        return not_met("copy_number.rare_in_population", **facts)
    return met(ask.number("4O"), "copy_number.common_in_population", **facts)


def _accounts(known: PopulationCopy, overlap: float) -> bool:
    return known.contains or (known.overlap >= overlap and known.every_gene)
