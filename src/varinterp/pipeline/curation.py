"""What people observed of a case's candidates: curated entries, and the laboratory's own cases.

Either source is consulted where the lock has it, and its facts are there for the alleles that it
knows. A case never counts as evidence for itself: the entries of its own family are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import polars as pl

from varinterp.model.case import Candidate
from varinterp.model.curation import CURATION, OWN_CASES, OWN_ENTRY, Curations, own_entry
from varinterp.model.reads import Fact, Facts
from varinterp.refs.lock import Releases
from varinterp.sources.curated_kinds import FIELDS
from varinterp.sources.curated_release import read_curated

RELEASES: Mapping[str, Fact[Curations]] = MappingProxyType(
    {"curation": CURATION, "own_cases": OWN_CASES}
)
"""The facts that each source of the catalogue answers."""


def curation_facts(
    candidates: Sequence[Candidate], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return what was observed of the candidates' alleles, and the sources that were asked."""
    keys = pl.Series(sorted({each.allele.key for each in candidates}), dtype=pl.UInt64)
    alleles = {str(each.allele) for each in candidates}
    facts: Facts = {}
    consulted = set()
    for name, fact in RELEASES.items():
        release = releases.get(name)
        if release is None:
            continue
        consulted.add(fact.source)
        for allele, found in read_curated(release.folder, keys).items():
            if allele in alleles:
                constructed = found.constructed or release.manifest.constructed
                facts[(fact.source, allele)] = replace(found, constructed=constructed)
    return facts, frozenset(consulted)


def without_own(facts: Facts, family: str, candidates: Iterable[Candidate]) -> Facts:
    """Return facts without what the case's own family added to the laboratory's cases.

    What other families added loses the ids by which theirs would be left out: a stored analysis
    holds no digest of another family's pseudonym.
    """
    kept = dict(facts)
    for allele in {str(each.allele) for each in candidates}:
        place = (OWN_CASES.source, allele)
        found: Curations | None = facts.get(place)
        if found is None:
            continue
        others = _others(found, own_entry(family, allele))
        if any(others.values()):
            kept[place] = replace(found, **others)
        else:
            del kept[place]
    return kept


def _others(found: Curations, own: str) -> dict[str, Any]:
    """Return the entries of each kind whose id is another, and number them from 1."""
    return {
        kind: tuple(
            replace(one, origin=replace(one.origin, id=f"{OWN_ENTRY}{at}"))
            for at, one in enumerate(_of_others(getattr(found, kind), own), start=1)
        )
        for kind in FIELDS.values()
    }


def _of_others(entries: Iterable[Any], own: str) -> Iterator[Any]:
    """Yield the entries that are not of an id, with or without a number after a point."""
    return (one for one in entries if one.origin.id.partition(".")[0] != own)
