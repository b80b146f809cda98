"""What is proposed to the reader: one tier a hypothesis, the first of these rows that applies.

    secondary          the disease is none of the patient's, but they consented to secondary
                       findings; the gene is on the list of them, the proband has as many copies as
                       the mode needs, and every allele is (likely) pathogenic to us or to others
    unrelated          the disease is none of the patient's otherwise: to name it would be to report
                       a secondary finding, so it is counted and not shown
    known allele       the genotypes do not contradict the mode, and every allele that is (likely)
                       benign to us is pathogenic to others: a frequency or a prediction would have
                       hidden it
    not retained       no panel that filters has the gene, a member's genotype contradicts the mode,
                       or an allele is (likely) benign
    no known disease   no release ties the gene to a disease
    possible           a genotype that would decide is missing or contradictory, or the phenotype
                       could not be compared
    proposed           everything else

*None of the patient's*: no term of theirs is the disease's, and none is related to one. In a gene
of secondary findings a related term is not enough where the phenotype as a whole speaks against the
disease. *To others*: ClinVar says (likely) pathogenic, undisputed and with as many stars as the
rules ask, or the laboratory's list of founder alleles has it for this gene, disease and mode.
"""

from varinterp.model.assessment import AcmgClass
from varinterp.model.case import PhenotypeScore, Tier
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.priority.placed import BENIGN, EXACT, RELATED, REPORTABLE, Placed
from varinterp.priority.weights import Entry, ListUse

Found = tuple[Tier, Reason]


def tier(placed: Placed) -> Found:
    """Return the tier of a hypothesis, and why."""
    for rule in _RULES:
        found = rule(placed)
        if found is not None:
            return found
    exact, related = placed.matching(EXACT), placed.matching(RELATED)
    return Tier.PROPOSED, Reason.of(
        "tier.proposed", exact=exact, related=related, terms=placed.terms
    )


def _unrelated(placed: Placed) -> Found | None:
    """Answer where the disease is none of the patient's."""
    secondary = placed.weights.entry(ListUse.SECONDARY, placed.gene)
    if placed.phenotype is None or _is_the_patients(placed, placed.phenotype, secondary):
        return None
    consented = placed.case.secondary_findings
    if secondary is not None and consented and placed.enough_copies and _all_pathogenic(placed):
        return Tier.SECONDARY, Reason.of("tier.secondary", list=secondary.title)
    return Tier.UNRELATED, Reason.of("tier.unrelated", terms=placed.terms)


def _is_the_patients(placed: Placed, match: PhenotypeScore, secondary: Entry | None) -> bool:
    if placed.matching(EXACT):
        return True
    return placed.matching(RELATED) > 0 and (secondary is None or match.log_lr >= 0)


def _all_pathogenic(placed: Placed) -> bool:
    """Whether every allele is (likely) pathogenic to us or to others."""
    pairs = zip(placed.assessed, placed.known, strict=True)
    return all(known or each.machine.points in REPORTABLE for each, known in pairs)


def _known_benign(placed: Placed) -> Found | None:
    """Answer where what is (likely) benign to us is pathogenic to others."""
    pairs = zip(placed.assessed, placed.known, strict=True)
    disputed = all(known for each, known in pairs if each.machine.points in BENIGN)
    lowest = _lowest(placed)
    fitting = placed.fit.answer is not Answer.DOES_NOT_FIT
    if placed.link is None or lowest is None or not disputed or not fitting:
        return None
    return Tier.KNOWN_ALLELE, Reason.of(
        "tier.known_benign", acmg_class=lowest, stars=_stars(placed), list=_list(placed)
    )


def _outside_panels(placed: Placed) -> Found | None:
    outside = placed.panels.outside
    return None if outside is None else (Tier.NOT_RETAINED, outside)


def _contradicted(placed: Placed) -> Found | None:
    if placed.fit.answer is Answer.DOES_NOT_FIT:
        return Tier.NOT_RETAINED, placed.fit.reason
    return None


def _benign(placed: Placed) -> Found | None:
    lowest = _lowest(placed)
    if lowest is None:
        return None
    return Tier.NOT_RETAINED, Reason.of("tier.benign", acmg_class=lowest)


def _lowest(placed: Placed) -> AcmgClass | None:
    """Return the most benign class of an allele that is (likely) benign; None without one."""
    classes = [each.machine.points for each in placed.assessed if each.machine.points in BENIGN]
    return min(classes, key=lambda value: value.rank, default=None)


def _stars(placed: Placed) -> int | None:
    """Return the most stars with which ClinVar holds an allele for pathogenic."""
    found = (placed.stars(each) for each in placed.assessed)
    return max((each for each in found if each is not None), default=None)


def _list(placed: Placed) -> str | None:
    """Return the list of founder alleles that holds one."""
    found = (placed.listing(each) for each in placed.candidates)
    return next((each.source_list for each in found if each is not None), None)


def _without_disease(placed: Placed) -> Found | None:
    if placed.link is None:
        return Tier.NO_KNOWN_DISEASE, Reason.of("tier.no_known_disease")
    return None


def _undecided(placed: Placed) -> Found | None:
    if placed.fit.answer is Answer.UNKNOWN:
        return Tier.POSSIBLE, placed.fit.reason
    if placed.phenotype is None:
        return Tier.POSSIBLE, Reason.of("tier.phenotype_not_assessed")
    return None


_RULES = (
    _unrelated,
    _known_benign,
    _outside_panels,
    _contradicted,
    _benign,
    _without_disease,
    _undecided,
)
