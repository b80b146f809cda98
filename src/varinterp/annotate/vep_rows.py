"""A transcript and its sequence as the rows that a VEP cache holds of it.

The columns are those of Ensembl's transcript, exon and translation objects: coordinates 1-based
inclusive, exons in transcript order, the coding sequence with its stop, the protein without.
Ids keep their versions, so that `CSQ` names a transcript with its version. What is not known of a
transcript (TSL, APPRIS, protein domains, SIFT, PolyPhen) is left null.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from varinterp.annotate.genetic_code import (
    KNOWN_RECODED,
    Recoding,
    code_table,
    protein_of,
    reverse_complement,
)
from varinterp.annotate.haplotype import Coding, coding_of
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane, Span, Transcript

Row = dict[str, Any]
Fetch = Callable[[Chromosome, Span], str]
"""Returns the bases of a stretch of a chromosome, forward strand, upper case."""

VEP_RELEASE = "116"
PROVENANCE = {
    "species": "homo_sapiens",
    "assembly": "GRCh38",
    "cache_version": VEP_RELEASE,
    "source_cache_path": "",
    "source_file": "",
}


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A transcript with its spliced sequence, in transcript order.

    `coding` spans the CDS in the cDNA (stop codon included); `ranges` are the exons in the cDNA.
    """

    transcript: Transcript
    spliced: str
    coding: Span
    ranges: tuple[Span, ...]
    protein: str

    @property
    def cds(self) -> str:
        """The coding sequence, stop codon included; N for what its first codon lacks."""
        lacking = self.transcript.cds_start_phase or 0
        return "N" * lacking + self.spliced[self.coding.start - 1 : self.coding.end]


def sequence(transcript: Transcript, fetch: Fetch, recoded: Mapping[str, Recoding]) -> Sequenced:
    """Read a transcript's sequence; raise ValueError when its CDS does not translate.

    `recoded` names transcripts (by id, or gene by symbol) that may break one rule of translation;
    the genes of `KNOWN_RECODED` need no mention.
    """
    parts = [fetch(transcript.chromosome, exon) for exon in transcript.exons]
    forward = transcript.strand == 1
    spliced = "".join(part if forward else reverse_complement(part) for part in parts)
    if spliced.strip("ACGTN"):
        raise ValueError("the reference has letters other than A, C, G, T and N in its exons")
    ranges = _cdna_ranges(transcript)
    bounds = sorted(
        _cdna(transcript, ranges, at) for at in (transcript.cds.start, transcript.cds.end)
    )
    coding = Span(bounds[0], bounds[1])
    recoding = (
        recoded.get(transcript.id)
        or recoded.get(transcript.gene)
        or KNOWN_RECODED.get(transcript.gene)
    )
    cds = spliced[coding.start - 1 : coding.end]
    protein = protein_of(
        cds,
        code_table(transcript),
        recoding,
        lacking=transcript.cds_start_phase,
        ended=transcript.cds_end_known,
    )
    return Sequenced(transcript, spliced, coding, ranges, protein)


def to_coding(read: Sequenced) -> Coding:
    """Return a read transcript as the sequence that alleles are tried on."""
    return coding_of(read.transcript, read.cds, read.spliced[read.coding.end :], read.protein)


def _cdna_ranges(transcript: Transcript) -> tuple[Span, ...]:
    ranges: list[Span] = []
    for exon in transcript.exons:
        start = ranges[-1].end + 1 if ranges else 1
        ranges.append(Span(start, start + len(exon) - 1))
    return tuple(ranges)


def _cdna(transcript: Transcript, ranges: tuple[Span, ...], position: int) -> int:
    """Return the cDNA position of an exonic base of the genome."""
    for exon, cdna in zip(transcript.exons, ranges, strict=True):
        if position in exon:
            into = position - exon.start if transcript.strand == 1 else exon.end - position
            return cdna.start + into
    raise ValueError("a bound of its coding sequence lies in no exon")


def transcript_row(read: Sequenced, number: int, ensembl_gene: str | None) -> Row:
    """Return the `transcript` row; `number` tells the rows of a chromosome apart."""
    transcript, select = read.transcript, read.transcript.mane is Mane.SELECT
    coding = read.coding
    return PROVENANCE | {
        "chrom": transcript.chromosome.value,
        "start": min(exon.start for exon in transcript.exons),
        "end": max(exon.end for exon in transcript.exons),
        "strand": transcript.strand,
        "stable_id": transcript.id,
        "biotype": "protein_coding",
        "is_canonical": select,
        "gene_stable_id": ensembl_gene,
        "gene_symbol": transcript.gene,
        "gene_symbol_source": "HGNC" if transcript.hgnc else None,
        "gene_hgnc_id": transcript.hgnc or None,
        "refseq_id": transcript.refseq,
        "is_gencode_basic": True,
        "is_gencode_primary": select,
        "cds_start": transcript.cds.start,
        "cds_end": transcript.cds.end,
        "cdna_coding_start": coding.start,
        "cdna_coding_end": coding.end,
        "translation_stable_id": transcript.protein,
        "exon_count": len(transcript.exons),
        "exons": _exon_list(read),
        "cdna_seq": read.cds,
        "peptide_seq": read.protein,
        "codon_table": code_table(transcript),
        "mane_select": transcript.refseq if select else None,
        "mane_plus_clinical": _plus_clinical(transcript),
        "cds_start_nf": transcript.cds_start_phase is not None,
        "cds_end_nf": not transcript.cds_end_known,
        "translateable_seq": read.cds,
        "five_prime_utr_seq": read.spliced[: coding.start - 1] or None,
        "three_prime_utr_seq": read.spliced[coding.end :] or None,
        "cdna_mapper_segments": _mapper_segments(read),
        "spliced_seq": read.spliced,
        "transcript_uid": number,
    }


def exon_rows(read: Sequenced, ensembl_gene: str | None) -> list[Row]:
    """Return the `exon` rows, in transcript order."""
    transcript = read.transcript
    phases = _phases(read)
    return [
        PROVENANCE
        | {
            "chrom": transcript.chromosome.value,
            "start": exon.start,
            "end": exon.end,
            "strand": transcript.strand,
            "phase": phases[at][0],
            "end_phase": phases[at][1],
            "transcript_id": transcript.id,
            "gene_stable_id": ensembl_gene,
            "exon_number": at + 1,
        }
        for at, exon in enumerate(transcript.exons)
    ]


def translation_row(read: Sequenced) -> Row:
    """Return the `translation_core` row."""
    return {
        "transcript_id": read.transcript.id,
        "stable_id": read.transcript.protein,
        "cds_len": len(read.cds),
        "protein_len": len(read.protein),
        "translation_seq": read.protein,
        "cds_sequence": read.cds,
        "translation_seq_canonical": read.protein,
        "cds_sequence_canonical": read.cds,
    }


def _plus_clinical(transcript: Transcript) -> str | None:
    return transcript.refseq if transcript.mane is Mane.PLUS_CLINICAL else None


def _exon_list(read: Sequenced) -> list[Row]:
    return [
        {"start": exon.start, "end": exon.end, "phase": phase}
        for exon, (phase, _) in zip(read.transcript.exons, _phases(read), strict=True)
    ]


def _mapper_segments(read: Sequenced) -> list[Row]:
    pairs = zip(read.transcript.exons, read.ranges, strict=True)
    return [
        {
            "genomic_start": exon.start,
            "genomic_end": exon.end,
            "cdna_start": cdna.start,
            "cdna_end": cdna.end,
            "ori": read.transcript.strand,
        }
        for exon, cdna in sorted(pairs, key=lambda pair: pair[0].start)
    ]


def _phases(read: Sequenced) -> list[tuple[int, int]]:
    """Return each exon's start and end phase: a codon position 0 to 2, or -1 outside the CDS."""
    coding, lacking = read.coding, read.transcript.cds_start_phase or 0
    return [
        (
            (cdna.start - coding.start + lacking) % 3 if cdna.start in coding else -1,
            (cdna.end + 1 - coding.start + lacking) % 3 if cdna.end in coding else -1,
        )
        for cdna in read.ranges
    ]
