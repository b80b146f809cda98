"""The order in which hypotheses are read: a tier with its reason, then one sum of log-odds.

Tiers are facts (`priority.tiers`). *Proposed* and *possible* are one list; there, and within every
other tier, hypotheses are in order of their log-odds, highest first (`priority.score`). Equal
log-odds are ordered by the points of evidence on the alleles, the higher first, then by the class
of the gene-disease link, then by key: genome position, allele, gene, disease, mode, and the copy
number beside it. So the order rests on no order of the input.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Case, PhenotypeScore, RankedHypothesis
from varinterp.model.panel import Panel
from varinterp.priority.chance import with_chances
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.marks import marks
from varinterp.priority.panels import membership
from varinterp.priority.placed import Placed
from varinterp.priority.score import contributions, evidence_points, pathogenicity
from varinterp.priority.tiers import tier
from varinterp.priority.weights import Weights

Match = Callable[[str], PhenotypeScore | None]
"""Returns the patient's match with a disease, or None when it cannot be assessed."""

_LAST = 99


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
    places = []
    for hypothesis in hypotheses:
        link = hypothesis.link
        placed = Placed(
            case=case,
            hypothesis=hypothesis,
            assessed=tuple(assessments[key] for key in hypothesis.keys),
            candidates=tuple(held[key.allele, key.gene] for key in hypothesis.keys),
            phenotype=None if link is None else match(link.disease),
            panels=membership(panels, hypothesis.keys[0].gene, weights.panel_levels),
            weights=weights,
        )
        places.append((_order(placed, found := _place(placed)), found))
    places.sort(key=lambda each: each[0])
    ordered = [replace(place, rank=at) for at, (_, place) in enumerate(places, start=1)]
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
        -sum(evidence_points(each, placed.weights) for each in placed.assessed),
        _LAST if validity is None else validity,
        [(key.allele.key, str(key)) for key in place.keys],
        str(place.fit.copy_number),
    )
