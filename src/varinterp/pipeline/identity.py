"""Are the samples the people they are said to be? Sex from X, parentage from shared genotypes.

A file may hold the right format and the wrong person: a swap before the laboratory's VCF is
invisible to every format check. Each check says *passed*, *failed* or *not assessed*; too few
sites, or people in separate files, are never a pass. A site that only one of two separate files
has says nothing, so kinship is assessed within one file.

The limits are varinterp's own, chosen with wide margins: in true trios called by current callers
below 1 % of informative sites break Mendel's laws, with a wrong parent well above 10 %.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.family import Sex

MIN_X_SITES = 50
MALE_MAX_HET = 0.15
FEMALE_MIN_HET = 0.30
MIN_INFORMATIVE_SITES = 100
MAX_MENDEL_ERRORS = 0.05
MAX_MITOCHONDRIAL_DIFFERENCES = 0.25
MIN_SHARED_SITES = 100
MAX_SAME_PERSON = 0.99

_ALLELES = {"0": (0,), "1": (0, 1), "2": (1,)}
"""Alleles that a parent with so many copies of ALT can give."""
_ANY = (0, 1)

Patterns = Sequence[tuple[str, int]]
"""Genotype patterns (one character a sample: copies of ALT or a dot) and their counts."""


class Outcome(StrEnum):
    """The answer of a check."""

    PASSED = "passed"
    FAILED = "failed"
    UNCLEAR = "unclear"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Measurement:
    """`rate` is the share of `sites` that the check is about, None when there are too few."""

    outcome: Outcome
    sites: int
    rate: float | None = None


def sex_from_x(stated: Sex, het: int, hom: int) -> Measurement:
    """Compare a stated sex with the share of heterozygous calls on X outside the PAR.

    A person with an unusual number of sex chromosomes fails or is unclear: it is for people to
    say `unknown` in the sheet.
    """
    sites = het + hom
    if sites < MIN_X_SITES:
        return Measurement(Outcome.NOT_ASSESSED, sites)
    rate = het / sites
    if stated is Sex.UNKNOWN:
        return Measurement(Outcome.NOT_ASSESSED, sites, rate)
    if MALE_MAX_HET < rate < FEMALE_MIN_HET:
        return Measurement(Outcome.UNCLEAR, sites, rate)
    seen = Sex.MALE if rate <= MALE_MAX_HET else Sex.FEMALE
    return Measurement(Outcome.PASSED if seen is stated else Outcome.FAILED, sites, rate)


def mendel(patterns: Patterns, child: int, father: int | None, mother: int | None) -> Measurement:
    """Count genotypes of a child that its parents, one or both, could not give it.

    A site is informative when the parents' genotypes exclude one of the child's and somebody
    carries ALT. `child`, `father` and `mother` are indices into a pattern.
    """
    informative = errors = 0
    for pattern, count in patterns:
        trio = (pattern[child], _at(pattern, father), _at(pattern, mother))
        possible = _possible(trio[1], trio[2])
        if trio[0] == "." or len(possible) == 3 or not set(trio) & {"1", "2"}:
            continue
        informative += count
        errors += count * (trio[0] not in possible)
    return _judged(informative, errors, MIN_INFORMATIVE_SITES, MAX_MENDEL_ERRORS)


def mitochondrial(patterns: Patterns, child: int, mother: int) -> Measurement:
    """Count differences of a child's mtDNA from its mother's, among sites where one has ALT.

    Mixtures are left out: their share may change between generations.
    """
    counts = {"02": 0, "20": 0, "22": 0}
    for pattern, count in patterns:
        pair = pattern[child] + pattern[mother]
        if pair in counts:
            counts[pair] += count
    differences = counts["02"] + counts["20"]
    return _judged(differences + counts["22"], differences, 1, MAX_MITOCHONDRIAL_DIFFERENCES)


def same_person(patterns: Patterns, first: int, second: int) -> Measurement:
    """Count the sites where two people have the same genotype, among those where one is het."""
    shared = same = 0
    for pattern, count in patterns:
        pair = (pattern[first], pattern[second])
        if "1" in pair and "." not in pair:
            shared += count
            same += count * (pair[0] == pair[1])
    return _judged(shared, same, MIN_SHARED_SITES, MAX_SAME_PERSON)


def _judged(sites: int, hits: int, enough: int, limit: float) -> Measurement:
    if sites < enough:
        return Measurement(Outcome.NOT_ASSESSED, sites)
    rate = hits / sites
    return Measurement(Outcome.FAILED if rate > limit else Outcome.PASSED, sites, rate)


def _at(pattern: str, index: int | None) -> str:
    return "." if index is None else pattern[index]


def _possible(father: str, mother: str) -> frozenset[str]:
    """Genotypes of a child; a parent without a call may give either allele."""
    known: Mapping[str, tuple[int, ...]] = _ALLELES
    return frozenset(
        str(one + other) for one in known.get(father, _ANY) for other in known.get(mother, _ANY)
    )
