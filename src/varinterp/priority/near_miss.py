"""Near misses: what would be proposed if one thing were known, or were otherwise.

    single hit     a gene of a recessive disease that the patient has a term of holds one good
                   heterozygous allele, and no hypothesis of the disease is shown
    phase unknown  two alleles of such a gene with a good one among them, whose phase nothing tells
    at the gates   an allele beside a good single hit that became no candidate: it may be the second

*Good* is an allele that is (likely) pathogenic to us or to others, or uncertain in its upper third.
Diseases that none of the patient's terms is of are never looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from varinterp.model.assessment import PATHOGENIC, Assessment, AssessmentKey, Uncertainty
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.model.clinvar import Assertion
from varinterp.model.evidence import Reason
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.priority.gated import Gated
from varinterp.priority.placed import EXACT, IN_CIS, undisputed
from varinterp.priority.score import PHASE_UNKNOWN

_SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)
_NOTHING: Mapping[str, Sequence[Gated]] = MappingProxyType({})


class Miss(StrEnum):
    """What a near miss lacks."""

    SINGLE_HIT = "single_hit"
    PHASE_UNKNOWN = "phase_unknown"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A gene and disease that one thing keeps from being proposed.

    `keys` name the good alleles' assessments, `rank` the best place that holds them; `second` are
    alleles of the gene that became no candidates, each with the gate that it failed.
    """

    kind: Miss
    gene: str
    disease: str
    disease_name: str | None
    keys: tuple[AssessmentKey, ...]
    rank: int
    reason: Reason
    second: tuple[Gated, ...] = ()


def near_misses(
    result: CaseResult, known_stars: float, gated: Mapping[str, Sequence[Gated]] = _NOTHING
) -> tuple[NearMiss, ...]:
    """Return a case's near misses in the order of its ranking.

    `known_stars` are ClinVar's from which others' word counts (``rank.known_stars``). `gated` holds
    what became no candidate, by gene (HGNC id); where it lacks a gene, nobody looked.
    """
    assessed = {each.key: each for each in result.assessments}
    good = {key for key, each in assessed.items() if _good(each, known_stars)}
    places = sorted(filter(_recessive_match, result.ranking), key=_disease)
    found = [
        miss
        for _, group in groupby(places, key=_disease)
        for miss in _of_disease(result, list(group), good, gated)
    ]
    return tuple(sorted(found, key=lambda miss: miss.rank))


def _recessive_match(place: RankedHypothesis) -> bool:
    rows = () if place.phenotype is None else place.phenotype.rows
    recessive = place.keys[0].inheritance is Inheritance.AUTOSOMAL_RECESSIVE
    return recessive and any(row.kind == EXACT for row in rows)


def _disease(place: RankedHypothesis) -> tuple[str, str]:
    return (place.keys[0].gene, place.keys[0].disease)


def _of_disease(
    result: CaseResult,
    places: list[RankedHypothesis],
    good: set[AssessmentKey],
    gated: Mapping[str, Sequence[Gated]],
) -> Iterator[NearMiss]:
    """Yield the near misses of one gene and disease, from its places in order of rank."""
    shown = [place for place in places if place.tier in _SHOWN]
    for place in shown:
        if place.fit.reason.key in PHASE_UNKNOWN and not good.isdisjoint(place.keys):
            reason = Reason.of("near_miss.phase_unknown")
            yield _miss(Miss.PHASE_UNKNOWN, place, place.keys, reason)
    if shown:
        return
    hits = _single_hits(result, places, good)
    if hits:
        first = next(place for place in places if hits[0] in place.keys)
        beside = gated.get(hits[0].gene)
        if beside is None:
            reason = Reason.of("near_miss.single_hit", alleles=len(hits))
            yield _miss(Miss.SINGLE_HIT, first, hits, reason)
            return
        second = _second_hits(beside)
        reason = Reason.of("near_miss.single_hit_beside", alleles=len(hits), second=len(second))
        yield _miss(Miss.SINGLE_HIT, first, hits, reason, second)


def _miss(
    kind: Miss,
    place: RankedHypothesis,
    keys: tuple[AssessmentKey, ...],
    reason: Reason,
    second: tuple[Gated, ...] = (),
) -> NearMiss:
    gene, disease = _disease(place)
    return NearMiss(kind, gene, disease, place.disease_name, keys, place.rank, reason, second)


def _single_hits(
    result: CaseResult, places: Sequence[RankedHypothesis], good: set[AssessmentKey]
) -> tuple[AssessmentKey, ...]:
    """Return the good alleles of which the proband has one copy, in order of the ranking.

    There are none where two good hits lie on two copies and were set aside for another reason.
    """
    if any(_two_hits(place, good) for place in places):
        return ()
    proband = result.case.family.proband_id
    candidates = {(each.allele, each.consequence.hgnc): each for each in result.candidates}
    keys = dict.fromkeys(key for place in places for key in place.keys if key in good)
    return tuple(
        key
        for key in keys
        if candidates[key.allele, key.gene].genotypes.of(proband).zygosity is Zygosity.HETEROZYGOUS
    )


def _two_hits(place: RankedHypothesis, good: set[AssessmentKey]) -> bool:
    beside_copy = place.fit.copy_number is not None and place.fit.answer is not Answer.DOES_NOT_FIT
    paired = len(place.keys) > 1 or beside_copy
    return paired and good.issuperset(place.keys) and place.fit.reason.key not in IN_CIS


def _second_hits(gated: Sequence[Gated]) -> tuple[Gated, ...]:
    """Return the alleles that the proband carries, those that failed the fewest gates first.

    What is more common than any allele that the gate for known ones lets through is none.
    """
    found = (each for each in gated if each.carried and not _too_common(each))
    return tuple(sorted(found, key=lambda each: (len(each.failed), each.allele)))


def _too_common(gated: Gated) -> bool:
    facts = next((dict(reason.facts) for name, reason in gated.failed if name == "known"), {})
    frequency, limit = facts.get("frequency"), facts.get("limit")
    if not isinstance(frequency, float) or not isinstance(limit, float):
        return False
    return frequency > limit


def _good(assessed: Assessment, known_stars: float) -> bool:
    return (
        assessed.machine.points in PATHOGENIC
        or assessed.uncertainty is Uncertainty.HIGH
        or _pathogenic_to_others(assessed.external, known_stars)
    )


def _pathogenic_to_others(said: Assertion | None, known_stars: float) -> bool:
    """Stars that nobody knows are heard here: a near miss hides nothing and moves nothing."""
    if said is None or not undisputed(said):
        return False
    return said.stars is None or said.stars >= known_stars
