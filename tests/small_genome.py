"""A made-up chromosome 22 of 6,000 bases with two coding transcripts, one on each strand.

Their coding sequences repeat GCT GAA TGG AAA CTG GGC (Ala Glu Trp Lys Leu Gly) between ATG and TAA:
names of changes can be worked out by hand.
"""

import random
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from pathlib import Path

import pysam

from varinterp.annotate.genetic_code import reverse_complement
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane, Span, Transcript

LENGTH = 6000
CODONS = ("GCT", "GAA", "TGG", "AAA", "CTG", "GGC")
FORWARD = Transcript(
    id="ENST00000000001.2",
    refseq="NM_000001.3",
    protein="ENSP00000000001.1",
    gene="FWD1",
    hgnc="HGNC:1",
    chromosome=Chromosome.C22,
    strand=1,
    exons=(Span(1001, 1100), Span(1301, 1450), Span(1701, 1900)),
    cds=Span(1051, 1800),
    mane=Mane.SELECT,
)
REVERSE = Transcript(
    id="ENST00000000002.1",
    refseq="NM_000002.1",
    protein="ENSP00000000002.4",
    gene="REV1",
    hgnc="HGNC:2",
    chromosome=Chromosome.C22,
    strand=-1,
    exons=(Span(3401, 3500), Span(3001, 3200)),
    cds=Span(3101, 3450),
    mane=Mane.PLUS_CLINICAL,
)


@dataclass(frozen=True)
class SmallGenome:
    """The FASTA, its bases (position 1 at index 0) and one known variant on it."""

    fasta: Path
    bases: str

    @property
    def known(self) -> tuple[str, int, str, str, str]:
        return ("22", 500, self.bases[499], "T" if self.bases[499] != "T" else "C", "rs500")

    def vcf(self, path: Path, alleles: list[tuple[int, str, str]], contig: str = "chr22") -> Path:
        """Write sites; an empty REF is filled in from the genome."""
        lines = ["##fileformat=VCFv4.2", f"##contig=<ID={contig},length={LENGTH}>"]
        lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
        for position, ref, alt in alleles:
            ref = ref or self.bases[position - 1]
            lines.append(f"{contig}\t{position}\tv{position}\t{ref}\t{alt}\t.\t.\tAF=0.5;END=x")
        path.write_text("\n".join(lines) + "\n")
        return path


def write_genome(
    folder: Path,
    *,
    contig: str = "chr22",
    zipped: bool = False,
    start: str = "ATG",
    middle: str | None = None,
    stop: str = "TAA",
) -> SmallGenome:
    """Write and index the FASTA; `middle` replaces the forward transcript's tenth codon."""
    bases = list(random.Random(22).choices("ACGT", k=LENGTH))  # noqa: S311 - a toy sequence
    codons = list(islice(cycle(CODONS), 98))
    if middle:
        codons[8] = middle
    _put_coding(bases, FORWARD, start + "".join(codons) + stop)
    _put_coding(bases, REVERSE, "ATG" + "".join(islice(cycle(CODONS), 48)) + "TAA")
    for transcript in (FORWARD, REVERSE):
        _put_introns(bases, transcript)
    text = "".join(bases)
    plain = folder / "genome.fa"
    lines = (text[at : at + 60] for at in range(0, LENGTH, 60))
    plain.write_text(f">{contig}\n" + "\n".join(lines) + "\n")
    fasta = plain
    if zipped:
        fasta = folder / "genome.fa.gz"
        pysam.tabix_compress(str(plain), str(fasta), force=True)
        plain.unlink()
    pysam.faidx(str(fasta))
    return SmallGenome(fasta, text)


def _put_coding(bases: list[str], transcript: Transcript, cds: str) -> None:
    forward = cds if transcript.strand == 1 else reverse_complement(cds)
    spans = sorted((span for _, span in transcript.coding_exons()), key=lambda span: span.start)
    places = [at for span in spans for at in range(span.start, span.end + 1)]
    for place, base in zip(places, forward, strict=True):
        bases[place - 1] = base


def _put_introns(bases: list[str], transcript: Transcript) -> None:
    exons = sorted(transcript.exons, key=lambda exon: exon.start)
    left, right = ("GT", "AG") if transcript.strand == 1 else ("CT", "AC")
    for before, after in pairwise(exons):
        bases[before.end : before.end + 2] = left
        bases[after.start - 3 : after.start - 1] = right


def write_gff(path: Path) -> Path:
    """Write the two transcripts as the GFF3 that `bcftools csq` reads."""
    lines = ["##gff-version 3"]
    for number, one in enumerate((FORWARD, REVERSE), start=1):
        strand = "+" if one.strand == 1 else "-"
        low, high = min(e.start for e in one.exons), max(e.end for e in one.exons)
        gene = f"ID=gene:ENSG{number};Name={one.gene};biotype=protein_coding"
        name = f"ID=transcript:{one.id};Parent=gene:ENSG{number};biotype=protein_coding"
        lines.append(f"chr22\t.\tgene\t{low}\t{high}\t.\t{strand}\t.\t{gene}")
        lines.append(f"chr22\t.\tmRNA\t{low}\t{high}\t.\t{strand}\t.\t{name}")
        parent = f"Parent=transcript:{one.id}"
        for exon in one.exons:
            lines.append(f"chr22\t.\texon\t{exon.start}\t{exon.end}\t.\t{strand}\t.\t{parent}")
        read = 0
        for _, span in one.coding_exons():
            phase = -read % 3
            lines.append(f"chr22\t.\tCDS\t{span.start}\t{span.end}\t.\t{strand}\t{phase}\t{parent}")
            read += len(span)
    path.write_text("\n".join(lines) + "\n")
    return path
