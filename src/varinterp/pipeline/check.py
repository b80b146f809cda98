"""Check a family: its files through the gate, its samples against its pedigree, its terms."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from varinterp.errors import Fault, InputError, Severity
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Ontology
from varinterp.pipeline.identity import Measurement, Outcome
from varinterp.pipeline.identity_checks import IdentityCheck, identity_checks
from varinterp.pipeline.intake import Intake
from varinterp.pipeline.intake_document import Found, intake_of
from varinterp.pipeline.panels import ReadPanels, missing, no_panels
from varinterp.pseudonym import Pseudonymiser
from varinterp.sources.copy_number_vcf import read_copy_number_vcf
from varinterp.sources.family_input import FamilyInput, MemberInput
from varinterp.sources.hpo_onset import check_onset
from varinterp.sources.hpo_terms import check_terms
from varinterp.sources.vcf import VcfSummary
from varinterp.sources.vcf_worker import Request, check_apart


def check_family(
    family: FamilyInput,
    reference: Path | None,
    ontology: Ontology,
    pseudonymise: Pseudonymiser,
    panels: ReadPanels = no_panels,
) -> Intake:
    """Return the family's intake document; raise InputError with all its faults.

    Each VCF is read in a subprocess. `reference` is the GRCh38 FASTA; None skips build and REF.
    `panels` reads those that the lock's releases hold.
    """
    return read_family(family, reference, ontology, pseudonymise, panels).intake


@dataclass(frozen=True, slots=True)
class Accepted:
    """A family that passed, and its warnings with the laboratory's own file names."""

    intake: Intake
    warnings: tuple[Fault, ...]


def read_family(
    family: FamilyInput,
    reference: Path | None,
    ontology: Ontology,
    pseudonymise: Pseudonymiser,
    panels: ReadPanels = no_panels,
) -> Accepted:
    """Do what `check_family` does and keep the warnings as they are shown at a terminal."""
    gate = _Gate(family, reference)
    phenotype = gate.onset(gate.terms(ontology), ontology)
    gate.panels(panels, ontology)
    summaries = {path: summary for path in family.vcfs if (summary := gate.vcf(path)) is not None}
    # Kinship and sex are told from everybody's genotypes: with some missing they would mislead.
    checks = identity_checks(family, summaries) if len(summaries) == len(family.vcfs) else ()
    for check in checks:
        gate.identity(check)
    for path in family.cnv_vcfs:
        gate.copy_numbers(path)
    if any(fault.severity is Severity.REJECT for fault in gate.faults):
        raise InputError(gate.faults)
    found = Found(phenotype, tuple(summaries.values()), checks, tuple(gate.faults))
    intake = intake_of(family, found, pseudonymise)
    return Accepted(intake, tuple(gate.faults))


@dataclass(slots=True)
class _Gate:
    """Collects a family's faults; nothing stops at the first."""

    family: FamilyInput
    reference: Path | None
    faults: list[Fault] = field(default_factory=list)

    def onset(self, phenotype: Phenotype, ontology: Ontology) -> Phenotype:
        try:
            checked = check_onset(self.family.onset, ontology)
        except InputError as error:
            self.faults += error.faults
            return phenotype
        self.faults += checked.warnings
        return replace(phenotype, onset=checked.term)

    def panels(self, panels: ReadPanels, ontology: Ontology) -> None:
        for found in missing(self.family.panels, panels, ontology):
            self._fault(
                self.family.member(self.family.proband), "intake.panel", found,
                "a panel that the releases of the lock hold",
                "correct the name, or add the panel's release to the lock", "panel",
            )  # fmt: skip

    def terms(self, ontology: Ontology) -> Phenotype:
        try:
            checked = check_terms(self.family.terms, ontology)
        except InputError as error:
            self.faults += error.faults
            return Phenotype()
        self.faults += checked.warnings
        if not checked.phenotype.observed:
            self._proband_fault(
                "intake.no_terms",
                "none",
                "HPO terms of the proband",
                "add them: without terms candidates are not ranked by phenotype",
                Severity.WARN,
            )
        return checked.phenotype

    def vcf(self, path: Path) -> VcfSummary | None:
        members = [member for member in self.family.members if member.vcf == path]
        wanted = tuple(member.sample for member in members)
        answer = check_apart(Request(path, self.reference, wanted))
        self.faults += answer.faults
        for member in members:
            if member.sample in answer.absent:
                self._fault(
                    member, "intake.sample_absent", "a sample that its VCF lacks",
                    "a sample name of the VCF's #CHROM line", "correct sample or vcf", "sample",
                )  # fmt: skip
        if answer.summary is not None:
            self.faults += answer.summary.warnings
        return None if answer.absent else answer.summary

    def copy_numbers(self, path: Path) -> None:
        members = [member for member in self.family.members if member.cnv_vcf == path]
        try:
            read = read_copy_number_vcf(path, {member.sample: member.sex for member in members})
        except InputError as error:
            self.faults += error.faults
        else:
            self.faults += read.warnings

    def identity(self, check: IdentityCheck) -> None:
        outcome = check.measurement.outcome
        if outcome not in (Outcome.FAILED, Outcome.UNCLEAR):
            return
        severity = check.severity if outcome is Outcome.FAILED else Severity.WARN
        self._fault(
            check.people[0], f"intake.{check.kind.value}", _measured(check.measurement),
            check.expected, check.advice, None, severity,
        )  # fmt: skip

    def _proband_fault(
        self, rule: str, found: str, expected: str, advice: str, severity: Severity
    ) -> None:
        proband = self.family.member(self.family.proband)
        self._fault(proband, rule, found, expected, advice, "hpo", severity)

    def _fault(
        self,
        member: MemberInput,
        rule: str,
        found: str,
        expected: str,
        advice: str,
        column: str | None,
        severity: Severity = Severity.REJECT,
    ) -> None:
        sheet = str(self.family.sheet)
        self.faults.append(
            Fault(rule, sheet, found, expected, advice, member.line, column, severity)
        )


def _measured(measurement: Measurement) -> str:
    rate = 0.0 if measurement.rate is None else measurement.rate
    return f"{rate:.1%} of {measurement.sites} sites"
