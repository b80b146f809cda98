"""Published alleles in a whole real exome, as far as its releases go: the stress test's inputs.

The exome (36,786 alleles, lifted to GRCh38) and all published alleles go through the workflow's
intake, normalisation, annotation and consequences once, with `CSQ` of `spiked_csq`; a patient then
has the exome's candidates and the own ones. The genome has true sequence in the slices, the bases
that the VCFs state as REF, and N elsewhere: nothing moves in normalisation. There are no
frequencies and no predictors, so every allele of the exome is a candidate.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pysam
from shared_genome import shared, sparse_genome
from spiked_cases import Carried, Key, Spiked, of_store
from spiked_csq import HEADER, Models, entries
from spiked_laboratory import References
from spiked_slices import CALLS, FIELDS, Site, name_of, sample_cell, write_sheet, write_vcf

from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.genotype import Genotype
from varinterp.model.transcript import Term
from varinterp.pipeline.candidates import to_candidates
from varinterp.pipeline.intake import Intake, read_intake
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stages import annotate, check, consequence, lock, normalise

EXOME = "exomiser_Pfeiffer_exome.grch38_lifted.vcf.gz"
EXOME_SAMPLE = "manuel"
PUBLISHED = "published"
_GENOTYPES = {
    "heterozygous": Genotype(1, 2, ref_depth=20, alt_depth=20, depth=40, quality=99),
    "homozygous": Genotype(2, 2, ref_depth=0, alt_depth=40, depth=40, quality=99),
    "hemizygous": Genotype(1, 1, ref_depth=0, alt_depth=40, depth=40, quality=99),
}


_SILENT = frozenset({
    Term.INTRON, Term.UTR_3, Term.UTR_5, Term.UPSTREAM, Term.DOWNSTREAM, Term.INTERGENIC,
})  # fmt: skip


def shown(candidate: Candidate) -> bool:
    """Whether an exome pipeline shows what an allele does."""
    return candidate.consequence.worst not in _SILENT


@dataclass(frozen=True)
class Exome:
    """The exome's candidates, and those of all published alleles, by the allele as published."""

    intake: Intake
    background: tuple[Candidate, ...]
    published: dict[str, tuple[Candidate, ...]]

    def candidates(self, case: Spiked, background: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return a patient's candidates that are shown, in genome order, with the exome's."""
        own = [
            replace(each, genotypes=self._called(carried), joint=None)
            for carried in case.alleles
            for each in self.published[carried.text]
            if shown(each)
        ]
        places = {(each.allele, each.consequence.hgnc) for each in own}
        rest = (
            each for each in background
            if (each.allele, each.consequence.hgnc) not in places
        )  # fmt: skip
        return tuple(sorted([*rest, *own], key=_genome_order))

    def _called(self, carried: Carried) -> FamilyGenotypes:
        return FamilyGenotypes(((self.intake.proband, _GENOTYPES[carried.zygosity]),))


def eligible() -> tuple[Spiked, ...]:
    """Return the store's patients whose gene has a MANE model."""
    genes = Models().genes
    return tuple(each for each in of_store() if each.hgnc in genes)


def build(references: References, cases: Iterable[Spiked], clinvar: str, results: Path) -> Exome:
    """Take both VCFs through the workflow, into a folder of this run; read the candidates."""
    folder = references.laboratory.folder / "exome"
    genome, sheet = folder / "genome.fa.gz", folder / "samples.tsv"
    folder.mkdir(exist_ok=True)
    carried = {each.text: each for case in cases for each in case.alleles}
    if not sheet.is_file():
        _write_genome(genome, [*_exome_refs(), *(each.key for each in carried.values())])
        models = Models()
        write_vcf(_exome(models), EXOME_SAMPLE, folder / f"{EXOME_SAMPLE}.vcf.gz", genome, HEADER)
        spiked = (_published(models, each) for each in carried.values())
        write_vcf(spiked, PUBLISHED, folder / f"{PUBLISHED}.vcf.gz", genome, HEADER)
        write_sheet([EXOME_SAMPLE, PUBLISHED], folder)
    config = references.config(
        folder, genome, references.lock(folder / "lock.yaml", clinvar=clinvar, genome=True)
    ) | {"results": str(results)}
    intake, background = _candidates(config, EXOME_SAMPLE)
    _, spiked_ones = _candidates(config, PUBLISHED)
    published: dict[str, tuple[Candidate, ...]] = {name: () for name in carried}
    for each in spiked_ones:
        published[each.original or str(each.allele)] += (each,)
    return Exome(intake, background, published)


def write_patient(case: Spiked, background: Iterable[Candidate], exome: Path, out: Path) -> None:
    """Write a patient's own VCF: the exome's alleles of `background`, and the patient's.

    Records with several alleles are left out unless all of them are of the background.
    """
    wanted = {each.original or str(each.allele) for each in background}
    own = {each.text: CALLS[each.zygosity] for each in case.alleles}
    records: dict[Site, str] = {}
    for name in (EXOME_SAMPLE, PUBLISHED):
        with gzip.open(exome / f"{name}.vcf.gz", "rt") as text:
            for line in text:
                if line.startswith("#"):
                    continue
                *cells, call = line.rstrip("\n").split("\t")
                contig, position, _, ref, alts = cells[:5]
                place = f"{contig.removeprefix('chr')}-{position}-{ref}"
                texts = [f"{place}-{alt}" for alt in alts.split(",")]
                if name == PUBLISHED and texts[0] in own:
                    call = own[texts[0]]
                elif name == PUBLISHED or not wanted.issuperset(texts):
                    continue
                records[contig, int(position)] = "\t".join((*cells, call))
    write_vcf(records.items(), name_of(case), out, exome / "genome.fa.gz", HEADER)


def _candidates(config: dict[str, Any], name: str) -> tuple[Intake, tuple[Candidate, ...]]:
    opened = load_run(config)
    pseudonym = opened.pseudonym(name)
    folder = opened.folder(pseudonym)
    names = {
        "lock": "refs.lock.yaml", "intake": "intake.json", "alleles": "alleles.arrow",
        "counts": "normalised.counts.json", "variants": "variants.parquet",
        "candidates": "candidates.parquet",
    }  # fmt: skip
    files = {role: str(folder / file) for role, file in names.items()} | {
        "reference": config["reference"], "rules": config["rules"],
        "vcfs": [str(path) for path in opened.families[pseudonym].vcfs],
    }  # fmt: skip
    lock.run(Job(config, pseudonym, {"lock": config["lock"]}, files))
    for stage in (check, normalise, annotate, consequence):
        stage.run(Job(config, pseudonym, files, files))
    rows = pl.read_parquet(folder / "candidates.parquet")
    return read_intake(folder / "intake.json"), to_candidates(rows)


def _exome_lines() -> Iterator[list[str]]:
    path = shared("genome", "samples_genomewide_lifted", EXOME)
    with gzip.open(path, "rt") as text:
        for line in text:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def _exome_refs() -> Iterator[Key]:
    for cells in _exome_lines():
        yield cells[0].removeprefix("chr"), int(cells[1]), cells[3], cells[4]


def _exome(models: Models) -> Iterator[tuple[Site, str]]:
    for cells in _exome_lines():
        contig, position, ref, alts = cells[0], int(cells[1]), cells[3], cells[4]
        call = dict(zip(cells[8].split(":"), cells[9].split(":"), strict=False))
        csq = entries(models, contig, position, ref, alts.split(","))
        fixed = (contig, cells[1], cells[2], ref, alts, ".", "PASS", csq)
        yield (contig, position), "\t".join((*fixed, ":".join(FIELDS), sample_cell(call)))


def _published(models: Models, carried: Carried) -> tuple[Site, str]:
    chromosome, position, ref, alt = carried.key
    contig = f"chr{chromosome}"
    csq = entries(models, contig, position, ref, [alt], carried.names)
    fixed = (contig, str(position), ".", ref, alt, ".", "PASS", csq)
    return (contig, position), "\t".join((*fixed, ":".join(FIELDS), "0/1:20,20:40:99"))


def _write_genome(path: Path, stated: Iterable[Key]) -> None:
    """Write all chromosomes: the slices' sequence, the stated bases, and N elsewhere."""
    refs: dict[str, list[tuple[int, str]]] = {}
    for chromosome, position, ref, _ in stated:
        refs.setdefault(chromosome, []).append((position, ref))
    with (
        pysam.FastaFile(str(sparse_genome())) as known,
        pysam.BGZFile(str(path), "wb", index=None) as out,
    ):
        for chromosome in Chromosome:
            contig = "chrM" if chromosome is Chromosome.MT else f"chr{chromosome}"
            has = contig in known.references
            bases = bytearray(
                known.fetch(contig).upper().encode() if has else b"N" * chromosome.length
            )
            for position, ref in refs.get(chromosome.value, ()):
                bases[position - 1 : position - 1 + len(ref)] = ref.encode()
            out.write(f">{contig}\n".encode())
            out.write(bytes(bases))
            out.write(b"\n")
    pysam.faidx(str(path))


def _genome_order(candidate: Candidate) -> tuple[int, str, str, str]:
    allele = candidate.allele
    return (allele.key, allele.ref, allele.alt, candidate.consequence.hgnc)
