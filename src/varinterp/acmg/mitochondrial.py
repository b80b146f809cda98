"""BA1, BS1 and PM2 of mitochondrial DNA: how many people have all of their copies altered.

McCormick 2020 (PMID 32906214) compares the frequency of homoplasmic alleles: above 1 % BA1, above
0.5 % BS1, below 1 in 50,000 PM2. The chromosome decides, not the mode of inheritance: nuclear
thresholds assume two copies in everybody, these a population of copies. The laboratory's own counts
do not tell such people apart from others: no benign criterion uses them here.
"""

from collections.abc import Callable

from varinterp.acmg.compared import Compared, observed
from varinterp.acmg.question import Question
from varinterp.acmg.resource import (
    absent,
    common_elsewhere,
    compared_facts,
    in_resource,
    listed,
    unreliable,
)
from varinterp.model.chromosome import Chromosome
from varinterp.model.evidence import (
    Criterion,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import FREQUENCY, Frequency
from varinterp.model.gene_disease import Inheritance


def on_mitochondrial(ask: Question) -> bool:
    """Whether the allele is one of mitochondrial DNA."""
    return ask.allele.chromosome is Chromosome.MT


def instead(ask: Question, decide: Callable[[Question], Verdict]) -> Verdict | None:
    """Return what mitochondrial DNA's rules say; None for a nuclear allele and disease.

    A nuclear allele of a disease that a source calls mitochondrial has no limits of either kind.
    """
    if on_mitochondrial(ask):
        return decide(ask)
    if ask.inheritance is Inheritance.MITOCHONDRIAL:
        return not_assessed("mitochondrial.nuclear_allele")
    return None


def ba1(ask: Question) -> Verdict:
    """Stand-alone benign: homoplasmic in too many people for a mitochondrial disease."""
    limit = ask.number("mitochondrial.ba1")
    found = _above(ask, limit)
    if isinstance(found, Verdict):
        return found
    facts = compared_facts(found, limit)
    against = listed(ask, Criterion.BA1, facts)
    return against or met(Strength.STAND_ALONE, "mitochondrial.ba1", **facts)


def bs1(ask: Question) -> Verdict:
    """Strong benign: homoplasmic in more people than a mitochondrial disease allows."""
    limit = ask.number("mitochondrial.bs1")
    found = _above(ask, limit)
    if isinstance(found, Verdict):
        return found
    if ba1(ask).strength is not None:
        return not_met("population.counted_as_ba1", **compared_facts(found, None))
    facts = compared_facts(found, limit)
    against = listed(ask, Criterion.BS1, facts)
    return against or met(Strength.STRONG, "mitochondrial.bs1", **facts)


def pm2(ask: Question) -> Verdict:
    """Supporting pathogenic: homoplasmic in nobody, or in fewer people than 1 in 50,000."""
    frequency = ask.read(FREQUENCY, str(ask.allele))
    found = absent(ask) if frequency is None else _rare(ask, frequency)
    if found.strength is None:
        return found
    return common_elsewhere(ask) or found


def _above(ask: Question, limit: float) -> Compared | Verdict:
    """Return the resource's frequency where it is above a limit, or why it is not."""
    found = in_resource(ask)
    if isinstance(found, Verdict) or found.frequency > limit:
        return found
    return not_met("mitochondrial.below", **compared_facts(found, limit))


def _rare(ask: Question, frequency: Frequency) -> Verdict:
    obstacle = unreliable(ask, frequency)
    if obstacle is not None:
        return obstacle
    limit = ask.number("mitochondrial.pm2_below")
    facts = compared_facts(observed(frequency, ask.number("population.min_alleles")), limit)
    if frequency.af >= limit:
        return not_met("mitochondrial.observed", **facts)
    return met(Strength.SUPPORTING, "mitochondrial.rare", **facts)
