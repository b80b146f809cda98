"""What people observed of an allele: curators' entries, and the laboratory's own solved cases.

Both come as releases of a laboratory's sources and are one kind of value, so that a criterion adds
up what was published and what was seen here. Each entry names who answers for it. An entry counts
for the gene, disease and mode of inheritance of its scope; a scope's None stands for any.
"""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.canonical import digest
from varinterp.model.evidence import Criterion, Direction, Outcome, Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Fact, Kind


@dataclass(frozen=True, slots=True)
class Scope:
    """What an entry holds for; None in a field is any."""

    hgnc: str | None = None
    disease: str | None = None
    inheritance: Inheritance | None = None

    def holds_for(self, hgnc: str, disease: str, inheritance: Inheritance | None) -> bool:
        """Whether an entry of this scope counts in a hypothesis."""
        return (
            self.hgnc in (None, hgnc)
            and self.disease in (None, disease)
            and self.inheritance in (None, inheritance)
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Who states an entry: `author` and ISO `date`; `pmid` is digits, joined by ``;``.

    `id` is the entry's own name in its list, by which a later entry retracts it.
    """

    id: str
    author: str
    date: str
    pmid: str | None
    note: str = ""


class Effect(StrEnum):
    """What an assay or an RNA study found."""

    DAMAGING = "damaging"
    NORMAL = "normal"
    INTERMEDIATE = "intermediate"


@dataclass(frozen=True, slots=True)
class Assay:
    """A functional assay (PS3, BS3): its odds of pathogenicity, or its number of controls.

    `odds_path` is OddsPath of Brnich 2019 (PMID 31892348); `controls` counts the pathogenic and
    benign control variants of an assay without odds. `established` says that the assay is a well
    established one.
    """

    scope: Scope
    origin: Origin
    name: str
    effect: Effect
    odds_path: float | None
    controls: int | None
    established: bool


@dataclass(frozen=True, slots=True)
class RnaStudy:
    """An RNA assay of splicing (PVS1, BP7 as ``(RNA)``; Walker 2023, PMID 37352859).

    `normal_fraction` is the share (0 to 1) of normal transcript left from the allele, None where
    the study does not tell. `strength` is the PVS1 strength that the curator reads off the tree for
    the transcripts that were seen; None for a normal result.
    """

    scope: Scope
    origin: Origin
    effect: Effect
    normal_fraction: float | None
    strength: Strength | None


@dataclass(frozen=True, slots=True)
class Probands:
    """Unrelated affected people who carry the allele (PS4), all with the disease of the scope."""

    scope: Scope
    origin: Origin
    count: int


@dataclass(frozen=True, slots=True)
class CaseControl:
    """A case–control study (PS4): the odds ratio and its 95 % confidence interval."""

    scope: Scope
    origin: Origin
    odds_ratio: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Segregation:
    """Meioses in one family that agree or disagree with the allele as the cause (PP1, BS4).

    `informative` counts meioses from an affected (or obligate) carrier to an affected carrier, and
    `contradicting` affected relatives without the allele; `unaffected_carriers` are shown.
    """

    scope: Scope
    origin: Origin
    informative: int
    contradicting: int
    unaffected_carriers: int = 0


class Specificity(StrEnum):
    """How the phenotype of a *de novo* proband fits the gene (ClinGen SVI, *de novo* v1.1)."""

    HIGHLY_SPECIFIC = "highly_specific"
    CONSISTENT = "consistent"
    HETEROGENEOUS = "heterogeneous"
    NOT_CONSISTENT = "not_consistent"


@dataclass(frozen=True, slots=True)
class DeNovo:
    """Probands elsewhere in whom the allele is new (PS2, PM6)."""

    scope: Scope
    origin: Origin
    count: int
    parentage_confirmed: bool
    phenotype: Specificity


class PartnerClass(StrEnum):
    """What the other allele of an observation is."""

    PATHOGENIC = "pathogenic"
    LIKELY_PATHOGENIC = "likely_pathogenic"
    UNCERTAIN = "uncertain_significance"


class Phase(StrEnum):
    """How two alleles of one person lie: the third answer is that nobody knows."""

    TRANS = "trans"
    UNKNOWN = "unknown"
    HOMOZYGOUS = "homozygous"
    CIS = "cis"


@dataclass(frozen=True, slots=True)
class InTrans:
    """Probands elsewhere with another allele of the gene (PM3; BP2 where in cis).

    `partner` is the other allele's id, or the allele's own for a homozygote.
    """

    scope: Scope
    origin: Origin
    count: int
    phase: Phase
    partner: str
    partner_class: PartnerClass


@dataclass(frozen=True, slots=True)
class Healthy:
    """Adults without the disease who carry the allele (BS2), at an age at which it would show."""

    scope: Scope
    origin: Origin
    homozygotes: int
    hemizygotes: int
    heterozygotes: int


@dataclass(frozen=True, slots=True)
class OtherCause:
    """People with the allele whose disease another finding explains (BP5)."""

    scope: Scope
    origin: Origin
    count: int
    cause: str


@dataclass(frozen=True, slots=True)
class Override:
    """A person's answer in place of a criterion's: a layer over the machine's proposal."""

    scope: Scope
    origin: Origin
    criterion: Criterion
    outcome: Outcome
    strength: Strength | None
    reason: str

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.MET) != (self.strength is not None):
            raise ValueError("a strength goes with a met criterion, and only with one")
        alone = self.strength is Strength.STAND_ALONE
        if alone and self.criterion.direction is not Direction.BENIGN:
            raise ValueError("only a benign criterion stands alone")
        if self.criterion in (Criterion.PP5, Criterion.BP6):
            raise ValueError("PP5 and BP6 are withdrawn and count for nobody")


@dataclass(frozen=True, slots=True)
class Curations:
    """Everything that a source holds of an allele, each kind in order of date and id."""

    assays: tuple[Assay, ...] = ()
    rna: tuple[RnaStudy, ...] = ()
    probands: tuple[Probands, ...] = ()
    case_control: tuple[CaseControl, ...] = ()
    segregations: tuple[Segregation, ...] = ()
    de_novo: tuple[DeNovo, ...] = ()
    in_trans: tuple[InTrans, ...] = ()
    healthy: tuple[Healthy, ...] = ()
    other_causes: tuple[OtherCause, ...] = ()
    overrides: tuple[Override, ...] = ()
    constructed: bool = False


OWN_ENTRY = "own-"
"""How the id of an entry of our own cases begins."""


def own_entry(family: str, allele: object) -> str:
    """Return the id of what a family of ours adds to an allele: a digest of its pseudonym.

    The pseudonym is a keyed digest itself, so that nobody can try the laboratory's names; who
    holds a pseudonym can tell whether that family counts.
    """
    return f"{OWN_ENTRY}{digest((family, str(allele)))}"


CURATION = Fact("curation", Kind.POINT, Curations)
"""Entries that people wrote, from publications or from their own bench."""

OWN_CASES = Fact("curation.own_cases", Kind.POINT, Curations)
"""What the laboratory's own signed cases show, as one dated release of them states it."""

CURATED = (CURATION, OWN_CASES)
