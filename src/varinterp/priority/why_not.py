"""Why a gene that somebody asks about is not among what is proposed, step by step.

A pure function of a case's result and of what its family's alleles met at the gates. It names no
disease that is none of the patient's: of such a one it says that, and no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from varinterp.model.assessment import NO_KNOWN_DISEASE, AssessmentKey
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.model.evidence import Reason
from varinterp.model.facts import GENE_LINKS, GeneLinks
from varinterp.model.variant import Allele
from varinterp.priority.gated import Gated

_SHOWN = (Tier.PROPOSED, Tier.KNOWN_ALLELE, Tier.POSSIBLE)


@dataclass(frozen=True, slots=True)
class AskedGene:
    """What is asked: a gene by its HGNC id, and what is known of it beside the case's result.

    `links` are the releases' diseases of the gene, None where nobody looked; `gated` its alleles in
    the family that became no candidate.
    """

    hgnc: str
    links: GeneLinks | None = None
    gated: tuple[Gated, ...] = ()


@dataclass(frozen=True, slots=True)
class AlleleAnswer:
    """What became of one allele, in order; `rank` is its best place, None outside the ranking.

    `gates` names the gate that each of `reasons` is about, of an allele that passed none.
    """

    allele: Allele
    rank: int | None
    reasons: tuple[Reason, ...]
    gates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GeneAnswer:
    """The answer: `proposed` when a hypothesis of the gene is shown, and the way to it.

    `reasons` are of the gene as a whole; `alleles` come in reading order, those outside the ranking
    last.
    """

    hgnc: str
    proposed: bool
    reasons: tuple[Reason, ...]
    alleles: tuple[AlleleAnswer, ...]


def why_not(result: CaseResult, asked: AskedGene) -> GeneAnswer:
    """Return at which step each allele of a gene was set aside, or why there is none."""
    places = [place for place in result.ranking if place.keys[0].gene == asked.hgnc]
    places.sort(key=lambda place: place.rank)
    candidates = {
        each.allele: each for each in result.candidates if each.consequence.hgnc == asked.hgnc
    }
    ranked = [_candidate(allele, places, result) for allele in candidates]
    ranked.sort(key=lambda answer: (answer.rank is None, answer.rank or 0, answer.allele))
    gated = sorted(asked.gated, key=lambda each: each.allele)
    aside = [_gated(each) for each in gated if each.allele not in candidates]
    return GeneAnswer(
        hgnc=asked.hgnc,
        proposed=any(place.tier in _SHOWN for place in places),
        reasons=tuple(_of_gene(result, asked, len(candidates), len(aside))),
        alleles=(*ranked, *aside),
    )


def _of_gene(result: CaseResult, asked: AskedGene, candidates: int, aside: int) -> Iterator[Reason]:
    links = asked.links or result.facts.get((GENE_LINKS.source, asked.hgnc))
    if isinstance(links, GeneLinks):
        if links.links:
            yield Reason.of("why_not.diseases", diseases=len({x.disease for x in links.links}))
        else:
            yield Reason.of("why_not.no_known_disease")
    if candidates:
        yield Reason.of("why_not.candidates", alleles=candidates, aside=aside)
    elif aside:
        yield Reason.of("why_not.no_candidate", alleles=aside)
    else:
        yield Reason.of("why_not.no_allele")


def _gated(gated: Gated) -> AlleleAnswer:
    if not gated.carried:
        return AlleleAnswer(gated.allele, None, (Reason.of("why_not.not_carried"),))
    if not gated.failed:
        return AlleleAnswer(gated.allele, None, (Reason.of("why_not.no_gate"),))
    gates, failed = zip(*gated.failed, strict=True)
    return AlleleAnswer(gated.allele, None, failed, gates)


def _candidate(
    allele: Allele, places: Sequence[RankedHypothesis], result: CaseResult
) -> AlleleAnswer:
    held = [place for place in places if any(key.allele == allele for key in place.keys)]
    if not held:
        return AlleleAnswer(allele, None, (Reason.of("why_not.no_hypothesis"),))
    told = dict.fromkeys(
        reason for place in held for reason in _place(place, _key(place, allele), result)
    )
    return AlleleAnswer(allele, held[0].rank, tuple(told))


def _key(place: RankedHypothesis, allele: Allele) -> AssessmentKey:
    return next(key for key in place.keys if key.allele == allele)


def _place(place: RankedHypothesis, key: AssessmentKey, result: CaseResult) -> Iterator[Reason]:
    """Yield a place in the ranking and why it is in its tier; an unrelated disease is not named."""
    acmg_class = result.assessment(key).machine.points
    if place.tier is Tier.UNRELATED:
        yield place.reason
    elif key.disease == NO_KNOWN_DISEASE:
        yield Reason.of(
            "why_not.placed_without_disease",
            rank=place.rank,
            tier=place.tier,
            acmg_class=acmg_class,
        )
        yield place.reason
    else:
        yield Reason.of(
            "why_not.placed",
            rank=place.rank,
            tier=place.tier,
            disease=key.disease,
            mode=key.inheritance,
            acmg_class=acmg_class,
            score=place.score,
        )
        yield place.reason
        if place.reason != place.fit.reason:
            yield place.fit.reason
