"""The hypotheses that a case raises: each candidate in each disease of its gene, in each mode.

A gene that no release ties to a disease raises the explicit hypothesis *no known disease*. A
recessive disease is asked of a homozygous allele, and of every pair of heterozygous ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from varinterp.inheritance import compound, dominant, recessive, x_linked
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.assessment import CORE, NO_KNOWN_DISEASE, AssessmentKey
from varinterp.model.case import Candidate, Case
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import GeneLinks
from varinterp.model.fit import Fit, does_not_fit, unknown
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.model.genotype import Zygosity

Specified = Callable[[str, str, Inheritance | None], str | None]
"""Tells which gene specification holds for a gene, a disease and a mode, if one does."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One allele, or two, in one disease and mode; and whether the genotypes fit."""

    keys: tuple[AssessmentKey, ...]
    link: GeneDisease | None
    fit: Fit


def raise_hypotheses(
    case: Case,
    candidates: Sequence[Candidate],
    known: Mapping[str, GeneLinks],
    limits: TrioLimits,
    specified: Specified,
) -> tuple[Hypothesis, ...]:
    """Return every hypothesis of a case; `known` maps a gene's HGNC id to its diseases."""
    by_gene = sorted(candidates, key=lambda c: (c.consequence.hgnc, c.allele))
    return tuple(
        hypothesis
        for gene, group in groupby(by_gene, key=lambda c: c.consequence.hgnc)
        for hypothesis in _of_gene(case, tuple(group), known.get(gene), limits, specified)
    )


def _of_gene(
    case: Case,
    candidates: tuple[Candidate, ...],
    known: GeneLinks | None,
    limits: TrioLimits,
    specified: Specified,
) -> Iterator[Hypothesis]:
    if known is None or not known.links:
        for candidate in candidates:
            key = _key(case, candidate, None, CORE)
            yield Hypothesis((key,), None, _any_mode(case, candidate, limits))
        return
    for link in known.links:
        rules = specified(candidates[0].consequence.hgnc, link.disease, link.inheritance) or CORE
        if link.inheritance is Inheritance.AUTOSOMAL_RECESSIVE:
            yield from _recessive(case, candidates, link, rules)
        else:
            for candidate in candidates:
                fit = _SINGLE_ALLELE[link.inheritance](case, candidate, limits)
                yield Hypothesis((_key(case, candidate, link, rules),), link, fit)


def _recessive(
    case: Case, candidates: tuple[Candidate, ...], link: GeneDisease, rules: str
) -> Iterator[Hypothesis]:
    """Homozygotes alone; heterozygotes in pairs, or alone when there is no other."""
    heterozygous = [c for c in candidates if _zygosity(case, c) is Zygosity.HETEROZYGOUS]
    for candidate in candidates:
        if candidate in heterozygous and len(heterozygous) > 1:
            continue
        fit = recessive.fit(case.family, candidate.genotypes)
        yield Hypothesis((_key(case, candidate, link, rules),), link, fit)
    for index, one in enumerate(heterozygous):
        for other in heterozygous[index + 1 :]:
            fit = compound.fit(case.family, one.genotypes, other.genotypes, other.allele)
            keys = (_key(case, one, link, rules), _key(case, other, link, rules))
            yield Hypothesis(keys, link, fit)


def _any_mode(case: Case, candidate: Candidate, limits: TrioLimits) -> Fit:
    """Without a disease there is no mode to fit: the best that the chromosome allows is shown."""
    if candidate.allele.chromosome is Chromosome.MT:
        return _mitochondrial(case, candidate, limits)
    answers = [_dominant(case, candidate, limits), recessive.fit(case.family, candidate.genotypes)]
    if candidate.allele.chromosome is Chromosome.X:
        answers.append(_x_linked(case, candidate, limits))
    return min(answers, key=lambda fit: fit.answer.rank)


def _dominant(case: Case, candidate: Candidate, limits: TrioLimits) -> Fit:
    return dominant.fit(case.family, candidate.genotypes, limits)


def _x_linked(case: Case, candidate: Candidate, limits: TrioLimits) -> Fit:
    return x_linked.fit(case.family, candidate.genotypes, candidate.allele)


def _mitochondrial(case: Case, candidate: Candidate, limits: TrioLimits) -> Fit:
    if not _zygosity(case, candidate).carries:
        return does_not_fit("inheritance.proband_without_allele")
    return unknown("inheritance.mitochondrial_not_built")


_SINGLE_ALLELE: Mapping[Inheritance, Callable[[Case, Candidate, TrioLimits], Fit]] = (
    MappingProxyType(
        {
            Inheritance.AUTOSOMAL_DOMINANT: _dominant,
            Inheritance.X_LINKED: _x_linked,
            Inheritance.MITOCHONDRIAL: _mitochondrial,
        }
    )
)


def _zygosity(case: Case, candidate: Candidate) -> Zygosity:
    return candidate.genotypes.of(case.family.proband_id).zygosity


def _key(case: Case, candidate: Candidate, link: GeneDisease | None, rules: str) -> AssessmentKey:
    return AssessmentKey(
        case=case.id,
        allele=candidate.allele,
        gene=candidate.consequence.hgnc,
        disease=NO_KNOWN_DISEASE if link is None else link.disease,
        inheritance=None if link is None else link.inheritance,
        rules=rules,
    )
