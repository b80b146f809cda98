"""The values that can be read as evidence, and the typed handle of each source.

Every table that a laboratory can fill with constructed data carries `constructed`, so that a
criterion that rests on such a row says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.family import Family
from varinterp.model.gene_disease import GeneDisease
from varinterp.model.genotype import MISSING, Genotype
from varinterp.model.reads import Fact, Kind
from varinterp.model.transcript import Consequence, Transcript


class Significance(StrEnum):
    """ClinVar's words, as they stood at any time (both names of *conflicting* are one)."""

    PATHOGENIC = "pathogenic"
    LIKELY_PATHOGENIC = "likely_pathogenic"
    UNCERTAIN = "uncertain_significance"
    LIKELY_BENIGN = "likely_benign"
    BENIGN = "benign"
    CONFLICTING = "conflicting"
    DRUG_RESPONSE = "drug_response"
    RISK_FACTOR = "risk_factor"
    ASSOCIATION = "association"
    PROTECTIVE = "protective"
    AFFECTS = "affects"
    CONFERS_SENSITIVITY = "confers_sensitivity"
    LOW_PENETRANCE = "low_penetrance"
    LIKELY_RISK_ALLELE = "likely_risk_allele"
    UNCERTAIN_RISK_ALLELE = "uncertain_risk_allele"
    NOT_PROVIDED = "not_provided"
    HISTOCOMPATIBILITY = "histocompatibility"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Assertion:
    """What ClinVar says of an allele: shown, and never counted through PP5 or BP6.

    `significance` pairs with `conditions`. `stars` (0 to 4) is None when the release at hand does
    not carry the review status; that is not zero stars.
    """

    significance: tuple[Significance, ...]
    conditions: tuple[str, ...]
    stars: int | None
    name: str | None = None
    rsid: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Comparator:
    """A missense allele that ClinVar knows at a codon."""

    allele: str
    ref_aa: str
    alt_aa: str
    significance: tuple[Significance, ...]
    stars: int | None


@dataclass(frozen=True, slots=True)
class Comparators:
    """Every missense allele that ClinVar knows at a codon, in order of allele."""

    alleles: tuple[Comparator, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Frequency:
    """A row of a population resource: counts and frequencies as fractions of 1.

    `faf95` is the filtering allele frequency (lower 95 % bound) of the group where it is highest;
    `usable` is False when the site failed the resource's own filters, so that its counts mean
    nothing.
    """

    ac: int
    an: int
    af: float
    faf95: float | None
    faf95_group: str | None
    group_max_af: float | None
    nhomalt: int | None
    hemizygotes: int | None
    usable: bool = True
    constructed: bool = False

    @property
    def highest(self) -> float:
        """The frequency that benign criteria compare: FAF95, or the highest that was counted."""
        return self.highest_observed if self.faf95 is None else self.faf95

    @property
    def highest_observed(self) -> float:
        """The frequency that PM2 compares: as counted, the highest group's or all people's."""
        return max(self.af, self.group_max_af or 0.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether the population resource looked at a position well enough for absence to mean rare."""

    covered: bool
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Predictions:
    """Predictors' raw scores for an allele on a transcript; None where a tool has no score."""

    revel: float | None = None
    alphamissense: float | None = None
    cadd: float | None = None
    spliceai: float | None = None


@dataclass(frozen=True, slots=True)
class GeneLinks:
    """Every disease that a release ties to a gene."""

    links: tuple[GeneDisease, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class ExonSkip:
    """What skipping an exon does to a transcript's reading frame.

    `premature_stop` tells whether the new frame meets a stop codon where nonsense-mediated decay
    is expected; None when the frame is kept or meets no stop. `removed` is the share (0 to 1) of
    the protein that the exon encodes; `holds_start` marks the exon of the initiation codon.
    """

    exon: int
    coding_bases: int
    in_frame: bool
    triggers_decay: bool | None
    removed: float
    holds_start: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """Whether a stretch of the genome lies in an annotated repeat."""

    repeat: bool


@dataclass(frozen=True, slots=True)
class PhenotypeFit:
    """How the patient's terms meet a disease's: counts, so that a small drift changes nothing.

    `exact` counts the patient's terms that are an annotated term of the disease, or more specific
    than one that is not shared by most diseases (`phenotype.similarity.MatchKind`).
    """

    terms: int
    exact: int
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class FamilyGenotypes:
    """Everybody's genotype at one allele: (person, genotype), in the pedigree's order."""

    calls: tuple[tuple[str, Genotype], ...]

    def of(self, person_id: str) -> Genotype:
        """Return a person's genotype; missing when the person was not sequenced."""
        return dict(self.calls).get(person_id, MISSING)


@dataclass(frozen=True, slots=True)
class CasePedigree:
    """The family, and whether its parentage was confirmed by genotypes or is only stated."""

    family: Family
    parentage_confirmed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of the rules in force: a threshold, a word or a list of words."""

    value: float | str | tuple[str, ...]


ASSERTION = Fact("clinvar", Kind.POINT, Assertion)
COMPARATORS = Fact("clinvar.codon", Kind.RANGE, Comparators)
FREQUENCY = Fact("gnomad", Kind.POINT, Frequency)
COVERAGE = Fact("gnomad.coverage", Kind.RANGE, Coverage)
CONSEQUENCE = Fact("consequence", Kind.POINT, Consequence)
TRANSCRIPT = Fact("transcript", Kind.POINT, Transcript)
EXON_SKIP = Fact("transcript.exon", Kind.RANGE, ExonSkip)
PREDICTIONS = Fact("predictor", Kind.POINT, Predictions)
REPEAT = Fact("repeats", Kind.RANGE, Repeat)
GENE_LINKS = Fact("gene_disease", Kind.RANGE, GeneLinks)
PHENOTYPE_FIT = Fact("hpo.match", Kind.RANGE, PhenotypeFit)
GENOTYPES = Fact("case.genotype", Kind.POINT, FamilyGenotypes)
PEDIGREE = Fact("case.family", Kind.POINT, CasePedigree)
RULE = Fact("rules", Kind.POINT, Rule)

ALL_FACTS = (
    ASSERTION, COMPARATORS, FREQUENCY, COVERAGE, CONSEQUENCE, TRANSCRIPT, EXON_SKIP, PREDICTIONS,
    REPEAT, GENE_LINKS, PHENOTYPE_FIT, GENOTYPES, PEDIGREE, RULE,
)  # fmt: skip


def on_transcript(allele: object, transcript: str) -> str:
    """Key of a fact about an allele on a transcript."""
    return f"{allele}@{transcript}"


def codon_key(transcript: str, codon: int) -> str:
    """Key of a codon, 1-based, on a transcript with its version."""
    return f"{transcript}:{codon}"


def exon_key(transcript: str, exon: int) -> str:
    """Key of an exon, 1-based, on a transcript with its version."""
    return f"{transcript}:{exon}"


def position_key(chromosome: object, position: int) -> str:
    """Key of a 1-based position."""
    return f"{chromosome}-{position}"


def span_key(chromosome: object, start: int, end: int) -> str:
    """Key of a stretch, 1-based inclusive."""
    return f"{chromosome}-{start}-{end}"


PEDIGREE_KEY = "pedigree"
