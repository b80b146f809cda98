"""What an analysis brings into the registry's dataset besides its conclusions."""

from datetime import date, datetime

from varinterp.model.case import Case
from varinterp.model.consent import SHEET, ConsentDecision, ConsentScope
from varinterp.model.sequencing import Sequencing
from varinterp.pipeline.intake import Intake, Member
from varinterp.registry.dataset import Dataset

WORKFLOW = "workflow"


def record_intake(dataset: Dataset, case: Case, intake: Intake, at: datetime) -> int:
    """Record people, terms, samples and the sheet's consents of a registered analysis.

    Returns the rows written; the same analysis again writes none.
    """
    return dataset.intake(
        case,
        author=WORKFLOW,
        at=at,
        consents=sheet_consents(intake, at.date()),
        sequencing=samples(intake, case.analysis),
    )


def sheet_consents(intake: Intake, on: date) -> tuple[ConsentDecision, ...]:
    """Return the sheet's yes of each person; an empty cell, or a no, says nothing here."""
    return tuple(
        ConsentDecision(scope, True, on, member.id, SHEET)
        for member in intake.members
        for scope, given in _answers(member).items()
        if given
    )


def _answers(member: Member) -> dict[ConsentScope, bool]:
    return {
        ConsentScope.SECONDARY_FINDINGS: member.secondary_findings,
        ConsentScope.RECONTACT: member.recontact,
        ConsentScope.REANALYSIS: member.reanalysis,
    }


def samples(intake: Intake, analysis: int) -> tuple[Sequencing, ...]:
    """Return the digest of every sequenced person's VCF; technique and coverage are not in it."""
    return tuple(
        Sequencing(member.id, analysis, (intake.vcfs[member.vcf].sha256,))
        for member in intake.members
        if member.vcf is not None
    )
