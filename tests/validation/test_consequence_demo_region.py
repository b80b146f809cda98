"""Opt-in: consequences of real transcripts of chr22:20.0-20.5 Mb against published names, against
`bcftools csq`, and against proteins worked out from the sequence. Set VARINTERP_SHARED_DATA.
"""

import gzip
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pysam
import pysam.bcftools
import pytest
from protein_names import change_of, described
from shared_genome import SITES_HEADER, mane_select, needs_shared_data, shared, small_cache

from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.vep_rows import sequence
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Transcript
from varinterp.sources.vep import read_csq

pytestmark = [pytest.mark.validation, needs_shared_data]

GENES = ["TANGO2", "DGCR8", "TRMT2A", "RANBP1", "ZDHHC8", "CCDC188", "RTN4R", "DGCR6L"]
PUBLISHED = {
    (20036801, "GT", "G"): ("frameshift_variant", "c.4del", "p.Cys2AlafsTer35"),
    (20055980, "C", "T"): ("stop_gained", "c.418C>T", "p.Arg140Ter"),
    (20061538, "G", "A"): ("missense_variant", "c.460G>A", "p.Gly154Arg"),
    (20061684, "G", "A"): ("splice_donor_variant", "c.605+1G>A", None),
}
CODING = {
    "synonymous": "synonymous_variant",
    "missense": "missense_variant",
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "start_lost": "start_lost",
    "stop_retained": "stop_retained_variant",
    "splice_donor": "splice_donor_variant",
    "splice_acceptor": "splice_acceptor_variant",
}
Site = tuple[int, str, str]


class Region:
    """The region at its own coordinates: a chromosome 22 of N but for 509,431 bases."""

    def __init__(self, folder: Path) -> None:
        source = shared("demo_region", "GRCh38.chr22_20012478-20521908.fa.gz")
        with gzip.open(source, "rt") as text:
            name, *lines = text.read().split()
        first = int(name.split(":")[1].split("-")[0])
        bases = ("N" * (first - 1) + "".join(lines)).ljust(Chromosome.C22.length, "N")
        plain = folder / "chr22.fa"
        wrapped = (bases[at : at + 100_000] for at in range(0, len(bases), 100_000))
        plain.write_text(">chr22\n" + "\n".join(wrapped) + "\n")
        self.bases = bases
        self.fasta = folder / "chr22.fa.gz"
        pysam.tabix_compress(str(plain), str(self.fasta))
        pysam.faidx(str(self.fasta))
        self.transcripts = mane_select(GENES)
        self.cache = small_cache(list(self.transcripts.values()), self.fasta, folder / "cache")

    def between(self, start: int, end: int) -> str:
        return self.bases[start - 1 : end]

    def annotate(self, sites: list[Site], folder: Path) -> pl.DataFrame:
        vcf = folder / "sites.vcf"
        rows = (f"chr22\t{at}\t.\t{ref}\t{alt}\t.\t.\t.\n" for at, ref, alt in sites)
        header = SITES_HEADER.replace("#CHROM", "##contig=<ID=chr22>\n#CHROM")
        vcf.write_text(header + "".join(rows))
        annotate_vcf(vcf, self.cache, self.fasta, folder / "annotated.vcf")
        return read_csq(folder / "annotated.vcf")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    return Region(tmp_path_factory.mktemp("region"))


def test_the_eight_transcripts_translate(region: Region) -> None:
    assert sorted(region.transcripts) == sorted(GENES)


def test_published_alleles_of_tango2_get_their_published_names(
    region: Region, tmp_path: Path
) -> None:
    frame = region.annotate(list(PUBLISHED), tmp_path)
    rows = frame.filter(pl.col("transcript") == "ENST00000327374.9").iter_rows(named=True)
    found = {
        (row["position"], row["ref"], row["alt"]): (
            row["terms"][0],
            row["hgvs_c"].split(":")[1],
            row["hgvs_p"].split(":")[1] if row["hgvs_p"] else None,
        )
        for row in rows
    }
    assert found == PUBLISHED
    assert set(frame.filter(pl.col("gene") == "TANGO2")["refseq"]) == {"NM_152906.7"}


def gff(transcripts: list[Transcript], path: Path) -> Path:
    lines = ["##gff-version 3"]
    for one in transcripts:
        strand = "+" if one.strand == 1 else "-"
        low, high = min(e.start for e in one.exons), max(e.end for e in one.exons)

        def line(kind: str, start: int, end: int, phase: str, about: str, strand: str) -> str:
            return f"chr22\t.\t{kind}\t{start}\t{end}\t.\t{strand}\t{phase}\t{about}"

        gene = f"ID=gene:{one.gene};Name={one.gene};biotype=protein_coding"
        name = f"ID=transcript:{one.id};Parent=gene:{one.gene};biotype=protein_coding"
        lines.append(line("gene", low, high, ".", gene, strand))
        lines.append(line("mRNA", low, high, ".", name, strand))
        parent = f"Parent=transcript:{one.id}"
        lines += [line("exon", e.start, e.end, ".", parent, strand) for e in one.exons]
        done = 0
        for _, span in one.coding_exons():
            lines.append(line("CDS", span.start, span.end, str(-done % 3), parent, strand))
            done += len(span)
    path.write_text("\n".join(lines) + "\n")
    return path


def said_by_bcftools(region: Region, folder: Path) -> dict[tuple[int, str, str], set[str]]:
    """Coding and splice-site terms in VEP's words, by position, ALT and transcript."""
    genes = gff(list(region.transcripts.values()), folder / "genes.gff3")
    out = folder / "csq.vcf"
    arguments = ["-f", str(region.fasta), "-g", str(genes), "-l", "-Ov", "-o", str(out)]
    pysam.bcftools.csq(*arguments, str(folder / "sites.vcf"), catch_stdout=False)
    found: dict[tuple[int, str, str], set[str]] = {}
    with pysam.VariantFile(str(out)) as records:
        for record in records:
            for entry in record.info.get("BCSQ", ()):
                fields = entry.split("|")
                words = {CODING[word] for word in fields[0].split("&") if word in CODING}
                words |= {change for change in fields[5:6] if ">" in change}
                if words:
                    found[record.pos, (record.alts or ("",))[0], fields[2]] = words
    return found


def coding_substitutions(region: Region) -> Iterator[Site]:
    """Every substitution of a coding base or of a splice site's two bases."""
    places: set[int] = set()
    for one in region.transcripts.values():
        for _, span in one.coding_exons():
            places.update(range(span.start - 2, span.end + 3))
    for at in sorted(places):
        ref = region.between(at, at)
        yield from ((at, ref, alt) for alt in "ACGT" if alt != ref)


def test_every_coding_substitution_means_the_same_to_bcftools_csq(
    region: Region, tmp_path: Path
) -> None:
    frame = region.annotate(list(coding_substitutions(region)), tmp_path)
    theirs = said_by_bcftools(region, tmp_path)
    ours: dict[tuple[int, str, str], set[str]] = {}
    for row in frame.iter_rows(named=True):
        words = set(CODING.values()) & set(row["terms"])
        if row["protein_position"] and row["ref_aa"] != row["alt_aa"]:
            at = row["protein_position"]
            words.add(f"{at}{row['ref_aa']}>{at}{row['alt_aa']}")
        if words:
            ours[row["position"], row["alt"], row["transcript"]] = words
    assert len(ours) > 30_000
    differing = {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
    assert differing == set()


def left_aligned(region: Region, at: int, ref: str, alt: str) -> Site:
    while len(ref) + len(alt) > 2 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
        if not ref or not alt:
            at -= 1
            base = region.between(at, at)
            ref, alt = base + ref, base + alt
    return at, ref, alt


def coding_indels(region: Region, transcript: Transcript, seed: int) -> list[Site]:
    """Deletions, duplications and random insertions of 1 to 6 bases at a sixth of all places."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    sites = set()
    for _, span in transcript.coding_exons():
        for at in range(span.start, span.end + 1):
            if rng.randrange(6):
                continue
            for size in (1, 2, 3, 4, 6):
                ref = region.between(at - 1, at - 1 + size)
                made = "".join(rng.choices("ACGT", k=size))
                for one, other in (
                    (ref, ref[0]),
                    (ref[0], ref),
                    (ref[0], ref[0] + made),
                ):
                    sites.add(left_aligned(region, at - 1, one, other))
    return sorted(sites)


def test_names_of_indels_inside_the_coding_sequence_describe_the_protein(
    region: Region, tmp_path: Path
) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for seed, one in enumerate(region.transcripts.values()):
        read = sequence(one, lambda _, span: region.between(span.start, span.end), {})
        rows = region.annotate(coding_indels(region, one, seed), tmp_path)
        for row in rows.filter(pl.col("transcript") == one.id).iter_rows(named=True):
            change = change_of(read, row["position"], row["ref"], row["alt"])
            inside = row["cds_position"] and 6 < row["cds_position"] < one.cds_length - 12
            if change is None or not inside or row["hgvs_p"] is None:
                counts["left out"] += 1
                continue
            counts["compared"] += 1
            fault = described(row["hgvs_p"], change)
            if fault:
                wrong.append((row["position"], row["ref"], row["alt"], row["hgvs_p"], fault))
    assert counts["compared"] > 20_000
    assert wrong == []
