"""An assessment: one hypothesis about one allele, its findings, its classes, everything it read."""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.canonical import digest
from varinterp.model.evidence import Finding
from varinterp.model.facts import Assertion
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Read
from varinterp.model.variant import Allele

NO_KNOWN_DISEASE = "none"
"""The explicit value of a hypothesis in a gene that no release ties to a disease."""


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
    """What each combining scheme makes of the same findings; None where a scheme is not built."""

    points: AcmgClass
    richards2015: AcmgClass
    acgs: AcmgClass | None = None


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

    @property
    def digest(self) -> str:
        """Digest of the content, which is all of the fields: no release label, time or number."""
        return digest(self)

    @property
    def constructed(self) -> bool:
        """Whether a criterion that counts rests on a constructed fact."""
        return any(finding.constructed for finding in self.findings if finding.met)
