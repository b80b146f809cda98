"""Opt-in: missense substitutions by whole columns against vepyr, on real transcripts.

ClinVar's records of BRCA1, CFTR and MECP2, every coding substitution of the eight genes of
chr22:20.0-20.5 Mb, and of the thirteen mitochondrial genes. Set VARINTERP_SHARED_DATA.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pysam
import pytest
from shared_genome import (
    mane_select,
    mane_table,
    needs_shared_data,
    shared,
    small_cache,
    sparse_genome,
)
from test_consequence_demo_region import GENES, Region
from test_hgvs_clinvar import FILES, clinvar

from varinterp.annotate.codons import MISSENSE_SCHEMA, missense_codons
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.pipeline.consequence import from_vepyr
from varinterp.sources.transcripts import TRANSCRIPTS_SCHEMA

pytestmark = [pytest.mark.validation, needs_shared_data]
ALLELE = ["chromosome", "position", "ref", "alt"]


def substitutions(bases: str, chromosome: str, spans: list[Span]) -> pl.DataFrame:
    """Every substitution of some spans; `bases` starts at position 1."""
    rows = [
        (chromosome, at, bases[at - 1], alt)
        for span in spans
        for at in range(span.start, span.end + 1)
        for alt in "ACGT"
        if alt != bases[at - 1] and bases[at - 1] in "ACGT"
    ]
    frame = pl.DataFrame(rows, schema=ALLELE, orient="row")
    return frame.unique().sort("position", "alt")


def by_vepyr(alleles: pl.DataFrame, cache: Path, fasta: Path, folder: Path) -> pl.DataFrame:
    rows = from_vepyr(alleles, cache, fasta, folder)
    missense = rows.filter(pl.col("terms").list.contains("missense_variant"))
    named = missense.with_columns(codon=pl.col("protein_position"))
    chosen = named.select(MISSENSE_SCHEMA.names()).cast(MISSENSE_SCHEMA)
    return chosen.sort("position", "alt", "transcript")


@pytest.mark.parametrize("name", FILES)
def test_clinvars_substitutions_are_missense_where_vepyr_says_so(name: str, tmp_path: Path) -> None:
    gene = FILES[name]
    rows = [(c.removeprefix("chr"), at, ref, alt) for c, at, _, ref, alt, _ in clinvar(name)]
    single = [row for row in rows if len(row[2]) == len(row[3]) == 1]
    alleles = pl.DataFrame(single, schema=ALLELE, orient="row").unique().sort("position", "alt")
    cache = small_cache([mane_select([gene])[gene]], sparse_genome(), tmp_path / "cache")
    found = missense_codons(alleles, mane_table([gene]), sparse_genome())
    assert found.height > 250
    assert found.equals(by_vepyr(alleles, cache, sparse_genome(), tmp_path))


def test_every_substitution_of_the_demo_region_is_missense_where_vepyr_says_so(
    tmp_path: Path,
) -> None:
    region = Region(tmp_path)
    spans = [s for one in region.transcripts.values() for _, s in one.coding_exons()]
    alleles = substitutions(region.bases, "22", spans)
    found = missense_codons(alleles, mane_table(GENES), region.fasta)
    assert found.height > 20_000
    assert found.equals(by_vepyr(alleles, region.cache, region.fasta, tmp_path))


def mitochondrial() -> Iterator[Transcript]:
    """The thirteen genes of rCRS, one exon each."""
    gff = shared("genome", "transcripts", "chrM.NC_012920.1.refseq.gff3")
    for line in gff.read_text().splitlines():
        cells = line.split("\t")
        if len(cells) == 9 and cells[2] == "CDS":
            words = dict(word.split("=", 1) for word in cells[8].split(";"))
            span = Span(int(cells[3]), int(cells[4]))
            protein, gene = words["protein_id"], f"MT-{words['gene']}"
            strand = 1 if cells[6] == "+" else -1
            yield Transcript(
                protein, None, protein, gene, "", Chromosome.MT, strand, (span,), span, None
            )


def as_table(transcripts: list[Transcript]) -> pl.DataFrame:
    rows = [
        {
            "id": one.id, "gene": one.gene, "chromosome": one.chromosome.value,
            "strand": one.strand, "exon_starts": [one.cds.start], "exon_ends": [one.cds.end],
            "cds_start": one.cds.start, "cds_end": one.cds.end,
        }
        for one in transcripts
    ]  # fmt: skip
    empty = {name: None for name in TRANSCRIPTS_SCHEMA.names if name not in rows[0]}
    return pl.DataFrame([row | empty for row in rows])


def test_the_thirteen_mitochondrial_genes_are_read_with_their_own_code(tmp_path: Path) -> None:
    transcripts = list(mitochondrial())
    assert len(transcripts) == 13
    with pysam.FastaFile(str(sparse_genome())) as reference:
        bases = str(reference.fetch("chrM")).upper()
    alleles = substitutions(bases, "MT", [one.cds for one in transcripts])
    cache = small_cache(transcripts, sparse_genome(), tmp_path / "cache")
    found = missense_codons(alleles, as_table(transcripts), sparse_genome())
    assert found.height > 20_000
    assert found.equals(by_vepyr(alleles, cache, sparse_genome(), tmp_path))


def test_wt1_and_selenon_are_read_as_their_proteins_are_made(tmp_path: Path) -> None:
    """WT1's MANE protein starts at CTG; SELENON has two selenocysteines (127 and 462)."""
    found = mane_select(["WT1", "SELENON"])
    cache = small_cache(list(found.values()), sparse_genome(), tmp_path / "cache")
    for gene, one in found.items():
        with pysam.FastaFile(str(sparse_genome())) as reference:
            bases = str(reference.fetch(f"chr{one.chromosome}")).upper()
        spans = [span for _, span in one.coding_exons()]
        alleles = substitutions(bases, one.chromosome.value, spans)
        ours = missense_codons(alleles, mane_table([gene]), sparse_genome())
        assert ours.equals(by_vepyr(alleles, cache, sparse_genome(), tmp_path))
        if gene == "SELENON":
            assert set(ours.filter(pl.col("ref_aa") == "U")["codon"]) == {127, 462}
        else:
            assert ours["codon"].min() == 2
