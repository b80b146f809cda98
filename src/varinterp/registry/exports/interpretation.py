"""The Phenopacket schema's words for how far a diagnosis is and what a variant is to it.

They follow signed acts alone: what the program proposes leaves a case in progress.
Jacobsen 2022 (PMID 35705716), ProgressStatus and InterpretationStatus.
"""

from enum import StrEnum

from varinterp.model.assessment import PATHOGENIC, AcmgClass
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import VariantView


class Progress(StrEnum):
    """How far the attempt at a diagnosis is."""

    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    SOLVED = "SOLVED"
    UNSOLVED = "UNSOLVED"


class Interpreted(StrEnum):
    """What a variant is to the diagnosis."""

    UNKNOWN_STATUS = "UNKNOWN_STATUS"
    REJECTED = "REJECTED"
    CANDIDATE = "CANDIDATE"
    CAUSATIVE = "CAUSATIVE"


def progress(subject: Subject) -> Progress:
    """Return the progress that the signed diagnostic level says."""
    diagnosis = subject.record.diagnosis
    if diagnosis is None:
        return Progress.IN_PROGRESS
    return {
        DiagnosticLevel.CONFIRMED: Progress.SOLVED,
        DiagnosticLevel.PROBABLE: Progress.COMPLETED,
        DiagnosticLevel.IN_PROGRESS: Progress.IN_PROGRESS,
        DiagnosticLevel.UNDETERMINED: Progress.UNSOLVED,
    }[diagnosis.level]


def interpreted(subject: Subject, view: VariantView) -> Interpreted:
    """Return what a signed finding is to the signed diagnosis.

    *Causative* takes a confirmed diagnosis of the finding's own disease and a class of at least
    likely pathogenic.
    """
    value = view.finding.value
    if value in (AcmgClass.BENIGN, AcmgClass.LIKELY_BENIGN):
        return Interpreted.REJECTED
    if value not in PATHOGENIC:
        return Interpreted.UNKNOWN_STATUS
    diagnosis = subject.record.diagnosis
    confirmed = diagnosis is not None and diagnosis.level is DiagnosticLevel.CONFIRMED
    named = diagnosis is not None and view.disease in diagnosis.diseases
    return Interpreted.CAUSATIVE if confirmed and named else Interpreted.CANDIDATE
