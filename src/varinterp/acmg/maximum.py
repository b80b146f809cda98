"""How common an allele that causes a disease can be: the limit of BS1, and a ceiling of PM2.

Whiffin 2017 (PMID 28518168) reckons the highest credible frequency of one allele from the disease:
its prevalence, the largest share of cases that one gene explains (genetic heterogeneity), the
largest share of a gene's cases that one allele explains (allelic heterogeneity), and penetrance.
With one allele needed it is ½ · prevalence · allelic · genetic / penetrance; with two,
√prevalence · allelic · √genetic / √penetrance, as the authors' calculator has it (cardiodb.org). It
has no formula for X. A man carries one copy, so that here the ½ falls away and the prevalence is
that among men: our own derivation, never below the one for dominant diseases.
"""

from dataclasses import dataclass
from enum import Enum, auto
from math import sqrt

from varinterp.acmg.question import Question
from varinterp.acmg.resource import voidable_number
from varinterp.errors import InternalError
from varinterp.model.gene_disease import Inheritance

MODEL = ("prevalence", "allelic_heterogeneity", "genetic_heterogeneity", "penetrance")
"""The four numbers of a disease model, each a share of 1, as ``population.<name>``."""


class Basis(Enum):
    """Where a limit comes from."""

    SPECIFIED = auto()
    CREDIBLE = auto()
    GENERAL = auto()


@dataclass(frozen=True, slots=True)
class Maximum:
    """The highest frequency that an allele causing the disease may have, a fraction of 1.

    `model` holds the four numbers that a credible maximum was reckoned from.
    """

    value: float
    basis: Basis
    model: tuple[tuple[str, float], ...] = ()


def limit_of_bs1(ask: Question) -> Maximum | None:
    """Return the limit in force: the disease's own, else the general one; None when voided."""
    own = disease_maximum(ask)
    if own is not None:
        return own
    general = voidable_number(ask, "population.bs1")
    return None if general is None else Maximum(general, Basis.GENERAL)


def disease_maximum(ask: Question) -> Maximum | None:
    """Return the disease's own limit: a specification's value, else what its model gives.

    A model of which a number is missing gives none.
    """
    fixed = ask.own_number("population.bs1")
    if fixed is not None:
        return Maximum(fixed, Basis.SPECIFIED)
    found = [(name, ask.own_number(f"population.{name}")) for name in MODEL]
    model = tuple((name, value) for name, value in found if value is not None)
    if len(model) < len(MODEL) or ask.inheritance is None:
        return None
    return Maximum(credible(ask.inheritance, **dict(model)), Basis.CREDIBLE, model)


def credible(
    inheritance: Inheritance,
    *,
    prevalence: float,
    allelic_heterogeneity: float,
    genetic_heterogeneity: float,
    penetrance: float,
) -> float:
    """Return the maximum credible frequency of one allele; every number is above 0, at most 1."""
    shares = (prevalence, allelic_heterogeneity, genetic_heterogeneity, penetrance)
    if not all(0 < share <= 1 for share in shares):
        raise InternalError("a number of a disease model is not above 0 and at most 1")
    if inheritance is Inheritance.AUTOSOMAL_RECESSIVE:
        return allelic_heterogeneity * sqrt(prevalence * genetic_heterogeneity / penetrance)
    carriers = prevalence * allelic_heterogeneity * genetic_heterogeneity / penetrance
    return carriers / 2 if inheritance is Inheritance.AUTOSOMAL_DOMINANT else carriers
