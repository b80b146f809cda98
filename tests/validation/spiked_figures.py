"""Where a patient's right hypothesis stands in a ranking, and what many such places amount to.

Right is a hypothesis with the published gene, disease and alleles, in the mode that their number
asks for. Alleles are compared as normalised. Hypotheses that an order does not tell apart count as
in an order by chance: of four on the places 1 to 4, the right one is first with a chance of 1/4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median

import numpy as np
from ranking_figures import Clusters, markdown
from spiked_cases import Spiked

from varinterp.model.case import LOG_ODDS_DECIMALS, CaseResult, RankedHypothesis

TOPS = (1, 5, 10)
_EFFECT = "score.effect"
Order = Callable[[RankedHypothesis], tuple[float, ...]]
"""What a ranking sorts by, least first."""


def as_shown(each: RankedHypothesis) -> tuple[float, ...]:
    """The order in which a person reads them."""
    return (each.rank,)


def without_effects(each: RankedHypothesis) -> tuple[float, ...]:
    """As shown, had no predicted effect counted: tiers, and the sum of all other parts."""
    counted = (
        part.log_odds for part in each.contributions if not part.reason.key.startswith(_EFFECT)
    )
    return (each.tier.section, -round(fsum(counted), LOG_ODDS_DECIMALS))


def by_log_odds(each: RankedHypothesis) -> tuple[float, ...]:
    """The sum of log-odds alone, whatever the tier."""
    return (-each.log_odds,)


def by_variant(each: RankedHypothesis) -> tuple[float, ...]:
    """The alleles alone: the weaker one's posterior probability."""
    return (-each.variant_score,)


def by_phenotype(each: RankedHypothesis) -> tuple[float, ...]:
    """The patient's terms alone."""
    return (-each.phenotype.log_lr if each.phenotype else 0.0,)


@dataclass(frozen=True, slots=True)
class Place:
    """How many stand before the right one, and how many, itself among them, where it stands."""

    before: int
    together: int

    def within(self, top: int) -> float:
        """Return the chance that it is among the first `top`."""
        return min(1.0, max(0.0, (top - self.before) / self.together))

    @property
    def middle(self) -> float:
        return self.before + (self.together + 1) / 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient's places: of the whole hypothesis, of its alleles in any disease, of the gene.

    None where no hypothesis of the kind was raised. Genes are counted once, at their best place.
    """

    case: Spiked
    exact: Place | None
    alleles: Place | None
    gene: Place | None
    hypotheses: int
    genes: int


def standing(case: Spiked, result: CaseResult, order: Order = as_shown) -> Standing:
    """Return where a patient's right hypothesis stands in an order of the ranking."""
    causal = {str(each) for each in _causal(case, result)}
    stated = {
        key.inheritance
        for each in result.ranking
        for key in each.keys
        if key.gene == case.hgnc and key.disease == case.disease and key.inheritance
    }
    mode = case.mode(stated)

    def alleles(each: RankedHypothesis) -> bool:
        keys = each.keys
        return keys[0].gene == case.hgnc and {str(key.allele) for key in keys} == causal

    def exact(each: RankedHypothesis) -> bool:
        first = each.keys[0]
        return first.disease == case.disease and first.inheritance is mode and alleles(each)

    placed = [(order(each), each) for each in result.ranking]
    best: dict[str, tuple[float, ...]] = {}
    for score, each in placed:
        gene = each.keys[0].gene
        best[gene] = min(score, best.get(gene, score))
    scores = [score for score, _ in placed]
    return Standing(
        case=case,
        exact=_place([s for s, each in placed if exact(each)], scores),
        alleles=_place([s for s, each in placed if alleles(each)], scores),
        gene=_place([best[case.hgnc]] if case.hgnc in best else [], list(best.values())),
        hypotheses=len(placed),
        genes=len(best),
    )


def _causal(case: Spiked, result: CaseResult) -> set[object]:
    wanted = {each.text for each in case.alleles}
    return {
        each.allele
        for each in result.candidates
        if str(each.allele) in wanted or each.original in wanted
    }


def _place(right: list[tuple[float, ...]], scores: list[tuple[float, ...]]) -> Place | None:
    if not right:
        return None
    own = min(right)
    return Place(sum(score < own for score in scores), sum(score == own for score in scores))


HEAD = ("ranked by", "n", *(f"top {top}" for top in TOPS), "median place", "not raised")


def row(name: str, cases: Sequence[Spiked], places: Sequence[Place | None]) -> list[str]:
    """Return a row of a table: shares in percent with intervals that resample diseases.

    Who has no place is in no top, and last for the median.
    """
    clusters = Clusters([case.disease for case in cases])
    tops = [clusters.micro(np.array([_within(each, top) for each in places])) for top in TOPS]
    middle = median(each.middle if each else float("inf") for each in places)
    missing = sum(each is None for each in places)
    return [name, str(len(cases)), *map(str, tops), f"{middle:g}", str(missing)]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as Markdown under `HEAD`."""
    return markdown(HEAD, rows)


def _within(place: Place | None, top: int) -> float:
    return place.within(top) if place else 0.0
