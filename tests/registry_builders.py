"""Small analyses to register, and what a test looks at in a registry's file."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from varinterp.documents.case import dump_case
from varinterp.model.assessment import (
    NO_KNOWN_DISEASE,
    AcmgClass,
    Assessment,
    AssessmentKey,
    MachineClass,
    SignedClass,
)
from varinterp.model.canonical import digest
from varinterp.model.case import Case, CaseResult, ReleaseLabel
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Criterion, Finding, Strength, met, not_assessed
from varinterp.model.facts import Rule
from varinterp.model.family import Family, Person
from varinterp.model.gene_disease import Inheritance
from varinterp.model.phenotype import Phenotype
from varinterp.model.reads import Kind, Read
from varinterp.model.variant import Allele
from varinterp.registry.records import Receipt
from varinterp.registry.store import Registry

MORNING = datetime(2026, 7, 4, 9, 30, tzinfo=UTC)
EVENING = datetime(2026, 7, 4, 18, 0, tzinfo=UTC)
RULES = {"population.pm2": Rule(1e-4)}
ALLELES = (
    "22-20061538-G-A",
    "22-20064000-C-T",
    "22-20099999-ACGTACGTACGTACGT-A",
)


def key(
    case: str = "case-1", allele: str = ALLELES[0], disease: str = "OMIM:616878"
) -> AssessmentKey:
    """A key in TANGO2; the disease may be NO_KNOWN_DISEASE."""
    mode = None if disease == NO_KNOWN_DISEASE else Inheritance.AUTOSOMAL_RECESSIVE
    return AssessmentKey(case, Allele.parse(allele), "HGNC:25439", disease, mode, "core")


def assessment(
    about: AssessmentKey | None = None,
    af: float = 0.0,
    *,
    signed: SignedClass | None = None,
    clinvar: Assertion | None = None,
) -> Assessment:
    """An assessment whose content moves with the frequency that it read."""
    about = about or key()
    reads = (
        Read(
            "clinvar", str(about.allele), Kind.POINT, None if clinvar is None else digest(clinvar)
        ),
        Read("gnomad", str(about.allele), Kind.POINT, digest(af)),
        Read("rules", "population.pm2", Kind.POINT, digest(1e-4)),
        Read("transcript", "ENST00000327374.9", Kind.POINT, digest("a transcript")),
    )
    findings = tuple(
        Finding(criterion, met(Strength.SUPPORTING, "population.rare", af=af), reads)
        if criterion is Criterion.PM2
        else Finding(criterion, not_assessed("not_built"))
        for criterion in Criterion
    )
    return Assessment(
        key=about,
        transcript="ENST00000327374.9",
        findings=findings,
        points=1,
        posterior=0.1882,
        machine=MachineClass(AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN),
        external=clinvar,
        signed=signed,
        reads=reads,
    )


def pathogenic() -> Assertion:
    """What ClinVar may say."""
    return Assertion((Significance.PATHOGENIC,), ("TANGO2-related disorder",), stars=2)


def label(source: str, release: str = "2025-01-16") -> ReleaseLabel:
    """A release's label."""
    return ReleaseLabel(source, release, release, f"https://example.org/{source}", "CC0", False)


def result(
    assessments: Iterable[Assessment] = (),
    *,
    case: str = "case-1",
    analysis: int = 1,
    indication: str = "rhabdomyolysis",
    releases: Sequence[ReleaseLabel] = (label("clinvar"), label("gnomad"), label("mane")),
    family: str | None = None,
) -> CaseResult:
    """An analysis of a proband without relatives."""
    family = family or f"family-of-{case}"
    proband = f"proband-of-{family}"
    return CaseResult(
        case=Case(
            id=case,
            analysis=analysis,
            family=Family(family, proband, (Person(proband),)),
            phenotype=Phenotype.of(["HP:0003201"]),
            indication=indication,
            parentage_confirmed=False,
            secondary_findings=False,
        ),
        candidates=(),
        assessments=tuple(assessments),
        ranking=(),
        phenotypes={},
        term_names={},
        facts={},
        releases=tuple(releases),
        versions={"varinterp": "0.1.0"},
        counts=(),
    )


def document_digest(analysis: CaseResult) -> str:
    """SHA-256 of the analysis's ``case.json``."""
    return sha256(dump_case(analysis).encode()).hexdigest()


def url(path: Path) -> str:
    """The registry's URL of a file."""
    return f"sqlite:///{path}"


def register(registry: Registry, analysis: CaseResult, when: datetime = MORNING) -> Receipt:
    """Register an analysis under the digest of its document."""
    return registry.register(analysis, document_digest(analysis), when, rules=RULES)
