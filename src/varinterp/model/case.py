"""A case and everything that one analysis of it concluded: what `case.json` stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.evidence import Reason
from varinterp.model.facts import (
    Assertion,
    Coverage,
    FamilyGenotypes,
    Frequency,
)
from varinterp.model.family import Family
from varinterp.model.fit import Fit
from varinterp.model.phenotype import Phenotype
from varinterp.model.population import (
    ListedAllele,
    LocalFrequency,
)
from varinterp.model.prediction import Predictions
from varinterp.model.transcript import Consequence, Joint
from varinterp.model.variant import Allele


class Gate(StrEnum):
    """Why an allele became a candidate; an allele may pass more than one gate."""

    RARE = "rare"
    KNOWN = "known"
    LISTED = "listed"
    DE_NOVO = "de_novo"


class Tier(StrEnum):
    """What is proposed to the reader, first to last."""

    PROPOSED = "proposed"
    POSSIBLE = "possible"
    NO_KNOWN_DISEASE = "no_known_disease"
    NOT_RETAINED = "not_retained"
    UNRELATED = "unrelated"

    @property
    def rank(self) -> int:
        """0 for what is shown first."""
        return list(Tier).index(self)


@dataclass(frozen=True, slots=True)
class Case:
    """Family, proband, indication, phenotype. `analysis` numbers the runs of one case from 1."""

    id: str
    analysis: int
    family: Family
    phenotype: Phenotype
    indication: str
    parentage_confirmed: bool
    secondary_findings: bool


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
    """One of the patient's terms against a disease: `kind` is exact, related or absent."""

    term: str
    name: str
    kind: str
    disease_term: str | None = None
    disease_term_name: str | None = None


@dataclass(frozen=True, slots=True)
class PhenotypeScore:
    """Similarity in [0, 1] of the patient to a disease, and the rows that explain it."""

    score: float
    rows: tuple[TermRow, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class RankedHypothesis:
    """A place in the ranking: one allele, or the two of a compound heterozygote.

    `keys` name the assessments; `phenotype` is None when it could not be assessed; `reason` says
    why the hypothesis is in its tier.
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
    `facts` is the slice of evidence that the assessments read.
    """

    case: Case
    candidates: tuple[Candidate, ...]
    assessments: tuple[Assessment, ...]
    ranking: tuple[RankedHypothesis, ...]
    phenotypes: Mapping[str, PhenotypeScore]
    term_names: Mapping[str, str]
    facts: Mapping[tuple[str, str], Any]
    releases: tuple[ReleaseLabel, ...]
    versions: Mapping[str, str]
    counts: tuple[StageCount, ...]
    warnings: tuple[Reason, ...] = ()

    def assessment(self, key: AssessmentKey) -> Assessment:
        """Return the assessment of a key; raise KeyError when there is none."""
        return {assessment.key: assessment for assessment in self.assessments}[key]

    def candidate(self, key: AssessmentKey) -> Candidate:
        """Return the candidate that a key is about; raise KeyError when there is none.

        An allele that lies in two genes is a candidate in each.
        """
        found = {(each.allele, each.consequence.hgnc): each for each in self.candidates}
        return found[(key.allele, key.gene)]
