"""Assess a family's called copy numbers: calls and releases in, `copy_number.json` out."""

from dataclasses import dataclass
from pathlib import Path

from varinterp.acmg.copy_number.score import assess
from varinterp.documents.copy_number import CalledCopyNumber, CopyNumbers
from varinterp.model.copy_number_assessment import CopyNumberAssessment
from varinterp.model.copy_number_facts import FAMILY_COPIES
from varinterp.model.facts import PEDIGREE, PEDIGREE_KEY, CasePedigree
from varinterp.model.family import Family
from varinterp.model.reads import Facts
from varinterp.pipeline.classify import result_labels
from varinterp.pipeline.copy_number_evidence import OPTIONAL, Gathering, evidence_of
from varinterp.pipeline.copy_number_family import FamilyCalls, family_copies, proband_copies
from varinterp.pipeline.evidence import read_knowledge
from varinterp.pipeline.intake import Intake
from varinterp.pipeline.phenotype import read_matcher
from varinterp.refs.lock import Releases
from varinterp.sources.rules import Rules

NO_EXON = "no_exon"
"""Called in the proband, and touching neither an exon nor a region that ClinGen evaluated."""


@dataclass(frozen=True, slots=True)
class CopyInputs:
    """What the assessment starts from."""

    intake: Intake
    calls: FamilyCalls
    releases: Releases
    rules: Rules
    reference: Path


def assess_copy_numbers(inputs: CopyInputs) -> CopyNumbers:
    """Assess every copy number of the proband that touches an exon or an evaluated region."""
    intake, calls = inputs.intake, inputs.calls.calls
    if not inputs.calls.files:
        return CopyNumbers(case=intake.case, given=False)
    family = intake.pedigree()
    gathering = Gathering.open(
        read_knowledge(inputs.releases, inputs.rules),
        inputs.releases,
        read_matcher(inputs.releases, intake.patient()),
        inputs.reference,
    )
    called = proband_copies(calls, family.proband_id)
    worth = [each for each in called if gathering.worth_assessing(each)]
    facts = gathering.facts(worth)
    overlap = inputs.rules.number("copy_number.reciprocal_overlap")
    pedigree = CasePedigree(family, intake.parentage_confirmed)
    found = []
    for copy_number in worth:
        copies = family_copies(calls, copy_number, family, overlap)
        own: Facts = {
            (PEDIGREE.source, PEDIGREE_KEY): pedigree,
            (FAMILY_COPIES.source, copy_number.place): copies,
        }
        evidence = evidence_of(facts, own, gathering.provided())
        found.append(CalledCopyNumber(assess(copy_number, evidence), copies.calls))
    aside = {**inputs.calls.set_aside, NO_EXON: len(called) - len(worth)}
    return CopyNumbers(
        case=intake.case,
        given=_called(family, inputs.calls),
        records=inputs.calls.records,
        set_aside=tuple(sorted((reason, count) for reason, count in aside.items() if count)),
        called=len(called),
        found=tuple(sorted(found, key=lambda each: _order(each.assessment))),
        releases=result_labels(inputs.releases, inputs.rules),
        without=tuple(source for source in OPTIONAL if inputs.releases.get(source) is None),
    )


def _called(family: Family, calls: FamilyCalls) -> bool:
    """Whether the proband is in one of the files: relatives' alone say nothing of the patient."""
    return family.proband_id in calls.people


def _order(assessment: CopyNumberAssessment) -> tuple[object, ...]:
    """Most pathogenic first: class, points, place in the genome."""
    return (-assessment.machine.rank, -assessment.points, assessment.copy_number)
