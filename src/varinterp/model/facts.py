"""The values that can be read as evidence, and the typed handle of each source.

Every table that a laboratory can fill with constructed data carries `constructed`, so that a
criterion that rests on such a row says so.
"""

from dataclasses import dataclass
from typing import Any

from varinterp.model.clinvar import Assertion, Comparators, KnownMissense, SpliceComparators
from varinterp.model.family import Family
from varinterp.model.gene_disease import GeneDisease
from varinterp.model.genotype import MISSING, Genotype
from varinterp.model.population import (
    GroupFrequency,
    ListedAllele,
    LocalFrequency,
    PopulationGroups,
)
from varinterp.model.prediction import SCOPES, Scope, Score
from varinterp.model.reads import Fact, Kind
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Consequence, Joint, Transcript


@dataclass(frozen=True, slots=True)
class Frequency:
    """A row of a population resource: counts and frequencies as fractions of 1.

    `faf95` is the filtering allele frequency (lower 95 % bound) of the group where it is highest;
    `groups` are all of the resource's groups, in order of their codes, none where the release does
    not tell them apart; `usable` is False when the site failed the resource's own filters, so that
    its counts mean nothing.
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
    groups: tuple[GroupFrequency, ...] = ()

    @property
    def highest_observed(self) -> float:
        """The highest frequency as counted: the resource's own highest group's, or everybody's."""
        return max(self.af, self.group_max_af or 0.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether the population resource looked at a position well enough for absence to mean rare."""

    covered: bool
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class GeneLinks:
    """Every disease that a release ties to a gene."""

    links: tuple[GeneDisease, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class ExonSkip:
    """What losing, or repeating, an exon or neighbouring exons does to a reading frame.

    `exon` is the first of them. `triggers_decay` tells whether the new frame meets a stop codon
    where nonsense-mediated decay is expected; None when the frame is kept or meets no stop.
    `removed` is the share (0 to 1) of the protein that they encode; `holds_start` marks the exon of
    the initiation codon.
    """

    exon: int
    coding_bases: int
    in_frame: bool
    triggers_decay: bool | None
    removed: float
    holds_start: bool


@dataclass(frozen=True, slots=True)
class NextStart:
    """Where a transcript without its initiation codon may start: the next methionine in frame.

    `codon` is 1-based; None when the coding sequence has no other.
    """

    codon: int | None


@dataclass(frozen=True, slots=True)
class GeneTranscripts:
    """The transcripts that MANE holds of a gene of which it holds several, in order of id.

    They are MANE Select and MANE Plus Clinical: what clinicians report on.
    """

    transcripts: tuple[Transcript, ...]


@dataclass(frozen=True, slots=True)
class ExonAlleles:
    """Alleles of a population that cost an exon its function: nonsense, frameshift, splice site.

    `alleles` counts those that were seen, `highest` is the highest frequency of one of them in a
    group or in everybody, `total` the sum of their frequencies in everybody; fractions of 1.
    `covered` is the share (0 to 1) of the exon's coding bases where the resource looked.
    """

    alleles: int
    highest: float
    total: float
    covered: float
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a base lies in a repeat: ``tandem``, ``simple``, ``low_complexity`` or ``satellite``.

    Several kinds are joined by ``;``.
    """

    kind: str
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class PhenotypeFit:
    """How the patient's terms meet a disease's: counts, so that a small drift changes nothing.

    `exact` counts the patient's terms that are an annotated term of the disease, or more specific
    than one that is not shared by most diseases (`phenotype.match.MatchKind`). A term that another
    of the patient's implies is in neither number: it is the same finding.
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
        for person, genotype in self.calls:
            if person == person_id:
                return genotype
        return MISSING


@dataclass(frozen=True, slots=True)
class CasePedigree:
    """The family, and whether its parentage was confirmed by genotypes or is only stated."""

    family: Family
    parentage_confirmed: bool


@dataclass(frozen=True, slots=True)
class GeneAlleles:
    """The ids of a case's candidate alleles in a gene, in genome order."""

    alleles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """How much less variation than expected a population has in a transcript (gnomAD).

    `loeuf` is the upper bound of the observed over the expected loss-of-function alleles, `pli` the
    probability of intolerance to it, `missense_z` the Z score of missense alleles; None where the
    release does not give one.
    """

    loeuf: float | None
    pli: float | None
    missense_z: float | None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of the rules in force: a threshold, a word or a list of words."""

    value: float | str | tuple[str, ...]


ASSERTION = Fact("clinvar", Kind.POINT, Assertion)
COMPARATORS = Fact("clinvar.codon", Kind.RANGE, Comparators)
SPLICE_COMPARATORS = Fact("clinvar.splice", Kind.RANGE, SpliceComparators)
KNOWN_MISSENSE = Fact("clinvar.missense", Kind.RANGE, KnownMissense)
"""Under a transcript with its version."""
FREQUENCY = Fact("gnomad", Kind.POINT, Frequency)
COVERAGE = Fact("gnomad.coverage", Kind.RANGE, Coverage)
GROUPS = Fact("gnomad.groups", Kind.RANGE, PopulationGroups)
LISTED = Fact("population.listed", Kind.POINT, ListedAllele)
LOCAL = Fact("population.local", Kind.POINT, LocalFrequency)
CONSEQUENCE = Fact("consequence", Kind.POINT, Consequence)
JOINT = Fact("consequence.joint", Kind.POINT, Joint)
TRANSCRIPT = Fact("transcript", Kind.POINT, Transcript)
EXON_SKIP = Fact("transcript.exon", Kind.RANGE, ExonSkip)
SCORES = {
    predictor: Fact(predictor.value, Kind.RANGE if scope is Scope.POSITION else Kind.POINT, Score)
    for predictor, scope in SCOPES.items()
}
"""A source of facts for each predictor; `model.prediction.score_key` makes its keys."""
NEXT_START = Fact("transcript.start", Kind.RANGE, NextStart)
GENE_TRANSCRIPTS = Fact("transcript.gene", Kind.RANGE, GeneTranscripts)
"""Under a gene; absent of one with a single transcript in MANE."""
EXON_ALLELES = Fact("gnomad.exon", Kind.RANGE, ExonAlleles)
REPEAT = Fact("repeats", Kind.RANGE, Repeat)
GENE_LINKS = Fact("gene_disease", Kind.RANGE, GeneLinks)
PHENOTYPE_FIT = Fact("hpo.match", Kind.RANGE, PhenotypeFit)
GENOTYPES = Fact("case.genotype", Kind.POINT, FamilyGenotypes)
PEDIGREE = Fact("case.family", Kind.POINT, CasePedigree)
GENE_ALLELES = Fact("case.gene", Kind.RANGE, GeneAlleles)
CONSTRAINT = Fact("constraint", Kind.RANGE, Constraint)
RULE = Fact("rules", Kind.POINT, Rule)

ALL_FACTS: tuple[Fact[Any], ...] = (
    ASSERTION, COMPARATORS, SPLICE_COMPARATORS, KNOWN_MISSENSE, FREQUENCY, COVERAGE, GROUPS, LISTED,
    LOCAL, CONSEQUENCE, JOINT,
    TRANSCRIPT, EXON_SKIP, NEXT_START, GENE_TRANSCRIPTS, EXON_ALLELES, *SCORES.values(), REPEAT,
    GENE_LINKS, PHENOTYPE_FIT, GENOTYPES, PEDIGREE, GENE_ALLELES, CONSTRAINT, RULE,
)  # fmt: skip


def on_transcript(allele: object, transcript: str) -> str:
    """Key of a fact about an allele on a transcript."""
    return f"{allele}@{transcript}"


def codon_key(transcript: str, codon: int) -> str:
    """Key of a codon, 1-based, on a transcript with its version."""
    return f"{transcript}:{codon}"


def splice_key(transcript: str, exon: int, side: Side) -> str:
    """Key of a splice site: an end of an exon, 1-based, on a transcript with its version."""
    return f"{transcript}:{exon}-{side}"


def exon_key(transcript: str, exon: int) -> str:
    """Key of an exon, 1-based, on a transcript with its version."""
    return f"{transcript}:{exon}"


def exons_key(transcript: str, first: int, last: int, *, repeated: bool = False) -> str:
    """Key of what losing neighbouring exons does, or repeating them in tandem."""
    run = str(first) if first == last and not repeated else f"{first}-{last}"
    return f"{transcript}:{run}{'x2' if repeated else ''}"


def position_key(chromosome: object, position: int) -> str:
    """Key of a 1-based position."""
    return f"{chromosome}-{position}"


PEDIGREE_KEY = "pedigree"

GROUPS_KEY = "groups"
"""The one key of `GROUPS`: a release has one set of groups."""
