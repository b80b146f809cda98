"""The 37 genes of human mitochondrial DNA, which never change: 13 proteins, 22 tRNAs and 2 rRNAs.

MANE pairs nuclear transcripts alone. Places, strands, HGNC ids and proteins are RefSeq's of
NC_012920.1 (the revised Cambridge sequence, Andrews 1999, PMID 10508508), transcripts and genes
Ensembl's, whose transcripts have the same places.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript

_TABLE = "mitochondrial_genes.tsv"
_CODING = "protein_coding"

KNOWN_SNP = (Chromosome.MT.value, 3243, "A", "G", "rs199474657")
"""m.3243A>G, for a cache that has to know a substitution of each chromosome."""


@dataclass(frozen=True, slots=True)
class Rna:
    """A transcript of one exon that codes for no protein; `biotype` is Ensembl's word."""

    id: str
    gene: str
    hgnc: str
    ensembl_gene: str
    biotype: str
    chromosome: Chromosome
    strand: int
    span: Span


def mitochondrial_rnas() -> tuple[Rna, ...]:
    """Return the transcripts of tRNA and rRNA genes, in genome order."""
    return tuple(
        Rna(
            id=row["id"],
            gene=row["gene"],
            hgnc=row["hgnc"],
            ensembl_gene=row["ensembl_gene"],
            biotype=row["biotype"],
            chromosome=Chromosome.MT,
            strand=int(row["strand"]),
            span=_span(row),
        )
        for row in _rows()
        if row["biotype"] != _CODING
    )


def mitochondrial_transcripts() -> dict[Transcript, str]:
    """Return the transcripts of proteins, in genome order, each with its gene's id in Ensembl."""
    return {_transcript(row): row["ensembl_gene"] for row in _rows() if row["biotype"] == _CODING}


def _transcript(row: dict[str, str]) -> Transcript:
    return Transcript(
        id=row["id"],
        refseq=None,
        protein=row["protein"],
        gene=row["gene"],
        hgnc=row["hgnc"],
        chromosome=Chromosome.MT,
        strand=int(row["strand"]),
        exons=(_span(row),),
        cds=_span(row),
        mane=None,
    )


def _span(row: dict[str, str]) -> Span:
    return Span(int(row["start"]), int(row["end"]))


@cache
def _table() -> str:
    return (files("varinterp.annotate") / _TABLE).read_text(encoding="utf-8")


def _rows() -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_table().splitlines(), delimiter="\t")
