"""A protein worked out by rewriting the genome itself, and what `bcftools csq` says of it."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from small_genome import SmallGenome, write_gff
from varinterp.annotate.genetic_code import reverse_complement, translate
from varinterp.annotate.haplotype import Coding
from varinterp.model.transcript import Transcript

Site = tuple[int, str, str]
_RUN = "import sys, pysam.bcftools as b; getattr(b, sys.argv[1])(*sys.argv[2:], catch_stdout=False)"
_CHANGE = re.compile(r"(\d+)([A-Z*]+)(?:>\d+([A-Z*]+))?")


def coding(genome: SmallGenome, transcript: Transcript) -> Coding:
    """Read a transcript of the small genome by hand."""
    spans = sorted((span for _, span in transcript.coding_exons()), key=lambda span: span.start)
    bases = "".join(genome.bases[span.start - 1 : span.end] for span in spans)
    last = max(transcript.exons, key=lambda exon: exon.end)
    first = min(transcript.exons, key=lambda exon: exon.start)
    if transcript.strand > 0:
        return Coding(transcript, bases, genome.bases[transcript.cds.end : last.end])
    after = reverse_complement(genome.bases[first.start - 1 : transcript.cds.start - 1])
    return Coding(transcript, reverse_complement(bases), after)


def left_most(genome: SmallGenome, site: Site) -> Site:
    """Left-align an allele and trim what its ends share."""
    position, ref, alt = site
    while ref[-1] == alt[-1] and len(ref) + len(alt) > 2:
        if len(ref) == 1 or len(alt) == 1:
            position -= 1
            ref, alt = genome.bases[position - 1] + ref, genome.bases[position - 1] + alt
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        position, ref, alt = position + 1, ref[1:], alt[1:]
    return position, ref, alt


def protein(read: Coding, genome: SmallGenome, sites: Sequence[Site]) -> str:
    """Rewrite the genome, splice it and translate to the first stop."""
    cells = {at: genome.bases[at - 1] for at in range(900, 3700)}
    inserted: dict[int, str] = {}
    for position, ref, alt in sites:
        if len(ref) == len(alt):
            cells.update({position + i: base for i, base in enumerate(alt)})
        else:
            cells.update({position + i: "" for i in range(1, len(ref))})
            inserted[position + 1] = inserted.get(position + 1, "") + alt[1:]
    spans = sorted((s for _, s in read.transcript.coding_exons()), key=lambda span: span.start)
    places = [at for span in spans for at in range(span.start, span.end + 1)]
    text = "".join(inserted.get(at, "") + cells[at] for at in places)
    text = text if read.transcript.strand > 0 else reverse_complement(text)
    return translate(text + read.after, 1).partition("*")[0] + "*"


def by_csq(
    genome: SmallGenome, haplotypes: Sequence[Sequence[Site]], folder: Path
) -> list[list[str]]:
    """Return `bcftools csq`'s consequences of haplotypes, one a sample; no pointers (``@``).

    In a process of its own: csq keeps its last position between calls.
    """
    sites = sorted({site for haplotype in haplotypes for site in haplotype})
    samples = [f"s{number}" for number in range(len(haplotypes))]
    lines = ["##fileformat=VCFv4.2", "##contig=<ID=chr22,length=6000>"]
    lines.append('##FORMAT=<ID=GT,Number=1,Type=String,Description="genotype">')
    lines.append(
        "\t".join(["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT".replace(" ", "\t"), *samples])
    )
    for site in sites:
        calls = ["1|0" if site in haplotype else "0|0" for haplotype in haplotypes]
        position, ref, alt = site
        lines.append(
            "\t".join(["chr22", str(position), ".", ref, alt, ".", ".", ".", "GT", *calls])
        )
    vcf, bcf, text = folder / "hap.vcf", folder / "csq.bcf", folder / "csq.txt"
    vcf.write_text("\n".join(lines) + "\n")
    gff = str(write_gff(folder / "genes.gff3"))
    csq = ["csq", "-f", str(genome.fasta), "-g", gff, "-p", "a", "-n", "64", "-Ob"]
    _bcftools(*csq, "-o", str(bcf), str(vcf))
    _bcftools("query", "-f", "[%SAMPLE\t%TBCSQ{0}\n]", "-o", str(text), str(bcf))
    said: list[list[str]] = [[] for _ in haplotypes]
    for line in text.read_text().splitlines():
        sample, words = line.split("\t")
        said[int(sample[1:])] += [word for word in words.split(",") if word[0] not in ".@"]
    return [list(dict.fromkeys(words)) for words in said]


def rebuilt(before: str, said: Sequence[str]) -> str | None:
    """Make csq's changes in a protein; None when two of them concern one residue."""
    changes = []
    for words in said:
        found = _CHANGE.fullmatch(words.split("|")[5])
        if found is None:
            return None
        changes.append((int(found[1]) - 1, found[2], found[3] or found[2]))
    for at, old, new in sorted(changes, reverse=True):
        if before[at : at + len(old)] != old:
            return None
        before = before[:at] + new + before[at + len(old) :]
    return before.partition("*")[0] + ("*" if "*" in before else "")


def _bcftools(*arguments: str) -> None:
    subprocess.run([sys.executable, "-c", _RUN, *arguments], check=True, capture_output=True)
