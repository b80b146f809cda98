"""What ClinVar knows in the splice motifs of the candidates, and what SpliceAI says of it.

Only candidates that are substitutions in a motif are compared. The comparators' scores come from
the release that scored the candidates: a laboratory's VCF scores nobody else's alleles.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from varinterp.model.case import Candidate
from varinterp.model.clinvar import PATHOGENIC, Significance, SpliceComparator, SpliceComparators
from varinterp.model.facts import SCORES, SPLICE_COMPARATORS, splice_key
from varinterp.model.prediction import Predictor, score_key
from varinterp.model.reads import Facts
from varinterp.model.splice_site import Side, motif_places
from varinterp.model.transcript import Consequence, Transcript
from varinterp.model.variant import Allele
from varinterp.pipeline.predictors import gene_scores
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar_splice import holds_sites, read_splice_sites
from varinterp.sources.keyed import allele_text

Site = tuple[str, int, Side]


def splice_facts(
    candidates: Iterable[Candidate], transcripts: Mapping[str, Transcript], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return the comparators at the candidates' splice sites and their scores.

    Beside them the sources that were consulted: none where the release of ClinVar has no sites.
    """
    folder = releases["clinvar"].folder
    if not holds_sites(folder):
        return {}, frozenset()
    sites = _sites(candidates, transcripts)
    known = _comparators(read_splice_sites(folder, set(sites)))
    facts: Facts = {
        (SPLICE_COMPARATORS.source, splice_key(*site)): found for site, found in known.items()
    }
    return facts | _scores(known, sites, releases), frozenset({SPLICE_COMPARATORS.source})


def _sites(
    candidates: Iterable[Candidate], transcripts: Mapping[str, Transcript]
) -> dict[Site, set[Consequence]]:
    """Return the splice sites in whose motifs candidates lie, and what these do there."""
    found: dict[Site, set[Consequence]] = {}
    for each in candidates:
        transcript = transcripts.get(each.consequence.transcript)
        if transcript is None or len(each.allele.ref) != 1 or len(each.allele.alt) != 1:
            continue
        for place in motif_places(transcript, each.allele.position):
            found.setdefault((transcript.id, place.exon, place.side), set()).add(each.consequence)
    return found


def _comparators(rows: pl.DataFrame) -> dict[Site, SpliceComparators]:
    found: dict[Site, list[SpliceComparator]] = {}
    for row in rows.iter_rows(named=True):
        site = (row["transcript"], row["exon"], Side(row["side"]))
        found.setdefault(site, []).append(_comparator(row))
    return {
        site: SpliceComparators(tuple(sorted(alleles, key=lambda each: each.allele)))
        for site, alleles in found.items()
    }


def _comparator(row: Mapping[str, Any]) -> SpliceComparator:
    return SpliceComparator(
        allele=allele_text(row),
        offset=row["offset"],
        significance=tuple(Significance(word) for word in row["significance"]),
        stars=row["stars"],
        changes_protein=row["changes_protein"],
    )


def _scores(
    known: Mapping[Site, SpliceComparators],
    sites: Mapping[Site, Iterable[Consequence]],
    releases: Releases,
) -> Facts:
    """Return SpliceAI's scores of the pathogenic comparators in the candidates' genes."""
    wanted = {
        (Allele.parse(each.allele), effect)
        for site, comparators in known.items()
        for each in comparators.alleles
        if PATHOGENIC.issuperset(each.significance)
        for effect in sites[site]
    }
    tool = Predictor.SPLICEAI
    scores = gene_scores(tool, {(allele, effect.gene) for allele, effect in wanted}, releases)
    return {
        (SCORES[tool].source, str(score_key(tool, allele, effect))): scores[(allele, effect.gene)]
        for allele, effect in wanted
        if (allele, effect.gene) in scores
    }
