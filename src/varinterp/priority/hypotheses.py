"""The hypotheses that a case raises: each candidate in each disease of its gene, in each mode.

A gene that no release ties to a disease raises the explicit hypothesis *no known disease*. A
recessive disease is asked of a homozygous allele, of every pair of heterozygous ones, and of every
allele beside a copy number that touches the gene. An X-linked one is asked of a woman's
heterozygous alleles in pairs too. Every mode is answered for all candidates at once
(`priority.answered`); here each hypothesis takes its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from varinterp.inheritance.copies import second_hit
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.assessment import CORE, NO_KNOWN_DISEASE, AssessmentKey
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import Candidate, Case
from varinterp.model.facts import GeneLinks
from varinterp.model.fit import Answer, Fit
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.priority.answered import Answered

Specified = Callable[[str, str, Inheritance | None], str | None]
"""Tells which gene specification holds for a gene, a disease and a mode, if one does."""

Incomplete = Callable[[str], bool]
"""Tells whether rules, by their name, state that penetrance is incomplete."""


def _full(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One allele, or two, in one disease and mode; and whether the genotypes fit.

    `copy` is the second hit where that is a copy number; the one key is then the small allele's.
    """

    keys: tuple[AssessmentKey, ...]
    link: GeneDisease | None
    fit: Fit
    copy: CarriedCopy | None = None


def raise_hypotheses(
    case: Case,
    candidates: Sequence[Candidate],
    known: Mapping[str, GeneLinks],
    limits: FamilyLimits,
    specified: Specified,
    copies: Sequence[CarriedCopy] = (),
    incomplete: Incomplete = _full,
) -> tuple[Hypothesis, ...]:
    """Return every hypothesis of a case; `known` maps a gene's HGNC id to its diseases.

    `copies` are the patient's copy numbers.
    """
    ordered = sorted(candidates, key=lambda c: (c.consequence.hgnc, c.allele))
    raising = _Raising(case, Answered.of(case.family, ordered, limits), specified, incomplete)
    return tuple(
        hypothesis
        for gene, group in groupby(range(len(ordered)), key=lambda at: ordered[at].consequence.hgnc)
        for hypothesis in raising.of_gene(
            gene, tuple(group), known.get(gene), [each for each in copies if second_hit(each, gene)]
        )
    )


@dataclass(frozen=True, slots=True)
class _Raising:
    """A case, its answers, and which rules hold; candidates are named by their place in it."""

    case: Case
    answered: Answered
    specified: Specified
    incomplete: Incomplete

    def of_gene(
        self,
        gene: str,
        places: tuple[int, ...],
        known: GeneLinks | None,
        copies: Sequence[CarriedCopy],
    ) -> Iterator[Hypothesis]:
        """Yield the hypotheses of one gene's candidates."""
        if known is None or not known.links:
            for at in places:
                yield Hypothesis((self._key(at, None, CORE),), None, self.answered.any_mode(at))
            return
        for link in known.links:
            rules = self.specified(gene, link.disease, link.inheritance) or CORE
            if link.inheritance is Inheritance.AUTOSOMAL_RECESSIVE:
                yield from self._recessive(places, link, rules, copies)
            else:
                incomplete = self.incomplete(rules)
                for at in places:
                    fit = self.answered.single(at, link.inheritance, incomplete=incomplete)
                    yield Hypothesis((self._key(at, link, rules),), link, fit)
                if link.inheritance is Inheritance.X_LINKED:
                    yield from self._x_pairs(places, link, rules)

    def _recessive(
        self,
        places: tuple[int, ...],
        link: GeneDisease,
        rules: str,
        copies: Sequence[CarriedCopy],
    ) -> Iterator[Hypothesis]:
        """Homozygotes alone; heterozygotes in pairs, or alone when there is no other hit.

        What looks homozygous is not asked alone where it fits as one copy over a loss.
        """
        heterozygous = [at for at in places if self.answered.heterozygous(at)]
        beside = {
            at: [
                (copy, self.answered.with_copy(at, copy))
                for copy in copies
                if self.answered.pairs_with(at, copy)
            ]
            for at in places
        }
        for at in places:
            if at in heterozygous:
                paired = len(heterozygous) > 1 or bool(beside[at])
            else:
                paired = any(fit.answer is Answer.FITS for _, fit in beside[at])
            if not paired:
                fit = self.answered.single(at, Inheritance.AUTOSOMAL_RECESSIVE)
                yield Hypothesis((self._key(at, link, rules),), link, fit)
        for one, other in combinations(heterozygous, 2):
            keys = (self._key(one, link, rules), self._key(other, link, rules))
            yield Hypothesis(keys, link, self.answered.pair(one, other))
        for at, hits in beside.items():
            for copy, fit in hits:
                yield Hypothesis((self._key(at, link, rules),), link, fit, copy)

    def _x_pairs(
        self, places: tuple[int, ...], link: GeneDisease, rules: str
    ) -> Iterator[Hypothesis]:
        """A woman's heterozygous alleles in pairs, beside each of them alone.

        No release says which X-linked disease needs both copies of a woman's.
        """
        incomplete = self.incomplete(rules)
        for one, other in combinations(filter(self.answered.x_paired, places), 2):
            keys = (self._key(one, link, rules), self._key(other, link, rules))
            yield Hypothesis(keys, link, self.answered.x_pair(one, other, incomplete=incomplete))

    def _key(self, at: int, link: GeneDisease | None, rules: str) -> AssessmentKey:
        candidate = self.answered.candidates[at]
        return AssessmentKey(
            case=self.case.id,
            allele=candidate.allele,
            gene=candidate.consequence.hgnc,
            disease=NO_KNOWN_DISEASE if link is None else link.disease,
            inheritance=None if link is None else link.inheritance,
            rules=rules,
        )
