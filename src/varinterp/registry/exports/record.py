"""A case as the exports see it: its current document, and what the registry knows beside it.

Nothing here names a patient: ids are pseudonyms, ages stand for dates of birth, and the words of
people's signed acts are kept apart from what the program computed.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from varinterp.model.assessment import AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentDecision
from varinterp.model.diagnosis import Diagnosis
from varinterp.model.event import Event
from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.model.observation import Observation, standing_phenotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.prescription import Prescription
from varinterp.model.sequencing import Sequencing, Technique
from varinterp.model.signatures import Signatures


class Appreciation(StrEnum):
    """How the expert centre judged the diagnosis that the patient came with."""

    ABSENT = "absent"
    INADEQUATE = "inadequate"
    ADEQUATE = "adequate"


@dataclass(frozen=True, slots=True)
class SignedFinding:
    """A class that two different people signed on one hypothesis; `report` is the report's id."""

    key: AssessmentKey
    value: AcmgClass
    signed_on: date
    signatures: Signatures
    report: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """A change that a run of the reanalysis found, with its number and the moment of recording."""

    id: int
    run: int
    recorded_at: datetime
    event: Event


@dataclass(frozen=True, slots=True)
class Record:
    """What the registry holds of a case beside its document, as of one moment.

    `consents`, `observations` and `milestones` are in the order of recording, those that were
    corrected left out; `findings` are the ones in force, retracted ones left out; `diagnosis` is
    the status in force, None while nobody recorded one.
    """

    case: str
    erased: bool = False
    consents: tuple[ConsentDecision, ...] = ()
    prescription: Prescription | None = None
    samples: tuple[Sequencing, ...] = ()
    observations: tuple[Observation, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    appreciation: Appreciation | None = None
    diagnosis: Diagnosis | None = None
    findings: tuple[SignedFinding, ...] = ()
    events: tuple[RecordedEvent, ...] = ()

    def milestone(self, kind: MilestoneKind) -> Milestone:
        """Return what was recorded last of a milestone; *undetermined* when nothing was."""
        said = [each for each in self.milestones if each.kind is kind]
        return said[-1] if said else Milestone(kind)


@dataclass(frozen=True, slots=True)
class Subject:
    """A case to export: `result` is None when the case was erased."""

    record: Record
    result: CaseResult | None

    def __post_init__(self) -> None:
        if self.result is not None and self.result.case.id != self.record.case:
            raise ValueError("the record and the document are of two cases")

    @property
    def document(self) -> CaseResult:
        """The case's document; raise KeyError for an erased case."""
        if self.result is None:
            raise KeyError("the case was erased")
        return self.result

    @property
    def phenotype(self) -> Phenotype:
        """The terms of the dated observations, or the document's where there are none."""
        if not self.record.observations:
            return self.document.case.phenotype
        standing = standing_phenotype(self.record.observations)
        return replace(standing, onset=self.document.case.phenotype.onset)

    @property
    def findings(self) -> tuple[SignedFinding, ...]:
        """The signed findings, most pathogenic first, then in genome order."""
        return tuple(
            sorted(
                self.record.findings,
                key=lambda each: (-each.value.rank, each.key.allele, str(each.key)),
            )
        )

    @property
    def techniques(self) -> tuple[Technique, ...]:
        """The techniques of the proband's samples, each once; none that nobody stated."""
        proband = self.document.case.family.proband_id
        stated = {
            each.technique
            for each in self.record.samples
            if each.person == proband and each.technique is not None
        }
        return tuple(sorted(stated, key=lambda technique: technique.code))

    def assessment(self, finding: SignedFinding) -> Assessment | None:
        """The current assessment of a signed finding; None when it is concluded no more."""
        return {each.key: each for each in self.document.assessments}.get(finding.key)
