"""Gathering the facts that a case's assessments may read, from the releases of its lock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pysam

from varinterp.acmg.exon_skip import skip_exon
from varinterp.acmg.loss_of_function import SPLICE_TERMS, skipped_exon
from varinterp.annotate.genetic_code import reverse_complement
from varinterp.model.case import Candidate, Case
from varinterp.model.facts import (
    ASSERTION,
    COMPARATORS,
    CONSEQUENCE,
    COVERAGE,
    EXON_SKIP,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    JOINT,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    SCORES,
    TRANSCRIPT,
    CasePedigree,
    Comparator,
    Comparators,
    GeneLinks,
    Significance,
    codon_key,
    exon_key,
    on_transcript,
)
from varinterp.model.prediction import Predictions, score_key
from varinterp.model.reads import Evidence
from varinterp.model.transcript import Term, Transcript
from varinterp.pipeline.external import external_facts
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.pipeline.population import population_facts
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar import read_codons
from varinterp.sources.gene_disease import read_gene_disease
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import read_transcripts

Facts = dict[tuple[str, str], Any]


PROVIDED = frozenset(
    {FREQUENCY.source, COVERAGE.source, ASSERTION.source, COMPARATORS.source, GENE_LINKS.source}
)
"""Sources that are always consulted: a lock without one of them is refused."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the releases say beyond single alleles."""

    transcripts: Mapping[str, Transcript]
    links: Mapping[str, GeneLinks]
    rules: Rules


@dataclass(frozen=True, slots=True)
class Shared:
    """Facts that are no patient's own, and the sources that were consulted for them."""

    facts: Facts
    provided: frozenset[str]


def read_knowledge(releases: Releases, rules: Rules) -> Knowledge:
    """Read transcripts and gene–disease links of a lock's releases."""
    transcripts = read_transcripts(releases["mane"].file("transcripts.parquet"))
    return Knowledge(transcripts, read_links(releases), rules)


def read_links(releases: Releases) -> dict[str, GeneLinks]:
    """Read the diseases of every gene, by HGNC id."""
    return {
        gene: GeneLinks(found, constructed=any(link.constructed for link in found))
        for gene, found in read_gene_disease(releases["gene_disease"].folder).items()
    }


def gather(
    case: Case,
    candidates: Sequence[Candidate],
    knowledge: Knowledge,
    releases: Releases,
    reference: Path,
    matcher: PatientMatcher,
) -> Evidence:
    """Return everything that the assessments of a case may ask for."""
    shared = gather_shared(candidates, knowledge, releases, reference)
    return of_case(case, candidates, shared, matcher)


def gather_shared(
    candidates: Sequence[Candidate], knowledge: Knowledge, releases: Releases, reference: Path
) -> Shared:
    """Return what is the same for every case: the candidates may be those of many."""
    facts: Facts = dict(knowledge.rules.facts())
    facts.update(population_facts(candidates, releases))
    facts.update(_of_transcripts(candidates, knowledge, reference))
    facts.update(_of_codons(candidates, releases))
    facts.update(_of_genes(candidates, knowledge))
    beside, consulted = external_facts(candidates, releases)
    return Shared(facts | beside, PROVIDED | consulted)


def of_case(
    case: Case, candidates: Sequence[Candidate], shared: Shared, matcher: PatientMatcher
) -> Evidence:
    """Add what is a case's own: pedigree, genotypes, what its candidates show, the patient's fit.

    A consequence or score is the case's own where its laboratory's VEP said it.
    """
    facts = dict(shared.facts)
    facts[(PEDIGREE.source, PEDIGREE_KEY)] = CasePedigree(case.family, case.parentage_confirmed)
    for candidate in candidates:
        facts.update(_of_allele(candidate))
    facts.update(_fits(candidates, shared, matcher))
    return Evidence(facts, shared.provided)


def _of_allele(candidate: Candidate) -> Facts:
    allele, transcript = candidate.allele, candidate.consequence.transcript
    found = {
        (GENOTYPES.source, str(allele)): candidate.genotypes,
        (FREQUENCY.source, str(allele)): candidate.frequency,
        (ASSERTION.source, str(allele)): candidate.assertion,
        (CONSEQUENCE.source, on_transcript(allele, transcript)): candidate.consequence,
        (JOINT.source, on_transcript(allele, transcript)): candidate.joint,
    }
    return {place: value for place, value in found.items() if value is not None} | _scores(
        candidate
    )


def _scores(candidate: Candidate) -> Facts:
    """Each predictor's score on its own, so that a new release of one touches no other."""
    scores = candidate.predictions or Predictions()
    facts: Facts = {}
    for predictor in scores.scored:
        key = score_key(predictor, candidate.allele, candidate.consequence)
        if key is not None:
            facts[(SCORES[predictor].source, key)] = scores.of(predictor)
    return facts


def _of_transcripts(
    candidates: Iterable[Candidate], knowledge: Knowledge, reference: Path
) -> Facts:
    facts: Facts = {}
    distance = int(knowledge.rules.number("loss_of_function.decay_distance"))
    with pysam.FastaFile(str(reference)) as fasta:
        for candidate in candidates:
            transcript = knowledge.transcripts.get(candidate.consequence.transcript)
            if transcript is None:
                continue
            facts[(TRANSCRIPT.source, transcript.id)] = transcript
            if SPLICE_TERMS.isdisjoint(candidate.consequence.terms):
                continue
            exon = skipped_exon(candidate.consequence)
            if exon is None or exon > len(transcript.exons):
                continue
            coding = tuple(_coding_bases(transcript, fasta))
            facts[(EXON_SKIP.source, exon_key(transcript.id, exon))] = skip_exon(
                transcript, coding, exon, distance
            )
    return facts


def _coding_bases(transcript: Transcript, fasta: Any) -> Iterator[tuple[int, str]]:
    """Yield (exon number, coding bases) in transcript order, on the transcript's strand."""
    contig = transcript.chromosome.value
    name = contig if contig in fasta.references else f"chr{contig}"
    for number, span in transcript.coding_exons():
        bases = fasta.fetch(name, span.start - 1, span.end).upper()
        yield number, bases if transcript.strand > 0 else reverse_complement(bases)


def _of_codons(candidates: Iterable[Candidate], releases: Releases) -> Facts:
    wanted = sorted(
        {
            (c.consequence.transcript, c.consequence.protein_position)
            for c in candidates
            if Term.MISSENSE in c.consequence.terms and c.consequence.protein_position is not None
        }
    )
    frame = pl.DataFrame(wanted, schema={"transcript": pl.String, "codon": pl.Int32}, orient="row")
    found: dict[tuple[str, str], list[Comparator]] = {}
    for row in read_codons(releases["clinvar"].folder, frame).iter_rows(named=True):
        place = (COMPARATORS.source, codon_key(row["transcript"], row["codon"]))
        found.setdefault(place, []).append(_comparator(row))
    return {
        place: Comparators(tuple(sorted(alleles, key=lambda c: c.allele)))
        for place, alleles in found.items()
    }


def _comparator(row: dict[str, Any]) -> Comparator:
    return Comparator(
        allele=f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}",
        ref_aa=row["ref_aa"],
        alt_aa=row["alt_aa"],
        significance=tuple(Significance(word) for word in row["significance"]),
        stars=row["stars"],
    )


def _of_genes(candidates: Iterable[Candidate], knowledge: Knowledge) -> Facts:
    genes = {candidate.consequence.hgnc for candidate in candidates}
    return {
        (GENE_LINKS.source, gene): knowledge.links[gene] for gene in genes & knowledge.links.keys()
    }


def _fits(candidates: Iterable[Candidate], shared: Shared, matcher: PatientMatcher) -> Facts:
    genes = {candidate.consequence.hgnc for candidate in candidates}
    known = (shared.facts.get((GENE_LINKS.source, gene)) for gene in genes)
    diseases = {link.disease for links in known if links is not None for link in links.links}
    fits = {disease: matcher.fit(disease) for disease in sorted(diseases)}
    return {(PHENOTYPE_FIT.source, name): fit for name, fit in fits.items() if fit is not None}
