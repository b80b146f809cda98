"""What the ranking weighs by: its rules, read once for a case.

All of them are rules under ``rank.``, and the entries of gene lists, which stand among the rules
under the name of what they are for: ``noise/HGNC:4931``, ``secondary/HGNC:1100``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, log
from typing import Self

from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Criterion
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Validity
from varinterp.priority.effect import Effect

DECIMALS = 4
"""Log-odds are rounded, so that the last bits of a platform's logarithm order no two hypotheses."""


class ListUse(StrEnum):
    """What a list of genes and alleles is for.

    *Noise* are published genes of recurrent false findings, *laboratory* a laboratory's own genes
    and alleles; *secondary* the genes whose findings may be reported to people who consented.
    """

    NOISE = "noise"
    LABORATORY = "laboratory"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of a gene or an allele, and where that comes from.

    `mode` is the one mode of inheritance that it is about, in people whose every copy is hit;
    empty for any mode, and for a carrier of one too where the mode needs no more.
    """

    title: str
    says: str
    source: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """The rules of the ranking. Probabilities are shares of 1.

    `left_out` are criteria that do not count as evidence on the allele, `family` those of them that
    count as evidence of the family's genotypes. `validity` gives the probability that a link of a
    class holds, `copy_number` that a copy number of a class disables the copy that it lies on.
    `effect` are the points of a predicted effect that no criterion spoke of.
    `mode_mismatch` is in log-odds; `slope` and `unsolved` are b and u of `priority.chance`.
    `listed` holds the entries of gene lists by use and by gene (HGNC id) or allele.
    """

    prior: float
    phenotype: float
    very_strong: float
    left_out: frozenset[Criterion]
    family: frozenset[Criterion]
    phase_unknown: float
    contradicted: float
    no_known_disease: float
    validity: Mapping[Validity, float]
    copy_number: Mapping[AcmgClass, float]
    effect: Mapping[Effect, float]
    mode_mismatch: float
    slope: float
    unsolved: float
    known_stars: float
    panel: float
    panel_levels: tuple[str, ...]
    listed: Mapping[tuple[ListUse, str], Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, Rule]) -> Self:
        """Read from all rules; raise KeyError or TypeError when one is not there, or not a number.

        Links of a class that raises no hypothesis have no rule.
        """
        return cls(
            prior=_number(values, "rank.prior"),
            phenotype=_number(values, "rank.phenotype_weight"),
            very_strong=_number(values, "rank.very_strong"),
            left_out=_criteria(values, "rank.left_out"),
            family=_criteria(values, "rank.family"),
            phase_unknown=_number(values, "rank.genotype.phase_unknown"),
            contradicted=_number(values, "rank.genotype.contradicted"),
            no_known_disease=_number(values, "rank.validity.none"),
            validity={
                each: _number(values, f"rank.validity.{each}")
                for each in Validity
                if each.raises_hypotheses
            },
            copy_number={each: _number(values, f"rank.copy_number.{each}") for each in AcmgClass},
            effect={each: _number(values, f"rank.effect.{each}") for each in Effect},
            mode_mismatch=_number(values, "phenotype.mode_mismatch"),
            slope=_number(values, "rank.calibration.slope"),
            unsolved=_number(values, "rank.calibration.unsolved"),
            known_stars=_number(values, "rank.known_stars"),
            panel=_number(values, "rank.panel"),
            panel_levels=_words(values, "rank.panel_levels"),
            listed=dict(_listed(values)),
        )

    def of_points(self, points: float) -> float:
        """Return the log-odds that points of evidence add."""
        return points * log(self.very_strong) / 8

    def probability(self, points: float) -> float:
        """Return the probability of pathogenicity that points give at the prior."""
        return logistic(logit(self.prior) + self.of_points(points))

    def entry(self, use: ListUse, *names: str) -> Entry | None:
        """Return what a list says of a gene or an allele, the first of the names that it has."""
        found = (self.listed.get((use, name)) for name in names)
        return next((entry for entry in found if entry is not None), None)


def logit(probability: float) -> float:
    """Return the log-odds of a probability, natural logarithm."""
    return log(probability) - log(1 - probability)


def logistic(log_odds: float) -> float:
    """Return the probability of log-odds, for any finite number."""
    if log_odds < 0:
        return exp(log_odds) / (1 + exp(log_odds))
    return 1 / (1 + exp(-log_odds))


def list_key(use: ListUse, name: str) -> str:
    """Return the rule under which an entry of a list stands."""
    return f"{use}/{name}"


def _listed(values: Mapping[str, Rule]) -> list[tuple[tuple[ListUse, str], Entry]]:
    uses = {use.value: use for use in ListUse}
    found = []
    for key, rule in values.items():
        use, _, name = key.partition("/")
        if use in uses and isinstance(rule.value, tuple):
            found.append(((uses[use], name), Entry(*rule.value)))
    return found


def _number(values: Mapping[str, Rule], key: str) -> float:
    value = values[key].value
    if isinstance(value, str | tuple):
        raise TypeError(f"rule {key} is not a number")
    return value


def _words(values: Mapping[str, Rule], key: str) -> tuple[str, ...]:
    value = values[key].value
    if not isinstance(value, tuple):
        raise TypeError(f"rule {key} is not a list of words")
    return value


def _criteria(values: Mapping[str, Rule], key: str) -> frozenset[Criterion]:
    return frozenset(map(Criterion, _words(values, key)))
