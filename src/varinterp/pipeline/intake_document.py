"""The intake document of a family: pseudonyms in place of names, numbers in place of files."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.errors import Fault
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.identity_checks import IdentityCheck
from varinterp.pipeline.intake import (
    AskedFor,
    Check,
    Intake,
    Member,
    Terms,
    VcfRecord,
    Verdict,
    Warned,
)
from varinterp.pseudonym import Pseudonymiser
from varinterp.sources.family_input import FamilyInput, MemberInput
from varinterp.sources.vcf import VcfSummary

_RATE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What the gate found of a family that may pass: `summaries` in the order of its VCFs."""

    phenotype: Phenotype
    summaries: tuple[VcfSummary, ...]
    checks: tuple[IdentityCheck, ...]
    warnings: tuple[Fault, ...]


def intake_of(family: FamilyInput, found: Found, pseudonymise: Pseudonymiser) -> Intake:
    """Return the intake document of a family that passed."""
    phenotype = found.phenotype
    names = {
        member.person: pseudonymise.person(family.name, member.person) for member in family.members
    }
    return Intake(
        verdict=Verdict.WARN if found.warnings else Verdict.ACCEPT,
        case=pseudonymise.case(family.name, family.proband, family.indication),
        family=pseudonymise.family(family.name),
        proband=names[family.proband],
        members=tuple(_member(member, family, found.summaries, names) for member in family.members),
        phenotype=Terms(
            observed=phenotype.observed, excluded=phenotype.excluded, onset=phenotype.onset
        ),
        indication=family.indication,
        consanguineous=family.consanguineous,
        vcfs=tuple(_record(summary) for summary in found.summaries),
        checks=tuple(_stored(check, names) for check in found.checks),
        warnings=tuple(_warned(fault, family) for fault in found.warnings),
        panels=tuple(AskedFor(name=each.name, use=each.use) for each in family.panels),
    )


def _member(
    member: MemberInput,
    family: FamilyInput,
    summaries: Sequence[VcfSummary],
    names: dict[str, str],
) -> Member:
    vcf = None if member.vcf is None else family.vcfs.index(member.vcf)
    return Member(
        id=names[member.person],
        sex=member.sex,
        affected=member.affected,
        father=None if member.father is None else names[member.father],
        mother=None if member.mother is None else names[member.mother],
        vcf=vcf,
        column=None if vcf is None else summaries[vcf].samples.index(member.sample),
        secondary_findings=member.secondary_findings,
        recontact=member.recontact,
        reanalysis=member.reanalysis,
    )


def _record(summary: VcfSummary) -> VcfRecord:
    return VcfRecord(
        sha256=summary.sha256,
        container=summary.container,
        records=summary.records,
        gvcf_blocks=summary.gvcf_blocks,
        contig_style=summary.contig_style,
        contigs=dict(summary.contigs),
        aside=dict(summary.aside),
        alleles=dict(summary.alleles),
        csq_fields=summary.csq_fields,
    )


def _stored(check: IdentityCheck, names: dict[str, str]) -> Check:
    rate = check.measurement.rate
    return Check(
        kind=check.kind,
        people=tuple(names[member.person] for member in check.people),
        outcome=check.measurement.outcome,
        sites=check.measurement.sites,
        rate=None if rate is None else round(rate, _RATE_DIGITS),
    )


def _warned(fault: Fault, family: FamilyInput) -> Warned:
    """Place a warning without a file name: those are the laboratory's."""
    sources = {
        **{str(path): f"file {index}" for index, path in enumerate(family.files)},
        **{str(path): f"vcf {index}" for index, path in enumerate(family.vcfs)},
    }
    source = sources.get(fault.file, "sheet")
    return Warned(rule=fault.rule, source=source, line=fault.line, column=fault.column)
