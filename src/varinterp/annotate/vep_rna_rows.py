"""A transcript without a protein as the rows that a VEP cache holds of it."""

from varinterp.annotate.genetic_code import reverse_complement
from varinterp.annotate.mitochondrial_genes import Rna
from varinterp.annotate.vep_rows import PROVENANCE, Fetch, Row

_OUTSIDE = -1
"""The phase of an exon that codes for nothing."""


def rna_transcript_row(rna: Rna, fetch: Fetch, number: int) -> Row:
    """Return the `transcript` row; `number` tells the rows of a chromosome apart."""
    bases = fetch(rna.chromosome, rna.span)
    start, end = rna.span.start, rna.span.end
    segment = {"genomic_start": start, "genomic_end": end, "cdna_start": 1, "cdna_end": len(bases)}
    return PROVENANCE | {
        "chrom": rna.chromosome.value,
        "start": start,
        "end": end,
        "strand": rna.strand,
        "stable_id": rna.id,
        "biotype": rna.biotype,
        "is_canonical": True,
        "gene_stable_id": rna.ensembl_gene,
        "gene_symbol": rna.gene,
        "gene_symbol_source": "HGNC",
        "gene_hgnc_id": rna.hgnc,
        "is_gencode_basic": True,
        "is_gencode_primary": True,
        "exon_count": 1,
        "exons": [{"start": start, "end": end, "phase": _OUTSIDE}],
        "cdna_mapper_segments": [segment | {"ori": rna.strand}],
        "spliced_seq": bases if rna.strand == 1 else reverse_complement(bases),
        "transcript_uid": number,
    }


def rna_exon_row(rna: Rna) -> Row:
    """Return the row of the one exon."""
    return PROVENANCE | {
        "chrom": rna.chromosome.value,
        "start": rna.span.start,
        "end": rna.span.end,
        "strand": rna.strand,
        "phase": _OUTSIDE,
        "end_phase": _OUTSIDE,
        "transcript_id": rna.id,
        "gene_stable_id": rna.ensembl_gene,
        "exon_number": 1,
    }
