"""The order in which hypotheses are read: a tier with its reason, then one score.

Tiers, first that applies:

    unrelated           none of the patient's terms is one of the disease's: to name it would be
                        to report a secondary finding, so it is counted and not shown
    not retained        a member's genotype contradicts the mode, or the class is (likely) benign
    no known disease    no release ties the gene to a disease
    possible            a genotype that would decide is missing or contradictory, or the phenotype
                        could not be compared
    proposed            everything else

Score, in [0, 1]: ``w · phenotype + (1 - w) · variant``. *Phenotype* is the similarity of the
patient to the disease, 0 when it could not be assessed; *variant* the posterior probability of
pathogenicity, of the weaker allele in a pair. ``w`` is ``rank.phenotype_weight`` of the rules.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import PhenotypeScore, RankedHypothesis, Tier
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.priority.hypotheses import Hypothesis

Match = Callable[[str], PhenotypeScore | None]
"""Returns the patient's match with a disease, or None when it cannot be assessed."""

_BENIGN = (AcmgClass.BENIGN, AcmgClass.LIKELY_BENIGN)


def rank(
    hypotheses: Iterable[Hypothesis],
    assessments: Mapping[AssessmentKey, Assessment],
    match: Match,
    phenotype_weight: float,
) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses in reading order, numbered from 1."""
    placed = [
        _place(hypothesis, [assessments[key] for key in hypothesis.keys], match, phenotype_weight)
        for hypothesis in hypotheses
    ]
    placed.sort(key=_order)
    return tuple(replace(place, rank=number) for number, place in enumerate(placed, start=1))


def _place(
    hypothesis: Hypothesis, assessed: list[Assessment], match: Match, phenotype_weight: float
) -> RankedHypothesis:
    link = hypothesis.link
    phenotype = None if link is None else match(link.disease)
    variant = min(assessment.posterior for assessment in assessed)
    similarity = 0.0 if phenotype is None else phenotype.score
    tier, reason = _tier(hypothesis, assessed, phenotype)
    return RankedHypothesis(
        rank=0,
        tier=tier,
        keys=hypothesis.keys,
        disease_name=None if link is None else link.disease_name,
        fit=hypothesis.fit,
        score=round(phenotype_weight * similarity + (1 - phenotype_weight) * variant, 4),
        variant_score=variant,
        phenotype=phenotype,
        reason=reason,
    )


def _tier(
    hypothesis: Hypothesis, assessed: list[Assessment], phenotype: PhenotypeScore | None
) -> tuple[Tier, Reason]:
    fit = hypothesis.fit
    exact = 0 if phenotype is None else sum(row.kind == "exact" for row in phenotype.rows)
    if phenotype is not None and exact == 0:
        return Tier.UNRELATED, Reason.of("tier.unrelated", terms=len(phenotype.rows))
    if fit.answer is Answer.DOES_NOT_FIT:
        return Tier.NOT_RETAINED, fit.reason
    benign = [a.machine.points for a in assessed if a.machine.points in _BENIGN]
    if benign:
        return Tier.NOT_RETAINED, Reason.of("tier.benign", acmg_class=min(benign).value)
    if hypothesis.link is None:
        return Tier.NO_KNOWN_DISEASE, Reason.of("tier.no_known_disease")
    if fit.answer is Answer.UNKNOWN:
        return Tier.POSSIBLE, fit.reason
    if phenotype is None:
        return Tier.POSSIBLE, Reason.of("tier.phenotype_not_assessed")
    return Tier.PROPOSED, Reason.of("tier.proposed", exact=exact, terms=len(phenotype.rows))


def _order(place: RankedHypothesis) -> tuple[object, ...]:
    return (place.tier.rank, place.fit.answer.rank, -place.score, [str(key) for key in place.keys])
