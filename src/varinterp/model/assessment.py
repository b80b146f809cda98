"""An assessment: one hypothesis about one allele, its findings, its classes, everything it read."""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.canonical import digest
from varinterp.model.clinvar import Assertion
from varinterp.model.evidence import Finding, Reason
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Fact, Kind, Read
from varinterp.model.variant import Allele

NO_KNOWN_DISEASE = "none"
"""The explicit value of a hypothesis in a gene that no release ties to a disease."""

ANY_DISEASE = "*"
"""Every known disease of a gene, in the key under which a specification stands."""

CORE = "core"
"""The family of rules of every hypothesis that no gene specification holds for."""


def specification_key(gene: str, disease: str, inheritance: Inheritance | None) -> str:
    """Return the rule under which stands which gene specification holds for a hypothesis."""
    return f"spec/{gene}/{disease}/{inheritance or 'any'}"


def version_key(specification: str) -> str:
    """Return the rule under which stands which version of a specification is in force."""
    return f"{specification}/version"


def specification_keys(gene: str, disease: str, inheritance: Inheritance | None) -> tuple[str, ...]:
    """Return where a specification of a hypothesis is looked for: of the disease, then of any."""
    named = (disease,) if disease == NO_KNOWN_DISEASE else (disease, ANY_DISEASE)
    return tuple(specification_key(gene, each, inheritance) for each in named)


class AcmgClass(StrEnum):
    """The five classes of Richards 2015, most benign first: the order of definition is a scale."""

    BENIGN = "benign"
    LIKELY_BENIGN = "likely_benign"
    UNCERTAIN = "uncertain_significance"
    LIKELY_PATHOGENIC = "likely_pathogenic"
    PATHOGENIC = "pathogenic"

    @property
    def rank(self) -> int:
        """1 (benign) to 5 (pathogenic): the class number that French reports print."""
        return list(AcmgClass).index(self) + 1


PATHOGENIC = (AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC)
BENIGN = (AcmgClass.BENIGN, AcmgClass.LIKELY_BENIGN)
"""The classes of either side, the surer one first."""


@dataclass(frozen=True, slots=True)
class PriorClass:
    """What was concluded of another allele of the case without the criteria on partners and family.

    Left out are PM3, BP2, PP1, BS4 and PP4, so that two alleles never lift each other.
    """

    points: int
    value: AcmgClass


PRIOR = Fact("assessment", Kind.PRIOR, PriorClass)
"""Read under the text of the other allele's assessment key."""


class Uncertainty(StrEnum):
    """Where in *uncertain significance* an allele lies, lowest first: 0–1, 2–3, 4–5 points."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Category(StrEnum):
    """What kind of cause an allele is held for: a class of *pathogenic* means other things in each.

    Low-penetrance and risk alleles: ClinGen's Low Penetrance/Risk Allele group (Schmidt 2024,
    PMID 38054408).
    """

    MENDELIAN = "mendelian"
    LOW_PENETRANCE = "low_penetrance"
    RISK_ALLELE = "risk_allele"


@dataclass(frozen=True, slots=True)
class AssessmentKey:
    """What an assessment is about; the same key in two analyses is the same question.

    `disease` is a disease id or NO_KNOWN_DISEASE, `inheritance` is None only with the latter, and
    `rules` names a family of rules (``core``, or a gene specification), not its version.
    """

    case: str
    allele: Allele
    gene: str
    disease: str
    inheritance: Inheritance | None
    rules: str

    def __post_init__(self) -> None:
        if (self.disease == NO_KNOWN_DISEASE) != (self.inheritance is None):
            raise ValueError("a mode of inheritance goes with a disease, and only with one")

    def __str__(self) -> str:
        mode = self.inheritance or "any"
        return f"{self.case}|{self.allele}|{self.gene}|{self.disease}|{mode}|{self.rules}"


@dataclass(frozen=True, slots=True)
class MachineClass:
    """What each combining scheme makes of the same findings.

    `acgs` is None in conclusions of versions that had not built it. `differ` says why the schemes
    do not agree, None where they do.
    """

    points: AcmgClass
    richards2015: AcmgClass
    acgs: AcmgClass | None = None
    differ: Reason | None = None


@dataclass(frozen=True, slots=True)
class SignedClass:
    """A class that people signed. Only they write it."""

    value: AcmgClass
    reader1: str
    reader2: str
    date: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The conclusion on one key: machine, external and signed classes are never mixed.

    `points` is the signed sum of the findings' points and `posterior` the probability that
    Tavtigian 2018 (PMID 29300386) gives it at a prior of 0.1. `findings` holds all 28 criteria.
    `uncertainty` parts the class *uncertain significance* and is None in every other. `flags` are
    what a reader must know before they use the class (imprinting, a pseudoautosomal region, …).
    """

    key: AssessmentKey
    transcript: str | None
    findings: tuple[Finding, ...]
    points: int
    posterior: float
    machine: MachineClass
    external: Assertion | None
    signed: SignedClass | None
    reads: tuple[Read, ...]
    uncertainty: Uncertainty | None = None
    category: Category = Category.MENDELIAN
    flags: tuple[Reason, ...] = ()

    @property
    def digest(self) -> str:
        """Digest of the content, which is all of the fields: no release label, time or number."""
        return digest(self)

    @property
    def constructed(self) -> bool:
        """Whether a criterion that counts rests on a constructed fact."""
        return any(finding.constructed for finding in self.findings if finding.met)
