"""What is proposed to the reader: one tier a hypothesis, the first of these rows that applies.

    secondary          the disease is none of the patient's, but they consented to secondary
                       findings; the list of them has the gene (where it names a mode: this one,
                       and every copy is hit), the proband has as many copies as the mode needs,
                       and every allele is (likely) pathogenic to us or to others
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

*None of the patient's*: `priority.secondary`. *To others*: ClinVar says (likely) pathogenic,
undisputed and with as many stars as the rules ask, or the laboratory's list of founder alleles has
it for this gene, disease and mode.
"""

from collections.abc import Iterable

from varinterp.model.assessment import BENIGN, AcmgClass, Assessment
from varinterp.model.case import Candidate, Tier
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.priority.placed import EXACT, RELATED, Placed
from varinterp.priority.secondary import unrelated

Found = tuple[Tier, Reason]
Told = tuple[Assessment, Candidate]
"""What is concluded of an allele of the hypothesis, and the allele itself."""


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


def _known_benign(placed: Placed) -> Found | None:
    """Answer where what is (likely) benign to us is pathogenic to others."""
    benign = _benign_alleles(placed)
    if placed.link is None or not benign or placed.fit.answer is Answer.DOES_NOT_FIT:
        return None
    stars = [placed.stars(assessed) for assessed, _ in benign]
    listings = [placed.listing(candidate) for _, candidate in benign]
    if any(pair == (None, None) for pair in zip(stars, listings, strict=True)):
        return None
    return Tier.KNOWN_ALLELE, Reason.of(
        "tier.known_benign",
        acmg_class=_most_benign(benign),
        stars=max((each for each in stars if each is not None), default=None),
        list=next((each.source_list for each in listings if each is not None), None),
    )


def _outside_panels(placed: Placed) -> Found | None:
    outside = placed.panels.outside
    return None if outside is None else (Tier.NOT_RETAINED, outside)


def _contradicted(placed: Placed) -> Found | None:
    if placed.fit.answer is Answer.DOES_NOT_FIT:
        return Tier.NOT_RETAINED, placed.fit.reason
    return None


def _benign(placed: Placed) -> Found | None:
    benign = _benign_alleles(placed)
    if not benign:
        return None
    return Tier.NOT_RETAINED, Reason.of("tier.benign", acmg_class=_most_benign(benign))


def _benign_alleles(placed: Placed) -> list[Told]:
    """Return what is (likely) benign to us."""
    pairs = zip(placed.assessed, placed.candidates, strict=True)
    return [pair for pair in pairs if pair[0].machine.points in BENIGN]


def _most_benign(benign: Iterable[Told]) -> AcmgClass:
    classes = (assessed.machine.points for assessed, _ in benign)
    return min(classes, key=lambda value: value.rank)


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
    unrelated,
    _known_benign,
    _outside_panels,
    _contradicted,
    _benign,
    _without_disease,
    _undecided,
)
