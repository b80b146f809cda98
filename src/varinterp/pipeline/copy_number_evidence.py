"""Gathering the facts that a family's copy numbers are assessed with, from its lock's releases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pysam

from varinterp.acmg.copy_number.touch import with_frame
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import PATHOGENIC, Significance
from varinterp.model.copy_number import CopyNumber, reciprocal_overlap
from varinterp.model.copy_number_facts import (
    CURATED_LINES,
    EXON_KNOWN,
    GENE_DOSAGE,
    GENES_HIT,
    POPULATION_COPIES,
    REGION_DOSAGE,
    DosageRegions,
    ExonKnown,
    GeneHit,
    GenesHit,
    Hit,
    PopulationCopies,
    PopulationCopy,
)
from varinterp.model.facts import CONSTRAINT, GENE_LINKS, PHENOTYPE_FIT, exon_key
from varinterp.model.prediction import without_version
from varinterp.model.reads import Evidence, Facts
from varinterp.model.transcript import Span
from varinterp.pipeline.copy_number_dosage import Dosage, read_gene_dosage
from varinterp.pipeline.copy_number_genome import Genome
from varinterp.pipeline.evidence import Knowledge
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.pipeline.transcript_facts import coding_bases
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar import ALLELES
from varinterp.sources.copy_number_points import POINTS, read_points
from varinterp.sources.gnomad_constraint import read_figures
from varinterp.sources.gnomad_sv import POPULATION_SV, read_population_copies

OPTIONAL = ("clingen_dosage", "gnomad_constraint", POPULATION_SV, POINTS)
"""Sources that a lock may lack: what they would say is not assessed then."""

_PATHOGENIC = sorted(word.value for word in PATHOGENIC)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is gathered from: releases, knowledge, the patient, the reference."""

    knowledge: Knowledge
    releases: Releases
    matcher: PatientMatcher
    reference: Path
    genome: Genome
    dosage: Dosage | None

    @classmethod
    def open(
        cls, knowledge: Knowledge, releases: Releases, matcher: PatientMatcher, reference: Path
    ) -> "Gathering":
        """Choose transcripts and read dosage sensitivity."""
        genome = Genome.of(knowledge.transcripts.values())
        dosage = read_gene_dosage(releases, knowledge.transcripts.values())
        return cls(knowledge, releases, matcher, reference, genome, dosage)

    def worth_assessing(self, copy_number: CopyNumber) -> bool:
        """Whether it touches an exon of a gene, or a region that ClinGen evaluated."""
        stretch = Span(copy_number.start, copy_number.end)
        genes = self.genome.touched(copy_number.chromosome, stretch)
        if any(gene.first_exon is not None for gene in genes):
            return True
        return self.dosage is not None and bool(self.dosage.overlapping(copy_number))

    def facts(self, copies: Sequence[CopyNumber]) -> Facts:
        """Return the facts of some copy numbers; none of them is the family's own."""
        facts: Facts = dict(self.knowledge.rules.facts())
        for copy_number in copies:
            genes = self._genes(copy_number)
            facts[(GENES_HIT.source, copy_number.place)] = GenesHit(genes)
            facts.update(self._of_dosage(copy_number, genes))
            facts.update(self._of_diseases(genes))
            facts.update(self._of_last_exons(copy_number, genes))
        facts.update(self._of_constraint(facts))
        facts.update(self._of_population(copies))
        facts.update(self._of_curators(copies))
        return facts

    def provided(self) -> frozenset[str]:
        """Return the sources that were consulted."""
        consulted = {GENES_HIT.source, GENE_LINKS.source, EXON_KNOWN.source}
        if self.dosage is not None:
            consulted |= {GENE_DOSAGE.source, REGION_DOSAGE.source}
        if self.releases.get("gnomad_constraint") is not None:
            consulted.add(CONSTRAINT.source)
        if self.releases.get(POPULATION_SV) is not None:
            consulted.add(POPULATION_COPIES.source)
        return frozenset(consulted)

    def _genes(self, copy_number: CopyNumber) -> tuple[GeneHit, ...]:
        chromosome, stretch = copy_number.chromosome, Span(copy_number.start, copy_number.end)
        distance = int(self.knowledge.rules.number("loss_of_function.decay_distance"))
        genes = []
        for hit in self.genome.touched(chromosome, stretch):
            if hit.hit is Hit.WITHIN:
                transcript = self.genome.transcript(chromosome, hit)
                with pysam.FastaFile(str(self.reference)) as fasta:
                    coding = tuple(coding_bases(transcript, fasta))
                hit = with_frame(hit, transcript, coding, stretch, copy_number.change, distance)
            genes.append(hit)
        return tuple(genes)

    def _of_dosage(self, copy_number: CopyNumber, genes: Iterable[GeneHit]) -> Facts:
        if self.dosage is None:
            return {}
        facts: Facts = {
            (GENE_DOSAGE.source, gene.hgnc): self.dosage.genes[gene.hgnc]
            for gene in genes
            if gene.hgnc in self.dosage.genes
        }
        regions = tuple(
            replace(region, genes=self._genes_in(copy_number.chromosome, region.start, region.end))
            for region in self.dosage.overlapping(copy_number)
        )
        if regions:
            value = DosageRegions(regions, self.dosage.constructed)
            facts[(REGION_DOSAGE.source, copy_number.span)] = value
        return facts

    def _genes_in(self, chromosome: Chromosome, start: int, end: int) -> tuple[str, ...]:
        return tuple(hit.hgnc for hit in self.genome.touched(chromosome, Span(start, end)))

    def _of_diseases(self, genes: Iterable[GeneHit]) -> Facts:
        facts: Facts = {}
        for gene in genes:
            links = self.knowledge.links.get(gene.hgnc)
            if links is None:
                continue
            facts[(GENE_LINKS.source, gene.hgnc)] = links
            for link in links.links:
                fit = self.matcher.fit(link.disease)
                if fit is not None:
                    facts[(PHENOTYPE_FIT.source, link.disease)] = fit
        return facts

    def _of_last_exons(self, copy_number: CopyNumber, genes: Iterable[GeneHit]) -> Facts:
        release = self.releases["clinvar"]
        least = int(self.knowledge.rules.number("comparator.min_stars"))
        facts: Facts = {}
        for gene in genes:
            if gene.hit is not Hit.LAST_EXON:
                continue
            exon = self.genome.transcript(copy_number.chromosome, gene).exons[-1]
            count = _pathogenic(release.file(ALLELES), copy_number.chromosome, exon, least)
            known = ExonKnown(count, release.manifest.constructed)
            facts[(EXON_KNOWN.source, exon_key(gene.transcript, gene.exons))] = known
        return facts

    def _of_constraint(self, facts: Facts) -> Facts:
        release = self.releases.get("gnomad_constraint")
        if release is None:
            return {}
        hits = (value.genes for (source, _), value in facts.items() if source == GENES_HIT.source)
        wanted = {without_version(gene.transcript) for genes in hits for gene in genes}
        figures = read_figures(release.folder, wanted, constructed=release.manifest.constructed)
        return {(CONSTRAINT.source, transcript): each for transcript, each in figures.items()}

    def _of_curators(self, copies: Sequence[CopyNumber]) -> Facts:
        release = self.releases.get(POINTS)
        if release is None:
            return {}
        known = read_points(release.folder, constructed=release.manifest.constructed)
        places = (copy_number.place for copy_number in copies)
        return {(CURATED_LINES.source, place): known[place] for place in places if place in known}

    def _of_population(self, copies: Sequence[CopyNumber]) -> Facts:
        release = self.releases.get(POPULATION_SV)
        if release is None:
            return {}
        table = read_population_copies(release.folder)
        overlap = self.knowledge.rules.number("copy_number.reciprocal_overlap")
        facts: Facts = {}
        for copy_number in copies:
            found = tuple(self._alike(table, copy_number, overlap))
            if found:
                value = PopulationCopies(found, release.manifest.constructed)
                facts[(POPULATION_COPIES.source, copy_number.place)] = value
        return facts

    def _alike(
        self, table: pl.DataFrame, copy_number: CopyNumber, overlap: float
    ) -> Iterable[PopulationCopy]:
        near = table.filter(
            (pl.col("chromosome") == copy_number.chromosome.value)
            & (pl.col("change") == copy_number.change.value)
            & (pl.col("start") <= copy_number.end)
            & (pl.col("end") >= copy_number.start)
        )
        place = (copy_number.start, copy_number.end)
        own = set(self._genes_in(copy_number.chromosome, *place))
        for row in near.iter_rows(named=True):
            start, end = row["start"], row["end"]
            shared = reciprocal_overlap(place, (start, end))
            contains = start <= copy_number.start and copy_number.end <= end
            if not contains and shared < overlap:
                continue
            theirs = set(self._genes_in(copy_number.chromosome, start, end))
            yield PopulationCopy(
                id=row["id"],
                start=start,
                end=end,
                ac=row["ac"],
                an=row["an"],
                af=row["af"],
                overlap=round(shared, 4),
                contains=contains,
                every_gene=own <= theirs,
            )


def _pathogenic(alleles: Path, chromosome: Chromosome, exon: Span, least_stars: int) -> int:
    """Count the (likely) pathogenic small alleles that ClinVar knows in an exon."""
    found = (
        pl.scan_parquet(alleles)
        .filter(
            (pl.col("chromosome") == chromosome.value)
            & pl.col("position").is_between(exon.start, exon.end)
            & (pl.col("stars").fill_null(0) >= least_stars)
            & pl.col("significance").list.set_intersection(_PATHOGENIC).list.len().gt(0)
            & ~pl.col("significance").list.contains(Significance.CONFLICTING.value)
        )
        .select(pl.len())
        .collect()
    )
    return int(found.item())


def evidence_of(facts: Facts, own: Facts, provided: frozenset[str]) -> Evidence:
    """Return the evidence of a family: what is the same for every case, and its own."""
    return Evidence({**facts, **own}, provided)
