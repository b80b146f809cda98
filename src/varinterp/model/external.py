"""What others conclude of an allele beside ClinVar: shown, and never counted through PP5 or BP6.

MITOMAP's tables, and the sources that a laboratory adds through its catalogue: another
laboratory's classes, a network's consensus, its own curators' notes.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance
from varinterp.model.reads import Fact, Kind
from varinterp.model.variant import Allele

_PREFIX = "assertion"


class MitomapStatus(StrEnum):
    """MITOMAP's own word for a variant of its disease tables.

    *Reported* and *confirmed* count publications: neither is MITOMAP's judgement of pathogenicity.
    """

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    CONFLICTING = "conflicting"
    UNCLEAR = "unclear"
    POLYMORPHISM = "polymorphism"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class MitomapAllele:
    """What MITOMAP says of an allele.

    `status` is None for an allele of its polymorphism table alone; `rating` is the class that
    ClinGen's expert panel gave, as MITOMAP quotes it, and `stated` MITOMAP's own text where it
    says more than status and rating. `count` of its GenBank sequences have the allele, `frequency`
    as a fraction of 1.
    """

    status: MitomapStatus | None
    rating: Significance | None
    diseases: str | None
    stated: str | None
    polymorphism: bool
    count: int | None
    frequency: float | None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class LaboratoryEntry:
    """A row of a laboratory's own source; what it does not give is None.

    `classes` are the words that the source's class stands for: several where it does not tell
    them apart (a consensus of *likely pathogenic or pathogenic*).
    """

    classes: tuple[Significance, ...]
    ac: int | None = None
    an: int | None = None
    homozygotes: int | None = None
    heterozygotes: int | None = None
    text: str | None = None
    date: str | None = None
    curator: str | None = None


@dataclass(frozen=True, slots=True)
class LaboratoryAssertion:
    """Every row of a laboratory's own source on an allele, in a fixed order."""

    entries: tuple[LaboratoryEntry, ...]
    constructed: bool = False


MITOMAP = Fact("mitomap", Kind.POINT, MitomapAllele)


def shown_facts(consulted: frozenset[str], allele: Allele) -> tuple[Fact[Any], ...]:
    """Return what is read of an allele to be shown, of the sources that were consulted."""
    shown = _of_laboratories(consulted)
    if allele.chromosome is Chromosome.MT and MITOMAP.source in consulted:
        return (*shown, MITOMAP)
    return shown


@lru_cache(maxsize=16)
def _of_laboratories(consulted: frozenset[str]) -> tuple[Fact[Any], ...]:
    named = map(laboratory_source, sorted(consulted))
    return tuple(laboratory_fact(name) for name in named if name)


def laboratory_fact(source: str) -> Fact[LaboratoryAssertion]:
    """Return the source of facts of a catalogue's laboratory source: ``assertion.vkgl``."""
    return Fact(f"{_PREFIX}.{source}", Kind.POINT, LaboratoryAssertion)


def laboratory_source(fact: str) -> str | None:
    """Return the catalogue's name in ``assertion.vkgl``; None for another source of facts."""
    prefix, _, source = fact.partition(".")
    return source if prefix == _PREFIX and source else None
