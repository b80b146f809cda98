"""From a source of facts to the releases that answered for it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from varinterp.model.case import ReleaseLabel
from varinterp.model.external import laboratory_source

_RELEASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "consequence": ("mane", "vep"),
        "hpo": ("hpo", "disease_phenotypes"),
        "transcript": ("mane",),
    }
)
"""Releases behind the sources of facts that are not named like their release."""

_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "population.listed": "listed_alleles",
        "population.local": "local_frequency",
        "curation.own_cases": "own_cases",
        "gnomad.exon": "gnomad_exons",
    }
)

OPTIONAL = frozenset({*_FAMILIES.values(), "curation"})
"""A laboratory's own sources: where it keeps none, there is nothing to say of them."""


def family(source: str) -> str:
    """Return what a source belongs to: ``clinvar.codon`` is a part of ``clinvar``."""
    return _FAMILIES.get(source, source.partition(".")[0])


def releases_of(source: str, releases: Sequence[ReleaseLabel]) -> tuple[ReleaseLabel, ...]:
    """Return the releases consulted for a source of facts.

    Empty for the case's own data, and for a source that no release was consulted for.
    """
    own = laboratory_source(source)
    wanted = (own,) if own else _RELEASES.get(family(source), (family(source),))
    return tuple(release for release in sorted_releases(releases) if release.source in wanted)


def sorted_releases(releases: Iterable[ReleaseLabel]) -> tuple[ReleaseLabel, ...]:
    """Return releases in order of source, then of release."""
    return tuple(sorted(releases, key=lambda release: (release.source, release.release)))


def constructed(*values: object) -> bool:
    """Whether any of some facts was constructed for a demonstration."""
    return any(bool(getattr(value, "constructed", False)) for value in values)
