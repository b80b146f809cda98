"""What a hypothesis' log-odds are the sum of, each part with its reason.

    prior       log-odds that an allele is the cause, before anything is known of it
    phenotype   log likelihood ratio of the patient's terms, were the disease theirs
    variant     log-odds that the evidence on the allele adds; of two alleles, both must be causal;
                and what a predicted effect adds where the criterion that would speak cannot
    genotype    how the family's genotypes fit, and how the allele runs in the family
    validity    log of the probability that the gene causes the disease
    panel       the gene is on a panel that the case asked for

Missing is no evidence: a part of which nothing is known adds 0, and says so.
"""

from collections.abc import Iterator, Sequence
from math import log

from varinterp.model.case import Contribution, Part
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.priority.placed import EXACT, Placed
from varinterp.priority.weights import DECIMALS, logit

PHASE_UNKNOWN = ("inheritance.phase_unknown", "inheritance.copy_phase_unknown")
"""Why a pair cannot be told: of two small alleles, or of one beside a copy number."""
NOTHING = "nothing"
"""Of an allele of a pair: no effect counts that a criterion did not speak of."""


def contributions(placed: Placed) -> tuple[Contribution, ...]:
    """Return everything that adds to a hypothesis' log-odds, in the order of `Part`."""
    prior = placed.weights.prior
    return (
        _part(Part.PRIOR, logit(prior), Reason.of("score.prior", share=prior)),
        _phenotype(placed),
        *_variant(placed),
        *_genotype(placed),
        _validity(placed),
        *_panel(placed),
    )


def pathogenicity(placed: Placed) -> float:
    """Return the probability that every hit is pathogenic, taken as independent."""
    return _all_pathogenic(placed, [each.all_points for each in placed.alleles])


def _all_pathogenic(placed: Placed, points: Sequence[float]) -> float:
    found = 1.0
    for each in points:
        found *= placed.weights.probability(each)
    copy = placed.hypothesis.copy
    return found if copy is None else found * placed.weights.copy_number[copy.held]


def _part(part: Part, log_odds: float, reason: Reason) -> Contribution:
    # adding zero makes a negative zero a positive one: the same bytes for the same number
    return Contribution(part, round(log_odds, DECIMALS) + 0.0, reason)


def _phenotype(placed: Placed) -> Contribution:
    match = placed.phenotype
    if match is None:
        return _part(Part.PHENOTYPE, 0.0, Reason.of("score.phenotype_not_assessed"))
    exact, terms, log_odds = placed.matching(EXACT), placed.terms, match.log_lr
    if placed.link is None or not match.modes or placed.link.inheritance in match.modes:
        reason = Reason.of("score.phenotype", exact=exact, terms=terms)
    else:
        reason = Reason.of("score.phenotype_other_mode", exact=exact, terms=terms)
        log_odds += placed.weights.mode_mismatch
    return _part(Part.PHENOTYPE, placed.weights.phenotype * log_odds, reason)


def _variant(placed: Placed) -> Iterator[Contribution]:
    yield _part(Part.VARIANT, by_points := _adds(placed, _points(placed)), _evidence(placed))
    effects = [each.effect for each in placed.alleles]
    if any(effects):
        points = [each.all_points for each in placed.alleles]
        yield _part(Part.VARIANT, _adds(placed, points) - by_points, _predicted(placed))


def _points(placed: Placed) -> list[int]:
    return [each.points for each in placed.alleles]


def _adds(placed: Placed, points: Sequence[float]) -> float:
    """Return the log-odds that points add: an allele's own, or those that every hit is causal."""
    weights = placed.weights
    if len(points) == 1 and placed.hypothesis.copy is None:
        return weights.of_points(points[0])
    return logit(_all_pathogenic(placed, points)) - logit(weights.prior)


def _evidence(placed: Placed) -> Reason:
    points, copy = _points(placed), placed.hypothesis.copy
    share = round(_all_pathogenic(placed, points), 4)
    if copy is not None:
        return Reason.of(
            "score.variant_and_copy_number", sum_of_points=points[0], held=copy.held, share=share
        )
    if len(points) == 1:
        return Reason.of("score.variant", sum_of_points=points[0])
    return Reason.of("score.variant_pair", one=points[0], other=points[1], share=share)


def _predicted(placed: Placed) -> Reason:
    alleles = placed.alleles
    if len(alleles) == 1:
        effect, points = alleles[0].effect, alleles[0].effect_points
        return Reason.of("score.effect", predicted=effect, as_points=points)
    one, other = (each.effect or NOTHING for each in alleles)
    return Reason.of("score.effect_pair", predicted_one=one, predicted_other=other)


def _genotype(placed: Placed) -> Iterator[Contribution]:
    weights, fit = placed.weights, placed.fit
    if fit.answer is Answer.DOES_NOT_FIT:
        reason = Reason.of("score.genotype_contradicts")
        yield _part(Part.GENOTYPE, log(weights.contradicted), reason)
    elif fit.reason.key in PHASE_UNKNOWN:
        reason = Reason.of("score.genotype_phase_unknown")
        yield _part(Part.GENOTYPE, log(weights.phase_unknown), reason)
    elif fit.answer is Answer.UNKNOWN:
        yield _part(Part.GENOTYPE, 0.0, Reason.of("score.genotype_unknown"))
    else:
        yield _part(Part.GENOTYPE, 0.0, Reason.of("score.genotype_fits"))
    points = sum(each.family for each in placed.alleles)
    if points:
        reason = Reason.of("score.genotype_family", sum_of_points=points)
        yield _part(Part.GENOTYPE, weights.of_points(points), reason)


def _validity(placed: Placed) -> Contribution:
    link, weights = placed.link, placed.weights
    if link is None:
        reason = Reason.of("score.validity_none")
        return _part(Part.VALIDITY, log(weights.no_known_disease), reason)
    share = weights.validity.get(link.validity, weights.no_known_disease)
    return _part(Part.VALIDITY, log(share), Reason.of("score.validity", validity=link.validity))


def _panel(placed: Placed) -> Iterator[Contribution]:
    if placed.panels.boost is not None:
        yield _part(Part.PANEL, placed.weights.panel, placed.panels.boost)
