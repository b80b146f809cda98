"""A case with signed acts, as the registry hands it to the exports."""

from dataclasses import replace
from datetime import date
from typing import Any

from core_builders import HET, REF, calls, candidate, concluded, finding, trio
from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import (
    Case,
    CaseResult,
    RankedHypothesis,
    ReleaseLabel,
    Tier,
)
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.diagnosis import UNDIAGNOSED, Diagnosis, DiagnosticLevel
from varinterp.model.evidence import Criterion, Reason, Strength
from varinterp.model.fit import fits
from varinterp.model.gene_disease import Inheritance
from varinterp.model.milestone import LifePeriod, Milestone, MilestoneKind
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.phenotype import Phenotype
from varinterp.model.prescription import Prescription
from varinterp.model.sequencing import Coverage, Sequencing, Technique
from varinterp.model.signatures import Signatures
from varinterp.model.variant import Allele
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.record import (
    Appreciation,
    Record,
    SignedFinding,
    Subject,
)

CASE = "C-ABCDEFGHIJKL"
TODAY = date(2026, 11, 22)
TANGO2_DISEASE = "OMIM:616878"
ORPHA = "ORPHA:480864"
MISSENSE, SECOND, OTHER = "22-20061538-G-A", "22-20064000-C-T", "22-20110000-A-AT"
TWO = Signatures("A. Reader", "B. Reader")
CODES = DiseaseCodes(
    release="2026-08-04",
    same={"MONDO:0018820": (TANGO2_DISEASE, ORPHA)},
    classes={TANGO2_DISEASE: ("MONDO:0018820",), ORPHA: ("MONDO:0018820",)},
)
FAMILY = trio()
EVERYBODY = tuple(person.id for person in FAMILY)
RELEASES = (
    ReleaseLabel("hpo", "2025-01-16", "2025-01-16", "https://hpo.jax.org", "HPO licence", False),
    ReleaseLabel("clinvar", "2026-11", "2026-11-01", "https://ncbi.nlm.nih.gov", "CC0", False),
)


def key(
    name: str = MISSENSE,
    disease: str = TANGO2_DISEASE,
    gene: str = "HGNC:25439",
    mode: Inheritance | None = Inheritance.AUTOSOMAL_RECESSIVE,
) -> AssessmentKey:
    return AssessmentKey(CASE, Allele.parse(name), gene, disease, mode, "core")


def granted(*scopes: ConsentScope, people: tuple[str, ...] = EVERYBODY) -> tuple[Any, ...]:
    return tuple(
        ConsentDecision(scope, True, date(2025, 1, 1), person)
        for scope in scopes
        for person in people
    )


def assessment(about: AssessmentKey) -> Assessment:
    """Likely pathogenic by points: 4 + 1 + 1."""
    return concluded(
        about,
        finding(Criterion.PM3, Strength.STRONG),
        finding(Criterion.PM2, Strength.SUPPORTING),
        finding(Criterion.PP3, Strength.SUPPORTING),
    )


def result(tier: Tier = Tier.PROPOSED) -> CaseResult:
    """A trio whose proband carries two alleles of TANGO2."""
    maternal = calls(proband=HET, father=REF, mother=HET)
    paternal = calls(proband=HET, father=HET, mother=REF)
    first = candidate(MISSENSE, maternal)
    named = replace(
        first.consequence,
        hgvs_c="ENST00000327374.9:c.460G>A",
        hgvs_p="ENSP00000332721.4:p.Gly154Arg",
    )
    keys = (key(), key(SECOND))
    hypothesis = RankedHypothesis(
        rank=1,
        tier=tier,
        keys=keys,
        disease_name="TANGO2 deficiency",
        fit=fits("compound"),
        score=1.0,
        variant_score=1.0,
        phenotype=None,
        reason=Reason("tier.proposed"),
    )
    return CaseResult(
        case=Case(
            CASE, 1, FAMILY, Phenotype.of(["HP:0003201"], ["HP:0001250"]), "indication", True, False
        ),
        candidates=(replace(first, consequence=named), candidate(SECOND, paternal)),
        assessments=tuple(assessment(each) for each in keys),
        ranking=(hypothesis,),
        phenotypes={},
        term_names={"HP:0003201": "Rhabdomyolysis", "HP:0001250": "Seizure"},
        facts={},
        releases=RELEASES,
        versions={"varinterp": "0.3.0"},
        counts=(),
    )


CONFIRMED = Diagnosis(DiagnosticLevel.CONFIRMED, date(2026, 7, 4), (TANGO2_DISEASE,), TWO)
IMPASSE = Diagnosis(
    DiagnosticLevel.UNDETERMINED, date(2026, 7, 4), (UNDIAGNOSED,), TWO, date(2026, 7, 1)
)


def signed(name: str = MISSENSE, value: AcmgClass = AcmgClass.LIKELY_PATHOGENIC) -> SignedFinding:
    return SignedFinding(key(name), value, date(2026, 7, 4), TWO, "CR-1")


def record(**rest: Any) -> Record:
    """Everything that a clinic records of a solved case; `rest` replaces parts of it."""
    at: dict[str, Any] = {
        "consents": granted(ConsentScope.PRIMARY, ConsentScope.RESEARCH),
        "prescription": Prescription("myopathy", "E-1", date(2025, 12, 1)),
        "samples": (
            Sequencing("proband", 1, ("a" * 64,), Technique.PANGENOMIC, Coverage(38.5, 20, 0.97)),
        ),
        "observations": (
            Observation("HP:0003201", ObservationState.OBSERVED, date(2025, 11, 30)),
            Observation("HP:0001250", ObservationState.EXCLUDED, date(2025, 11, 30)),
        ),
        "milestones": (
            Milestone(MilestoneKind.FIRST_SIGNS, LifePeriod.LIFETIME, 14),
            Milestone(MilestoneKind.GENETIC_DIAGNOSIS, LifePeriod.LIFETIME, 30),
        ),
        "appreciation": Appreciation.ABSENT,
        "diagnosis": CONFIRMED,
        "findings": (signed(), signed(SECOND)),
    }
    return Record(case=CASE, **{**at, **rest})


def subject(document: CaseResult | None = None, **rest: Any) -> Subject:
    return Subject(record(**rest), document or result())


def erased() -> Subject:
    return Subject(Record(case=CASE, erased=True), None)
