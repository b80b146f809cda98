"""A transcript's structure, and what an allele does to it in Sequence Ontology's words."""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.chromosome import Chromosome


class Mane(StrEnum):
    """A transcript's place in MANE (Morales 2022, PMID 35388217)."""

    SELECT = "select"
    PLUS_CLINICAL = "plus_clinical"


class Term(StrEnum):
    """Consequence terms of Ensembl VEP 116, worst first: the order is VEP's own ranking."""

    TRANSCRIPT_ABLATION = "transcript_ablation"
    SPLICE_ACCEPTOR = "splice_acceptor_variant"
    SPLICE_DONOR = "splice_donor_variant"
    STOP_GAINED = "stop_gained"
    FRAMESHIFT = "frameshift_variant"
    STOP_LOST = "stop_lost"
    START_LOST = "start_lost"
    TRANSCRIPT_AMPLIFICATION = "transcript_amplification"
    FEATURE_ELONGATION = "feature_elongation"
    FEATURE_TRUNCATION = "feature_truncation"
    INFRAME_INSERTION = "inframe_insertion"
    INFRAME_DELETION = "inframe_deletion"
    MISSENSE = "missense_variant"
    PROTEIN_ALTERING = "protein_altering_variant"
    SPLICE_DONOR_5TH = "splice_donor_5th_base_variant"
    SPLICE_REGION = "splice_region_variant"
    SPLICE_DONOR_REGION = "splice_donor_region_variant"
    SPLICE_POLYPYRIMIDINE = "splice_polypyrimidine_tract_variant"
    INCOMPLETE_TERMINAL_CODON = "incomplete_terminal_codon_variant"
    START_RETAINED = "start_retained_variant"
    STOP_RETAINED = "stop_retained_variant"
    SYNONYMOUS = "synonymous_variant"
    CODING_SEQUENCE = "coding_sequence_variant"
    MATURE_MIRNA = "mature_miRNA_variant"
    UTR_5 = "5_prime_UTR_variant"
    UTR_3 = "3_prime_UTR_variant"
    NON_CODING_EXON = "non_coding_transcript_exon_variant"
    INTRON = "intron_variant"
    NMD_TRANSCRIPT = "NMD_transcript_variant"
    NON_CODING_TRANSCRIPT = "non_coding_transcript_variant"
    CODING_TRANSCRIPT = "coding_transcript_variant"
    UPSTREAM = "upstream_gene_variant"
    DOWNSTREAM = "downstream_gene_variant"
    TFBS_ABLATION = "TFBS_ablation"
    TFBS_AMPLIFICATION = "TFBS_amplification"
    TF_BINDING_SITE = "TF_binding_site_variant"
    REGULATORY_ABLATION = "regulatory_region_ablation"
    REGULATORY_AMPLIFICATION = "regulatory_region_amplification"
    REGULATORY_REGION = "regulatory_region_variant"
    INTERGENIC = "intergenic_variant"
    SEQUENCE = "sequence_variant"

    # A member is its word: Enum's own hash, written in Python, is asked millions of times.
    __hash__ = str.__hash__

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {term: rank for rank, term in enumerate(Term)}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a chromosome, 1-based inclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start + 1

    def __contains__(self, position: int) -> bool:
        return self.start <= position <= self.end


@dataclass(frozen=True, slots=True)
class Transcript:
    """A protein-coding transcript: exons in transcript order, CDS bounds on the genome.

    `cds` runs from the first to the last coding base (stop codon included) in genome order.
    Ids carry their versions. `cds_start_phase` is None where the coding sequence begins at its
    initiation codon; otherwise the beginning is not known (``cds_start_NF``) and it counts the
    bases, 0 to 2, that the first codon lacks. `cds_end_known` is False for ``cds_end_NF``.
    """

    id: str
    refseq: str | None
    protein: str | None
    gene: str
    hgnc: str
    chromosome: Chromosome
    strand: int
    exons: tuple[Span, ...]
    cds: Span
    mane: Mane | None
    cds_start_phase: int | None = None
    cds_end_known: bool = True

    @property
    def complete(self) -> bool:
        """Whether the coding sequence is known from its initiation codon to its stop."""
        return self.cds_start_phase is None and self.cds_end_known

    def coding_exons(self) -> tuple[tuple[int, Span], ...]:
        """Return (exon number, coding part) in transcript order; numbers are 1-based."""
        parts = (
            (number, Span(max(exon.start, self.cds.start), min(exon.end, self.cds.end)))
            for number, exon in enumerate(self.exons, start=1)
        )
        return tuple((number, span) for number, span in parts if span.start <= span.end)

    @property
    def cds_length(self) -> int:
        """Coding bases, stop codon included."""
        return sum(len(span) for _, span in self.coding_exons())


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an allele does to one transcript.

    `terms` are worst first; `hgvs_c` and `hgvs_p` carry their accession (``ENST…:c.460G>A``).
    `exon` and `intron` are 1-based numbers; positions are 1-based in the CDS and in the protein;
    `ref_aa` and `alt_aa` are one-letter, as VEP writes them (``*`` is a stop). `refseq` is the
    RefSeq transcript that MANE pairs with this one.

    An insertion or deletion in a repeated stretch has more than one place. `terms` are those of
    the left-most place on the genome, where the allele's key is; where they are others at the place
    that HGVS names, the 3′-most on the transcript, `shifted_terms` holds these, and `shifted_p` the
    protein's name there.
    """

    transcript: str
    gene: str
    hgnc: str
    terms: tuple[Term, ...]
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    exon: int | None = None
    intron: int | None = None
    cds_position: int | None = None
    protein_position: int | None = None
    ref_aa: str | None = None
    alt_aa: str | None = None
    mane: Mane | None = None
    refseq: str | None = None
    shifted_terms: tuple[Term, ...] = ()
    shifted_p: str | None = None

    @property
    def worst(self) -> Term:
        """The most severe term."""
        if len(self.terms) == 1:
            return self.terms[0]
        return min(self.terms, key=lambda term: term.rank)


class JointPhase(StrEnum):
    """Whether neighbouring alleles are known to lie on the allele's own haplotype."""

    CIS = "cis"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Joint:
    """What an allele does to a transcript together with its neighbours on the same haplotype.

    `partners` are the neighbours' ids: alleles of the proband in the same codon, or in a reading
    frame that one of them shifts. When they are in cis, `terms`, `hgvs_p` and the change of
    residues from `codon` on are those of the haplotype, and `differs` tells whether that is another
    change than the allele's own; `terms` are empty where it could not be worked out. Where the
    phase is not known nothing is combined.
    """

    phase: JointPhase
    partners: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    hgvs_p: str | None = None
    codon: int | None = None
    ref_aa: str | None = None
    alt_aa: str | None = None
    differs: bool = True
