"""What populations say of a case's candidates, beyond the row that the gates compared.

Looked up once for all candidates: the resource's groups and where it looked, and, where the lock
has them, the laboratory's list of founder alleles and its own counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from varinterp.model.case import Candidate
from varinterp.model.evidence import Reason
from varinterp.model.facts import (
    COVERAGE,
    GROUPS,
    GROUPS_KEY,
    LISTED,
    LOCAL,
    Coverage,
    GeneLinks,
    position_key,
)
from varinterp.model.population import (
    GroupFrequency,
    ListedAllele,
    LocalFrequency,
    PopulationGroups,
)
from varinterp.model.reads import Facts
from varinterp.model.variant import Allele
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad import covered, group_codes, lookup_groups
from varinterp.sources.listed_alleles import read_listed
from varinterp.sources.local_frequency import read_local


def with_population(candidates: Sequence[Candidate], releases: Releases) -> tuple[Candidate, ...]:
    """Return the candidates with their groups, and what the laboratory's own sources say."""
    keys = pl.Series(sorted({each.allele.key for each in candidates}), dtype=pl.UInt64)
    groups = _groups({each.allele for each in candidates if each.frequency is not None}, releases)
    listed = _listed(releases, keys)
    local = _local(releases, keys)
    return tuple(
        replace(
            each,
            frequency=each.frequency
            and replace(each.frequency, groups=groups.get(each.allele, ())),
            listed=listed.get(str(each.allele)),
            local=local.get(str(each.allele)),
        )
        for each in candidates
    )


def population_facts(candidates: Sequence[Candidate], releases: Releases) -> Facts:
    """Return the facts that population criteria may read beside the frequencies themselves."""
    facts = _coverage({each.allele for each in candidates if each.frequency is None}, releases)
    population = releases["gnomad"]
    codes = group_codes(population.folder)
    if codes:
        resource = PopulationGroups(codes, constructed=population.manifest.constructed)
        facts[(GROUPS.source, GROUPS_KEY)] = resource
    for each in candidates:
        if each.listed is not None:
            facts[(LISTED.source, str(each.allele))] = each.listed
        if each.local is not None:
            facts[(LOCAL.source, str(each.allele))] = each.local
    return facts


def stray_listings(
    candidates: Sequence[Candidate], links: Mapping[str, GeneLinks]
) -> tuple[Reason, ...]:
    """Warn of listings that hold for no hypothesis: no release ties the gene to that disease.

    A disease written with another source's id would otherwise be ignored in silence.
    """
    known = {
        (gene, link.disease, link.inheritance) for gene, of in links.items() for link in of.links
    }
    strays = {
        (str(each.allele), listing.source_list, listing.hgnc, listing.disease)
        for each in candidates
        if each.listed is not None
        for listing in each.listed.listings
        if (listing.hgnc, listing.disease, listing.inheritance) not in known
    }
    return tuple(
        Reason.of("warning.stray_listing", allele=allele, list=name, gene=gene, disease=disease)
        for allele, name, gene, disease in sorted(strays)
    )


def _groups(alleles: set[Allele], releases: Releases) -> dict[Allele, tuple[GroupFrequency, ...]]:
    ordered = sorted(alleles, key=lambda allele: allele.key)
    cells = [(allele.key, allele.ref, allele.alt) for allele in ordered]
    schema = {"key": pl.UInt64, "ref": pl.String, "alt": pl.String}
    wanted = pl.DataFrame(cells, schema, orient="row")
    found = lookup_groups(releases["gnomad"].folder, wanted)["groups"].to_list()
    return {
        allele: tuple(GroupFrequency(**each) for each in groups or ())
        for allele, groups in zip(ordered, found, strict=True)
    }


def _listed(releases: Releases, keys: pl.Series) -> dict[str, ListedAllele]:
    release = releases.get("listed_alleles")
    return {} if release is None else read_listed(release.folder, keys)


def _local(releases: Releases, keys: pl.Series) -> dict[str, LocalFrequency]:
    release = releases.get("local_frequency")
    return {} if release is None else read_local(release.folder, keys)


def _coverage(alleles: set[Allele], releases: Releases) -> Facts:
    """Ask about each reference base that an unobserved allele replaces.

    A fact of a position is of that position alone: an allele's whole REF would give two alleles
    that start together two values under one key.
    """
    places = sorted(
        {
            (allele.chromosome.value, position)
            for allele in alleles
            for position in range(allele.position, allele.end + 1)
        }
    )
    schema = {"chromosome": pl.String, "position": pl.Int32}
    bases = pl.DataFrame(places, schema, orient="row").with_columns(pl.lit("N").alias("ref"))
    seen = covered(releases["gnomad"].folder, bases)
    return {
        (COVERAGE.source, position_key(*place)): Coverage(**answer)
        for place, answer in zip(places, seen.iter_rows(named=True), strict=True)
    }
