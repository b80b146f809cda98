"""Inputs of `consequence`: 2,000 made-up coding transcripts, and 150,000 alleles in them.

    reference.fa     four contigs of 5.6 Mb
    genes.gff3       the transcripts in Ensembl's form, for `bcftools csq`
    cache/           the same as a VEP cache
    alleles.parquet  alleles in coding exons and the eight bases beside them
    sites.vcf        the same

Ten exons of 150 bases a transcript, on both strands, no two at one place. 90 % of the alleles are
substitutions, the others insertions and deletions of 1 to 6 bases, left-aligned.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pysam

from varinterp.annotate.genetic_code import reverse_complement
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript

ALLELES = 150_000
GENES = 500
_CHROMOSOMES = (Chromosome.C1, Chromosome.C2, Chromosome.C3, Chromosome.C4)
_STRIDE = 11_000
_EXONS, _EXON, _INTRON = 10, 150, 900
_STOPS = ("TAA", "TAG", "TGA")
_HEADER = "##fileformat=VCFv4.2\n"
_COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


def make(folder: Path, alleles: int, seed: int) -> None:
    """Write everything in `folder`."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    genome = {one: rng.choice(list("ACGT"), GENES * _STRIDE + 100_000) for one in _CHROMOSOMES}
    transcripts = [_transcript(one, number) for one in _CHROMOSOMES for number in range(GENES)]
    for transcript in transcripts:
        _write_coding(genome[transcript.chromosome], transcript, rng)
    fasta = folder / "reference.fa"
    with fasta.open("w") as stream:
        for chromosome, bases in genome.items():
            text = "".join(bases)
            lines = (text[at : at + 60] for at in range(0, len(text), 60))
            stream.write(f">chr{chromosome}\n" + "\n".join(lines) + "\n")
    pysam.faidx(str(fasta))
    (folder / "genes.gff3").write_text("".join(_gff(transcripts)))
    build_vep_cache(transcripts, fasta, _known(genome), folder / "cache")
    _write_alleles(folder, genome, transcripts, alleles, rng)


def _transcript(chromosome: Chromosome, number: int) -> Transcript:
    strand, first = 1 if number % 2 else -1, 50_000 + number * _STRIDE
    starts = [first + index * (_EXON + _INTRON) for index in range(_EXONS)]
    exons = [Span(start, start + _EXON - 1) for start in starts]
    return Transcript(
        id=f"ENST{chromosome.code:03}{number:08}.1",
        refseq=None,
        protein=f"ENSP{chromosome.code:03}{number:08}.1",
        gene=f"G{chromosome.code}_{number}",
        hgnc="",
        chromosome=chromosome,
        strand=strand,
        exons=tuple(exons if strand > 0 else reversed(exons)),
        cds=Span(exons[0].start + 30, exons[-1].end - 30),
        mane=None,
    )


def _write_coding(bases: np.ndarray, transcript: Transcript, rng: np.random.Generator) -> None:
    codons = rng.choice(_SENSE, transcript.cds_length // 3 - 2)
    cds = "ATG" + "".join(codons) + "TAA"
    forward = cds if transcript.strand > 0 else reverse_complement(cds)
    spans = sorted((span for _, span in transcript.coding_exons()), key=lambda span: span.start)
    done = 0
    for span in spans:
        bases[span.start - 1 : span.end] = list(forward[done : done + len(span)])
        done += len(span)


_SENSE = [
    codon
    for codon in (a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT")
    if codon not in _STOPS
]


def _known(genome: dict[Chromosome, np.ndarray]) -> Iterator[tuple[str, int, str, str, str]]:
    for chromosome, bases in genome.items():
        base = str(bases[99])
        yield chromosome.value, 100, base, "A" if base != "A" else "C", f"rs{chromosome.code}"


def _gff(transcripts: list[Transcript]) -> Iterator[str]:
    yield "##gff-version 3\n"
    for one in transcripts:
        low, high = min(e.start for e in one.exons), max(e.end for e in one.exons)
        strand = "+" if one.strand > 0 else "-"
        place = f"chr{one.chromosome}\t.\t{{}}\t{{}}\t{{}}\t.\t{strand}\t{{}}\t{{}}\n"
        kind = "biotype=protein_coding"
        yield place.format("gene", low, high, ".", f"ID=gene:{one.gene};Name={one.gene};{kind}")
        name = f"ID=transcript:{one.id};Parent=gene:{one.gene};{kind}"
        yield place.format("mRNA", low, high, ".", name)
        parent, done = f"Parent=transcript:{one.id}", 0
        for exon in one.exons:
            yield place.format("exon", exon.start, exon.end, ".", parent)
        for _, span in one.coding_exons():
            yield place.format("CDS", span.start, span.end, -done % 3, parent)
            done += len(span)


def _write_alleles(
    folder: Path,
    genome: dict[Chromosome, np.ndarray],
    transcripts: list[Transcript],
    count: int,
    rng: np.random.Generator,
) -> None:
    rows: set[tuple[int, str, int, str, str]] = set()
    while len(rows) < count:
        transcript = transcripts[rng.integers(len(transcripts))]
        spans = [span for _, span in transcript.coding_exons()]
        span = spans[rng.integers(len(spans))]
        at = int(rng.integers(span.start - 8, span.end + 9))
        bases = genome[transcript.chromosome]
        allele = _allele(bases, at, rng)
        rows.add((transcript.chromosome.code, transcript.chromosome.value, *allele))
    schema = ["code", "chromosome", "position", "ref", "alt"]
    frame = pl.DataFrame(sorted(rows), schema=schema, orient="row").drop("code")
    frame.write_parquet(folder / "alleles.parquet")
    line = pl.format("chr{}\t{}\t.\t{}\t{}\t.\t.\t.", *frame.columns)
    contigs = "".join(
        f"##contig=<ID=chr{chromosome},length={len(bases)}>\n"
        for chromosome, bases in genome.items()
    )
    body = "\n".join(frame.select(line).to_series())
    (folder / "sites.vcf").write_text(f"{_HEADER}{contigs}{_COLUMNS}{body}\n")


def _allele(bases: np.ndarray, at: int, rng: np.random.Generator) -> tuple[int, str, str]:
    ref = str(bases[at - 1])
    kind, size = rng.random(), int(rng.integers(1, 7))
    if kind < 0.9:
        return at, ref, str(rng.choice([base for base in "ACGT" if base != ref]))
    long = "".join(bases[at - 1 : at + size])
    if kind >= 0.95:
        long = ref + "".join(rng.choice(list("ACGT"), size))
    while long[-1] == ref:
        at -= 1
        ref, long = str(bases[at - 1]), str(bases[at - 1]) + long[:-1]
    return (at, long, ref) if kind < 0.95 else (at, ref, long)
