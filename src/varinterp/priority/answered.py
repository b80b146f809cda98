"""What every mode of inheritance answers of a case's candidates, asked once for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, groupby
from typing import Self

import numpy as np

from varinterp.inheritance import (
    compound,
    dominant,
    mitochondrial,
    recessive,
    x_linked,
    x_linked_pair,
    y_linked,
)
from varinterp.inheritance.calls import Call, CallTable
from varinterp.inheritance.copies import codes_of, spans
from varinterp.inheritance.limits import FamilyLimits
from varinterp.inheritance.pair_tables import PairAnswers
from varinterp.inheritance.pairs import Pairs, beside_copies, pairs_of
from varinterp.inheritance.tables import Answers
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.model.family import Family, Sex
from varinterp.model.fit import Fit, does_not_fit
from varinterp.model.gene_disease import Inheritance


@dataclass(frozen=True)
class Answered:
    """Candidates, those of a gene beside each other; their calls, and what was asked for."""

    candidates: tuple[Candidate, ...]
    calls: CallTable
    known: dict[tuple[str, bool], Answers] = field(default_factory=dict)
    x_pairs: dict[bool, PairAnswers] = field(default_factory=dict)

    @classmethod
    def of(cls, family: Family, candidates: Sequence[Candidate], limits: FamilyLimits) -> Self:
        """Tabulate the calls of a family's candidates."""
        table = CallTable.of(family, [each.genotypes for each in candidates], limits)
        return cls(tuple(candidates), table)

    def single(self, at: int, mode: Inheritance, *, incomplete: bool = False) -> Fit:
        """Answer for one allele in a disease of that mode."""
        allele = self.candidates[at].allele
        if mode is Inheritance.AUTOSOMAL_RECESSIVE:
            return self._recessive(at)
        if mode is Inheritance.AUTOSOMAL_DOMINANT:
            return self._dominant(at, incomplete)
        if mode is Inheritance.MITOCHONDRIAL:
            if allele.chromosome is not Chromosome.MT:
                return does_not_fit("inheritance.not_mitochondrial")
            return self._mitochondrial(at)
        if x_linked.on_x_alone(allele):
            return self._x_linked(at, incomplete)
        if is_pseudoautosomal(allele.chromosome, allele.position):
            return self._dominant(at, incomplete)
        return does_not_fit("inheritance.not_x_linked")

    def any_mode(self, at: int) -> Fit:
        """Without a disease there is no mode to fit: the best that the chromosome allows."""
        allele = self.candidates[at].allele
        if allele.chromosome is Chromosome.MT:
            return self._mitochondrial(at)
        if x_linked.on_x_alone(allele):
            return self._x_linked(at, False)
        if y_linked.on_y_alone(allele):
            return self._ask("y_linked", False, y_linked.answers).fit(at)
        found = (self._dominant(at, False), self._recessive(at))
        return min(found, key=lambda fit: fit.answer.rank)

    def heterozygous(self, at: int) -> bool:
        """Whether the proband was called with one copy of two."""
        return self._own(at).one_of_two

    def pairs_with(self, at: int, copy: CarriedCopy) -> bool:
        """Whether an allele and a copy number of its gene are asked as a pair.

        An allele without an intact copy beside it is, where a loss spans it.
        """
        own = self._own(at)
        over = own.every_copy and spans(copy, self.candidates[at].allele)
        return over or own.one_of_two

    def x_paired(self, at: int) -> bool:
        """Whether an allele is one of two that a woman's X may have: heterozygous, on X alone."""
        on_x = x_linked.on_x_alone(self.candidates[at].allele)
        return on_x and self.calls.family.proband.sex is Sex.FEMALE and self.heterozygous(at)

    def pair(self, one: int, other: int) -> Fit:
        """Answer for two heterozygous alleles of a gene, in their order, in a recessive disease."""
        return self._pair(one, other, self._recessive_pairs)

    def x_pair(self, one: int, other: int, *, incomplete: bool = False) -> Fit:
        """Answer for two alleles that are `x_paired`, in their order, in an X-linked disease."""
        if incomplete not in self.x_pairs:
            pairs = self._pairs[1]
            self.x_pairs[incomplete] = x_linked_pair.answers(pairs, incomplete=incomplete)
        return self._pair(one, other, self.x_pairs[incomplete])

    def _pair(self, one: int, other: int, answers: PairAnswers) -> Fit:
        fit = answers.fit(self._pairs[0][one, other])
        return replace(fit, partner=self.candidates[other].allele)

    @cached_property
    def _recessive_pairs(self) -> PairAnswers:
        return compound.answers(self._pairs[1])

    @cached_property
    def _pairs(self) -> tuple[dict[tuple[int, int], int], Pairs]:
        """Every pair of heterozygous alleles of a gene, and everybody's calls of them."""
        groups = groupby(
            range(len(self.candidates)), key=lambda at: self.candidates[at].consequence.hgnc
        )
        pairs = [
            pair
            for _, group in groups
            for pair in combinations(filter(self.heterozygous, group), 2)
        ]
        one, other = (np.array(each, np.intp) for each in zip(*pairs, strict=True))
        places = {pair: at for at, pair in enumerate(pairs)}
        return places, pairs_of(self.calls, one, other)

    def with_copy(self, at: int, copy: CarriedCopy) -> Fit:
        """Answer for an allele and a copy number in a recessive disease."""
        pairs = beside_copies(
            self.calls,
            np.array([at]),
            codes_of(copy, self.calls.family)[:, None],
            np.array([spans(copy, self.candidates[at].allele)]),
        )
        return replace(compound.answers(pairs).fit(0), copy_number=copy.copy_number)

    def _own(self, at: int) -> Call:
        return Call(int(self.calls.codes[self.calls.proband, at]))

    def _recessive(self, at: int) -> Fit:
        return self._ask("recessive", False, recessive.answers).fit(at)

    def _dominant(self, at: int, incomplete: bool) -> Fit:
        def ask(calls: CallTable) -> Answers:
            return dominant.answers(calls, incomplete=incomplete)

        return self._ask("dominant", incomplete, ask).fit(at)

    def _x_linked(self, at: int, incomplete: bool) -> Fit:
        def ask(calls: CallTable) -> Answers:
            return x_linked.answers(calls, incomplete=incomplete)

        return self._ask("x_linked", incomplete, ask).fit(at)

    def _mitochondrial(self, at: int) -> Fit:
        return self._ask("mitochondrial", False, mitochondrial.answers).fit(at)

    def _ask(self, mode: str, incomplete: bool, ask: Callable[[CallTable], Answers]) -> Answers:
        """Answer a mode for every candidate, once."""
        key = (mode, incomplete)
        if key not in self.known:
            self.known[key] = ask(self.calls)
        return self.known[key]
