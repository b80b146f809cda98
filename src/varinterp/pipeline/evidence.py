"""Gathering the facts that a case's assessments may read, from the releases of its lock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from varinterp.model.case import Candidate, Case
from varinterp.model.facts import (
    ASSERTION,
    COMPARATORS,
    CONSEQUENCE,
    COVERAGE,
    FREQUENCY,
    GENE_LINKS,
    GENOTYPES,
    JOINT,
    KNOWN_MISSENSE,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    SCORES,
    CasePedigree,
    GeneLinks,
    on_transcript,
)
from varinterp.model.prediction import Predictions, score_key
from varinterp.model.reads import Evidence, Facts
from varinterp.model.transcript import Transcript
from varinterp.pipeline.comparators import codon_facts, comparator_facts
from varinterp.pipeline.constraint import constraint_facts
from varinterp.pipeline.curation import curation_facts, without_own
from varinterp.pipeline.exon_alleles import exon_allele_facts
from varinterp.pipeline.external import external_facts
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.pipeline.population import population_facts
from varinterp.pipeline.repeats import repeat_facts
from varinterp.pipeline.splice_comparators import splice_facts
from varinterp.pipeline.transcript_facts import (
    codons_before_next_start,
    gene_transcript_facts,
    transcript_facts,
)
from varinterp.refs.lock import Releases
from varinterp.sources.gene_disease import read_gene_disease
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import read_transcripts

PROVIDED = frozenset(
    {
        FREQUENCY.source, COVERAGE.source, ASSERTION.source, COMPARATORS.source,
        KNOWN_MISSENSE.source, GENE_LINKS.source,
    }
)  # fmt: skip
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
    facts.update(transcript_facts(candidates, knowledge.transcripts, knowledge.rules, reference))
    facts.update(gene_transcript_facts(candidates, knowledge.transcripts))
    facts.update(comparator_facts(candidates, knowledge.rules, releases))
    facts.update(codon_facts(codons_before_next_start(facts), releases))
    facts.update(_of_genes(candidates, knowledge))
    provided = PROVIDED
    for found, consulted in (
        external_facts(candidates, releases),
        constraint_facts(candidates, releases),
        curation_facts(candidates, releases),
        repeat_facts(candidates, releases),
        exon_allele_facts(candidates, releases),
        splice_facts(candidates, knowledge.transcripts, releases),
    ):
        facts |= found
        provided |= consulted
    return Shared(facts, provided)


def of_case(
    case: Case, candidates: Sequence[Candidate], shared: Shared, matcher: PatientMatcher
) -> Evidence:
    """Add what is a case's own: pedigree, genotypes, what its candidates show, the patient's fit.

    A consequence or score is the case's own where its laboratory's VEP said it.
    """
    facts = without_own(shared.facts, case.family.id, candidates)
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
        **_consequences(candidate),
        (JOINT.source, on_transcript(allele, transcript)): candidate.joint,
    }
    return {place: value for place, value in found.items() if value is not None} | _scores(
        candidate
    )


def _consequences(candidate: Candidate) -> Facts:
    """What the allele does to the transcript it is judged on, and to MANE's others of the gene."""
    gene = candidate.consequence.hgnc
    others = (each for each in candidate.others if each.mane is not None and each.hgnc == gene)
    return {
        (CONSEQUENCE.source, on_transcript(candidate.allele, each.transcript)): each
        for each in (candidate.consequence, *others)
    }


def _scores(candidate: Candidate) -> Facts:
    """Each predictor's score on its own, so that a new release of one touches no other."""
    scores = candidate.predictions or Predictions()
    facts: Facts = {}
    for predictor in scores.scored:
        key = score_key(predictor, candidate.allele, candidate.consequence)
        if key is not None:
            facts[(SCORES[predictor].source, key)] = scores.of(predictor)
    return facts


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
