"""The region's transcripts, and the VEP cache made of them."""

import polars as pl

from building.alleles import read_common_snps
from building.layout import CHROMOSOME, Layout
from building.sealing import TRANSCRIBED, Source, folder_of, seal
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.sources.transcript_text import read_transcript_tsv
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, to_transcripts, write_transcripts

MANE_URL = "https://www.ncbi.nlm.nih.gov/refseq/MANE/"
MANE_LICENCE = "public domain (NCBI, EMBL-EBI)"
MANE = Source(
    "mane", "1.5", TRANSCRIBED, MANE_URL, MANE_LICENCE,
    "The region's eight MANE Select transcripts, from MANE v1.5 (PMID 35388217). The date is that "
    "of this table.",
)  # fmt: skip
VEP = Source(
    "vep", "mane-1.5-demo", TRANSCRIBED, MANE_URL, MANE_LICENCE,
    "A VEP cache of the region's eight MANE Select transcripts and common SNPs.",
)  # fmt: skip


def write_transcript_releases(layout: Layout) -> None:
    """Build the transcript table and the cache; the built reference must be there."""
    table = read_transcript_tsv(layout.facts / "transcripts.tsv")
    folder = folder_of(layout, MANE)
    seal(folder, MANE, {TRANSCRIPTS_FILE: write_transcripts(table, folder / TRANSCRIPTS_FILE)})
    _write_cache(layout, table)


def _write_cache(layout: Layout, table: pl.DataFrame) -> None:
    folder = folder_of(layout, VEP)
    known = [
        (CHROMOSOME, allele.position, allele.ref, allele.alt, rsid)
        for rsid, allele in read_common_snps(layout)
    ]
    genes = dict(zip(table["id"], table["ensembl_gene"], strict=True))
    build_vep_cache(
        to_transcripts(table).values(), layout.fasta, known, folder, ensembl_genes=genes
    )
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    seal(folder, VEP, {path.relative_to(folder).as_posix(): None for path in files})
