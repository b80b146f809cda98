"""The facts that the assessment of a copy number reads.

====================  =======  ==========================================  =======================
source                kind     key                                         value
====================  =======  ==========================================  =======================
copy_number.genes     range    ``22-20012478-20521908-DEL``                GenesHit
dosage.gene           range    ``HGNC:2847``                               GeneDosage
dosage.region         range    ``22-20012478-20521908``                    DosageRegions
haploinsufficiency    range    ``HGNC:2847``                               HaploinsufficiencyIndex
clinvar.exon          range    ``ENST00000351989.8:14``                    ExonKnown
population.copies     range    ``22-20012478-20521908-DEL``                PopulationCopies
case.copies           point    ``22-20012478-20521908-DEL``                FamilyCopies
curation.copies       point    ``22-20012478-20521908-DEL``                CuratedLines
====================  =======  ==========================================  =======================

Beside them it reads ``constraint``, ``gene_disease``, ``hpo.match``, ``case.family`` and ``rules``,
of `model.facts`. Copy numbers are not in the registry, and reanalysis does not reach them: these
facts are no part of `model.facts.ALL_FACTS`.
"""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.copy_number import Change
from varinterp.model.reads import Fact, Kind


class Hit(StrEnum):
    """Which part of a gene's transcript a copy number touches."""

    WHOLE = "whole"
    FIVE_PRIME_CODING = "five_prime_coding"
    FIVE_PRIME_UTR = "five_prime_utr"
    THREE_PRIME_UTR = "three_prime_utr"
    LAST_EXON = "last_exon"
    LAST_EXONS = "last_exons"
    WITHIN = "within"
    INTRONIC = "intronic"


class Frame(StrEnum):
    """What a change within a gene does to the reading frame of its transcript.

    `DECAY`: a premature stop where nonsense-mediated decay is expected; `NO_DECAY`: one where it is
    not; `KEPT`: the natural stop is met in frame; `UNTRANSLATED`: no coding base is touched;
    `UNKNOWN`: a breakpoint lies inside an exon, or the initiation or stop codon is touched.
    """

    DECAY = "decay"
    NO_DECAY = "no_decay"
    KEPT = "kept"
    UNTRANSLATED = "untranslated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GeneHit:
    """How a copy number touches a gene, on its MANE transcript.

    `first_exon` and `last_exon` are the 1-based numbers of the exons touched, None for none;
    `breakpoints` counts the ends (0 to 2) that lie within the transcript; `frame` and `removed`,
    the share (0 to 1) of the coding bases touched, are given where both do.
    """

    gene: str
    hgnc: str
    transcript: str
    hit: Hit
    exons: int
    first_exon: int | None
    last_exon: int | None
    breakpoints: int
    frame: Frame | None = None
    removed: float | None = None


@dataclass(frozen=True, slots=True)
class GenesHit:
    """Every protein-coding gene that a copy number touches, in genome order."""

    genes: tuple[GeneHit, ...]


class Sensitivity(StrEnum):
    """ClinGen's dosage scores in words: 3, 2, 1, 0, 30, 40."""

    SUFFICIENT = "sufficient"
    EMERGING = "emerging"
    LITTLE = "little"
    NONE = "none"
    RECESSIVE = "recessive"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class GeneDosage:
    """ClinGen's dosage sensitivity of a gene; None where nobody has evaluated it."""

    loss: Sensitivity | None
    gain: Sensitivity | None
    constructed: bool = False

    def of(self, change: Change) -> Sensitivity | None:
        """Return the score of losing, or of gaining, a copy."""
        return self.loss if change is Change.LOSS else self.gain


@dataclass(frozen=True, slots=True)
class DosageRegion:
    """A region that ClinGen evaluated, 1-based inclusive; `genes` are the HGNC ids within it."""

    id: str
    name: str
    start: int
    end: int
    loss: Sensitivity | None
    gain: Sensitivity | None
    genes: tuple[str, ...]

    def of(self, change: Change) -> Sensitivity | None:
        """Return the score of losing, or of gaining, a copy."""
        return self.loss if change is Change.LOSS else self.gain


@dataclass(frozen=True, slots=True)
class DosageRegions:
    """The evaluated regions that a copy number overlaps, in genome order."""

    regions: tuple[DosageRegion, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class HaploinsufficiencyIndex:
    """DECIPHER's %HI of a gene (Huang 2010, PMID 20976243): 0 the most likely, 100 the least."""

    percent: float
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class ExonKnown:
    """How many (likely) pathogenic small alleles of an exon ClinVar knows."""

    pathogenic: int
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class PopulationCopy:
    """A loss or gain of a population resource, of the same change, that overlaps ours.

    `overlap` is the reciprocal one (0 to 1); `contains` tells whether it spans ours whole, and
    `every_gene` whether it touches every gene that ours does.
    """

    id: str
    start: int
    end: int
    ac: int
    an: int
    af: float
    overlap: float
    contains: bool
    every_gene: bool


@dataclass(frozen=True, slots=True)
class PopulationCopies:
    """Every copy number of a population resource that contains ours, or shares half with it."""

    copies: tuple[PopulationCopy, ...]
    constructed: bool = False


class Carrier(StrEnum):
    """Whether a person has the copy number: called, called without it, or not called."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FamilyCopies:
    """Everybody's call at one copy number: (person, carrier), in the pedigree's order."""

    calls: tuple[tuple[str, Carrier], ...]

    def of(self, person_id: str) -> Carrier:
        """Return a person's call; unknown when the person has none."""
        return dict(self.calls).get(person_id, Carrier.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CuratedLine:
    """What a curator gives for a line that people judge; `pmid` is digits joined by ``;``."""

    code: str
    points: float
    author: str
    date: str
    pmid: str | None


@dataclass(frozen=True, slots=True)
class CuratedLines:
    """Every line that curators gave points for, in order of code and date."""

    lines: tuple[CuratedLine, ...]
    constructed: bool = False


GENES_HIT = Fact("copy_number.genes", Kind.RANGE, GenesHit)
GENE_DOSAGE = Fact("dosage.gene", Kind.RANGE, GeneDosage)
REGION_DOSAGE = Fact("dosage.region", Kind.RANGE, DosageRegions)
HAPLOINSUFFICIENCY = Fact("haploinsufficiency", Kind.RANGE, HaploinsufficiencyIndex)
EXON_KNOWN = Fact("clinvar.exon", Kind.RANGE, ExonKnown)
POPULATION_COPIES = Fact("population.copies", Kind.RANGE, PopulationCopies)
FAMILY_COPIES = Fact("case.copies", Kind.POINT, FamilyCopies)
CURATED_LINES = Fact("curation.copies", Kind.POINT, CuratedLines)
