"""The order in which hypotheses are read: a tier with its reason, then one sum of log-odds.

Tiers are facts (`priority.tiers`). *Proposed* and *possible* are one list; there, and within every
other tier, hypotheses are in order of their log-odds, highest first (`priority.score`). Equal
log-odds are ordered by the points of evidence on the alleles, the higher first, then by the class
of the gene-disease link, then by key: genome position, allele, gene, disease, mode, and the copy
number beside it. So the order rests on no order of the input.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Case, PhenotypeScore, RankedHypothesis
from varinterp.model.gene_disease import Validity
from varinterp.model.panel import Panel
from varinterp.priority.allele_weight import AlleleWeight
from varinterp.priority.chance import with_chances
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.marks import marks
from varinterp.priority.panels import Membership, membership
from varinterp.priority.placed import IN_CIS, Placed
from varinterp.priority.score import contributions, pathogenicity
from varinterp.priority.tiers import tier
from varinterp.priority.weights import Weights

Match = Callable[[str], PhenotypeScore | None]
"""Returns the patient's match with a disease, or None when it cannot be assessed."""

_NOT_STATED = len(Validity)
"""A link that nobody classed comes behind those that somebody did."""


def rank(
    case: Case,
    hypotheses: Iterable[Hypothesis],
    candidates: Iterable[Candidate],
    assessments: Mapping[AssessmentKey, Assessment],
    match: Match,
    weights: Weights,
    panels: Sequence[Panel] = (),
) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses in reading order, numbered from 1.

    `candidates` and `assessments` hold at least those that the hypotheses name; `panels` are what
    the releases answer for those that the case asked for.
    """
    held = {(each.allele, each.consequence.hgnc): each for each in candidates}
    proband = case.family.proband_id

    @cache
    def weight(key: AssessmentKey, paired: bool) -> AlleleWeight:
        candidate = held[key.allele, key.gene]
        return AlleleWeight.of(assessments[key], candidate, proband, weights, paired=paired)

    @cache
    def of_panels(gene: str) -> Membership:
        return membership(panels, gene, weights.panel_levels)

    def placed(hypothesis: Hypothesis) -> Placed:
        link = hypothesis.link
        two = len(hypothesis.keys) > 1 or hypothesis.copy is not None
        paired = two and hypothesis.fit.reason.key not in IN_CIS
        return Placed(
            case=case,
            hypothesis=hypothesis,
            assessed=tuple(assessments[key] for key in hypothesis.keys),
            alleles=tuple(weight(key, paired) for key in hypothesis.keys),
            candidates=tuple(held[key.allele, key.gene] for key in hypothesis.keys),
            phenotype=None if link is None else match(link.disease),
            panels=of_panels(hypothesis.keys[0].gene),
            weights=weights,
        )

    found = [(each, _place(each)) for each in map(placed, hypotheses)]
    found.sort(key=lambda pair: _order(*pair))
    ordered = [replace(place, rank=at) for at, (_, place) in enumerate(found, start=1)]
    return with_chances(ordered, weights)


def _place(placed: Placed) -> RankedHypothesis:
    found, reason = tier(placed)
    parts = contributions(placed)
    return RankedHypothesis(
        rank=0,
        tier=found,
        keys=placed.hypothesis.keys,
        disease_name=None if placed.link is None else placed.link.disease_name,
        fit=placed.fit,
        score=0.0,
        variant_score=round(pathogenicity(placed), 4),
        phenotype=placed.phenotype,
        reason=reason,
        contributions=parts,
        marks=marks(placed),
    )


def _order(placed: Placed, place: RankedHypothesis) -> tuple[object, ...]:
    link = placed.link
    validity = None if link is None else link.validity.rank
    return (
        place.tier.section,
        -place.log_odds,
        -sum(each.points for each in placed.alleles),
        _NOT_STATED if validity is None else validity,
        [(key.allele.key, str(key)) for key in place.keys],
        str(place.fit.copy_number),
    )
