"""BA1, BS1, PM2: what the allele's frequency in the population says.

BA1 and its exceptions: Ghosh 2018 (PMID 30311383). BS1: Richards 2015 (PMID 25741868) with the
disease's own maximum (`acmg.maximum`), else the default of Li 2017 (PMID 28132688). PM2 at
supporting strength: ClinGen SVI, version 1.0, 2020. Mitochondrial DNA has rules of its own
(`acmg.mitochondrial`).
"""

from varinterp.acmg import mitochondrial
from varinterp.acmg.compared import Compared, observed
from varinterp.acmg.maximum import Basis, Maximum, limit_of_bs1
from varinterp.acmg.question import Question
from varinterp.acmg.resource import (
    absent,
    common_elsewhere,
    compared_facts,
    highest,
    listed,
    not_seen,
    unreliable,
    voidable_number,
)
from varinterp.model.evidence import (
    Criterion,
    Scalar,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import FREQUENCY, Frequency
from varinterp.model.gene_disease import Inheritance

_RECESSIVE = (Inheritance.AUTOSOMAL_RECESSIVE,)


def ba1(ask: Question) -> Verdict:
    """Stand-alone benign: too common for any Mendelian disease, or for the specified one."""
    elsewhere = mitochondrial.instead(ask, mitochondrial.ba1)
    if elsewhere is not None:
        return elsewhere
    limit = voidable_number(ask, "population.ba1")
    if limit is None:
        return not_assessed("specification.not_applicable", specification=ask.rules)
    found = highest(ask, limit)
    if isinstance(found, Verdict):
        return found
    facts = compared_facts(found, limit)
    if found.frequency <= limit:
        return not_met("population.below_ba1", **facts)
    if excepted(ask):
        return not_met("population.ba1_exception", **facts)
    against = listed(ask, Criterion.BA1, facts)
    return against or met(Strength.STAND_ALONE, "population.ba1", **facts)


def bs1(ask: Question) -> Verdict:
    """Strong benign: more common than the disease allows. BA1 takes its place where it applies.

    How common an allele of a recessive disease may be depends on the disease (CFTR p.Phe508del is
    above 1 %), and so it does for BA1's exceptions: above the general limit those are not assessed.
    """
    if ask.inheritance is None:
        return not_assessed("no_known_disease")
    elsewhere = mitochondrial.instead(ask, mitochondrial.bs1)
    if elsewhere is not None:
        return elsewhere
    maximum = limit_of_bs1(ask)
    if maximum is None:
        return not_assessed("specification.not_applicable", specification=ask.rules)
    lower = ask.own_number("population.bs1_supporting")
    limit = maximum.value if lower is None else min(lower, maximum.value)
    found = highest(ask, limit)
    if isinstance(found, Verdict):
        return found
    if found.frequency <= limit:
        return _below(ask, found, maximum, limit)
    return _not_counted(ask, found, limit) or _above(ask, found, maximum, limit)


def pm2(ask: Question) -> Verdict:
    """Supporting pathogenic: absent from a covered site, or rare enough for the disease.

    Rare is what was observed, in the group where it is highest. What a list or the laboratory's
    own counts call common is not rare, whatever the resource says.
    """
    elsewhere = mitochondrial.instead(ask, mitochondrial.pm2)
    if elsewhere is not None:
        return elsewhere
    frequency = ask.read(FREQUENCY, str(ask.allele))
    found = ask.shared("population.absent", absent) if frequency is None else _rare(ask, frequency)
    if found.strength is None:
        return found
    return _too_common(ask) or common_elsewhere(ask) or found


def excepted(ask: Question) -> bool:
    """Whether the allele is on ClinGen's list of common alleles that may be pathogenic."""
    return str(ask.allele) in ask.words("population.ba1_exceptions")


def _below(ask: Question, found: Compared, maximum: Maximum, limit: float) -> Verdict:
    facts = compared_facts(found, limit)
    if maximum.basis is Basis.GENERAL and limit == maximum.value:
        return not_met("population.below_bs1", **facts)
    if maximum.basis is Basis.CREDIBLE and limit == maximum.value:
        return not_met("population.below_credible", **facts, **dict(maximum.model))
    return not_met("population.below_specified", specification=ask.rules, **facts)


def _not_counted(ask: Question, found: Compared, limit: float) -> Verdict | None:
    """Return why a frequency above the limit is no evidence of this criterion."""
    if ba1(ask).strength is not None:
        return not_met("population.counted_as_ba1", **compared_facts(found, None))
    facts = compared_facts(found, limit)
    if excepted(ask):
        return not_assessed("population.ba1_exception", **facts)
    return listed(ask, Criterion.BS1, facts)


def _above(ask: Question, found: Compared, maximum: Maximum, limit: float) -> Verdict:
    if found.frequency <= maximum.value:
        facts: dict[str, Scalar] = compared_facts(found, limit)
        name = ask.rules
        return met(Strength.SUPPORTING, "population.bs1_supporting", specification=name, **facts)
    facts = compared_facts(found, maximum.value)
    if maximum.basis is Basis.SPECIFIED:
        name = ask.rules
        return met(Strength.STRONG, "population.bs1_specified", specification=name, **facts)
    if maximum.basis is Basis.CREDIBLE:
        model = dict(maximum.model)
        return met(Strength.STRONG, "population.bs1_credible", **facts, **model)
    if ask.inheritance in _RECESSIVE:
        return not_assessed("population.no_disease_maximum", **facts)
    return met(Strength.STRONG, "population.bs1", **facts)


def _rare(ask: Question, frequency: Frequency) -> Verdict:
    """Judge a row of the resource for PM2."""
    obstacle = unreliable(ask, frequency)
    if obstacle is not None:
        return obstacle
    groups = ", ".join(group.group for group in frequency.groups) or None
    if frequency.ac == 0:
        return not_seen(groups)
    limit = _rare_limit(ask)
    found = observed(frequency, ask.number("population.min_alleles"))
    facts = compared_facts(found, limit)
    if found.frequency > limit:
        return not_met("population.observed", **facts)
    if groups is None:
        return met(Strength.SUPPORTING, "population.rare", **facts)
    return met(Strength.SUPPORTING, "population.rare_in_groups", groups=groups, **facts)


def _rare_limit(ask: Question) -> float:
    """Return the highest frequency as counted that is called rare."""
    own = ask.own_number("population.pm2_max")
    if own is not None:
        return own
    return ask.number("population.pm2_recessive_max") if ask.inheritance in _RECESSIVE else 0.0


def _too_common(ask: Question) -> Verdict | None:
    """Return that a specification's limits call the allele too common, whatever it calls rare.

    The two limits may overlap: PM2 compares what was counted, BS1 a lower bound.
    """
    if not ask.specified:
        return None
    for criterion, decide in ((Criterion.BA1, ba1), (Criterion.BS1, bs1)):
        if decide(ask).strength is not None:
            return not_met("population.too_common_for_disease", by=criterion)
    return None
