"""A case and everything that one analysis of it concluded: what `case.json` stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.clinvar import Assertion
from varinterp.model.evidence import Reason
from varinterp.model.facts import (
    Coverage,
    FamilyGenotypes,
    Frequency,
    Rule,
)
from varinterp.model.family import Family
from varinterp.model.fit import Fit
from varinterp.model.gene_disease import Inheritance
from varinterp.model.panel import AskedPanel, Panel
from varinterp.model.phenotype import Phenotype
from varinterp.model.population import (
    ListedAllele,
    LocalFrequency,
)
from varinterp.model.prediction import Predictions
from varinterp.model.reads import FactsView
from varinterp.model.transcript import Consequence, Joint
from varinterp.model.variant import Allele

LOG_ODDS_DECIMALS = 4
"""Log-odds are rounded, so that the last bits of a platform's logarithm order no two hypotheses."""


class Gate(StrEnum):
    """Why an allele became a candidate; an allele may pass more than one gate."""

    RARE = "rare"
    KNOWN = "known"
    LISTED = "listed"
    DE_NOVO = "de_novo"


class Tier(StrEnum):
    """What is proposed to the reader, first to last.

    *Known allele*: others hold for pathogenic what is (likely) benign by its own evidence.
    *Secondary*: a finding that is none of the patient's, in a gene of the list that they consented
    to; without consent it stays *unrelated*, counted and not named.
    """

    PROPOSED = "proposed"
    POSSIBLE = "possible"
    KNOWN_ALLELE = "known_allele"
    NO_KNOWN_DISEASE = "no_known_disease"
    NOT_RETAINED = "not_retained"
    SECONDARY = "secondary"
    UNRELATED = "unrelated"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Tier).index(self)

    @property
    def section(self) -> int:
        """Where it is read: *proposed* and *possible* are one list, in order of log-odds."""
        return max(self.rank, Tier.POSSIBLE.rank)


@dataclass(frozen=True, slots=True)
class Case:
    """Family, proband, indication, phenotype. `analysis` numbers the runs of one case from 1.

    `panels` are those that the ranking was asked to use.
    """

    id: str
    analysis: int
    family: Family
    phenotype: Phenotype
    indication: str
    parentage_confirmed: bool
    secondary_findings: bool
    panels: tuple[AskedPanel, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An allele that passed a gate, with what the report shows of it.

    `consequence` is on the MANE Select transcript of the gene that it hits hardest; `others` are
    its consequences elsewhere, shown and not classified. `original` is the allele as the
    laboratory's VCF wrote it when normalisation changed it. `listed` and `local` are what the
    laboratory's own list of founder alleles and its own counts say. `joint` is what it does to the
    same transcript together with neighbours on its haplotype, None where it has none.
    """

    allele: Allele
    gates: tuple[Gate, ...]
    filter: str
    consequence: Consequence
    others: tuple[Consequence, ...]
    genotypes: FamilyGenotypes
    frequency: Frequency | None
    coverage: Coverage | None
    assertion: Assertion | None
    predictions: Predictions | None
    original: str | None = None
    joint: Joint | None = None
    listed: ListedAllele | None = None
    local: LocalFrequency | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One of the patient's terms against a disease: `kind` is exact, related, absent or excluded.

    `shared` is the term that both fall under, `weight` the bounded ln likelihood ratio of the term
    alone, and `organ` the organ system that it belongs to.
    """

    term: str
    name: str
    kind: str
    disease_term: str | None = None
    disease_term_name: str | None = None
    shared: str | None = None
    shared_name: str | None = None
    weight: float = 0.0
    organ: str | None = None
    organ_name: str | None = None


@dataclass(frozen=True, slots=True)
class PhenotypeScore:
    """Similarity in [0, 1] of the patient to a disease, and the rows that explain it.

    The rows are the observed terms, then the excluded ones that the disease has. `log_lr` is what
    the phenotype adds to the log-odds that the disease is the patient's (natural logarithm of a
    likelihood ratio, rounded to four decimals), and `modes` the modes of inheritance that the
    annotations state; none says nothing of the mode.
    """

    score: float
    rows: tuple[TermRow, ...]
    constructed: bool = False
    log_lr: float = 0.0
    modes: tuple[Inheritance, ...] = ()

    @property
    def observed(self) -> tuple[TermRow, ...]:
        """The rows of observed terms."""
        return tuple(row for row in self.rows if row.kind != "excluded")


class Part(StrEnum):
    """What a hypothesis' log-odds are the sum of, in the order in which they are shown."""

    PRIOR = "prior"
    PHENOTYPE = "phenotype"
    VARIANT = "variant"
    GENOTYPE = "genotype"
    VALIDITY = "validity"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part adds to a hypothesis' log-odds, in natural logarithm, and why so much."""

    part: Part
    log_odds: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class RankedHypothesis:
    """A place in the ranking: one allele, or the two of a compound heterozygote.

    `keys` name the assessments; `phenotype` is None when it could not be assessed; `reason` says
    why the hypothesis is in its tier. `score` is the calibrated probability in [0, 1] of the sum of
    `contributions`, and `variant_score` the probability that every allele is pathogenic by what is
    known of it without this patient's phenotype. `marks` are what a reader should know before they
    believe it (a gene or an allele of recurrent false findings), which hide nothing.
    """

    rank: int
    tier: Tier
    keys: tuple[AssessmentKey, ...]
    disease_name: str | None
    fit: Fit
    score: float
    variant_score: float
    phenotype: PhenotypeScore | None
    reason: Reason
    contributions: tuple[Contribution, ...] = ()
    marks: tuple[Reason, ...] = ()

    @property
    def log_odds(self) -> float:
        """The sum of the contributions: what the order within a tier and the score come from.

        It has their decimals: equal sums are equal numbers, whichever parts they are made of.
        """
        return round(fsum(each.log_odds for each in self.contributions), LOG_ODDS_DECIMALS)


@dataclass(frozen=True, slots=True)
class ReleaseLabel:
    """A release that the analysis read: kept beside the compared content, never in it."""

    source: str
    release: str
    date: str
    url: str
    licence: str
    constructed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many alleles or records a stage took, gave, and set aside, by reason."""

    stage: str
    taken: int
    given: int
    set_aside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The whole of one analysis.

    `phenotypes` holds the patient's match with each disease of a hypothesis, where there is one,
    and `term_names` what HPO's release calls the patient's terms;
    `facts` is the slice of evidence that the assessments read; `panels` what the releases answer
    for the case's panels; `ranked_by` the rules that the ranking read; `copy_numbers` the patient's
    that touch an exon, in genome order, as they were assessed: the ranking pairs them with small
    alleles.
    """

    case: Case
    candidates: tuple[Candidate, ...]
    assessments: tuple[Assessment, ...]
    ranking: tuple[RankedHypothesis, ...]
    phenotypes: Mapping[str, PhenotypeScore]
    term_names: Mapping[str, str]
    facts: FactsView
    releases: tuple[ReleaseLabel, ...]
    versions: Mapping[str, str]
    counts: tuple[StageCount, ...]
    warnings: tuple[Reason, ...] = ()
    panels: tuple[Panel, ...] = ()
    ranked_by: Mapping[str, Rule] = field(default_factory=dict)
    copy_numbers: tuple[CarriedCopy, ...] = ()

    def only_in(self, *tiers: Tier) -> frozenset[AssessmentKey]:
        """Return the keys that every hypothesis of theirs puts in one of these tiers."""
        held: dict[bool, set[AssessmentKey]] = {True: set(), False: set()}
        for place in self.ranking:
            held[place.tier in tiers].update(place.keys)
        return frozenset(held[True] - held[False])

    def assessment(self, key: AssessmentKey) -> Assessment:
        """Return the assessment of a key; raise KeyError when there is none."""
        return {assessment.key: assessment for assessment in self.assessments}[key]

    def candidate(self, key: AssessmentKey) -> Candidate:
        """Return the candidate that a key is about; raise KeyError when there is none.

        An allele that lies in two genes is a candidate in each.
        """
        found = {(each.allele, each.consequence.hgnc): each for each in self.candidates}
        return found[(key.allele, key.gene)]
