"""A run: its configuration and its families under their pseudonyms, as the workflow sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varinterp.errors import Fault, InputError, Severity
from varinterp.pipeline.config import Settings, parse_settings, read_settings
from varinterp.pseudonym import DEMONSTRATION, Pseudonymiser, load_pseudonymiser
from varinterp.refs.catalogue import read_catalogue
from varinterp.sources.family_input import FamilyInput
from varinterp.sources.gene_lists import gene_list_files
from varinterp.sources.gene_specs import specification_files
from varinterp.sources.sample_sheet import read_sheet


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Families are keyed by pseudonym, in the sheet's order; the laboratory's names stay inside.

    It has no `repr` of its fields: Snakemake writes those of what it is given to its log.
    """

    settings: Settings
    families: Mapping[str, FamilyInput]
    pseudonymiser: Pseudonymiser
    warnings: tuple[Fault, ...]

    def folder(self, family: str) -> Path:
        """Return the folder of a family's results."""
        return self.settings.results / family

    def vcfs(self, wildcards: Any) -> list[str]:
        """Return a family's VCFs, for a rule's input."""
        return [str(path) for path in self.families[wildcards.family].vcfs]

    @property
    def gene_specs(self) -> list[str]:
        """Return the files of all gene specifications and gene lists, for a rule's input."""
        specifications = specification_files(self.settings.gene_specs)
        lists = gene_list_files(self.settings.gene_lists)
        return [str(path) for path in (*specifications, *lists)]

    def cnv_vcfs(self, wildcards: Any) -> list[str]:
        """Return a family's copy-number VCFs, for a rule's input; often none."""
        return [str(path) for path in self.families[wildcards.family].cnv_vcfs]

    def intake_files(self, wildcards: Any) -> dict[str, list[str]]:
        """Return everything that a family's intake reads, for a rule's input."""
        family = self.families[wildcards.family]
        return {
            "vcfs": self.vcfs(wildcards),
            "files": [str(path) for path in family.files],
        }

    def fingerprint(self, wildcards: Any) -> str:
        """Return a keyed digest of what the sheet says of a family, for a rule's params."""
        return self.pseudonymiser.fingerprint(self.families[wildcards.family].facts())

    def needed_updates(self, wildcards: Any) -> dict[str, list[str]]:
        """Return the updates that a release is built with, for a rule's input."""
        updates = self.settings.updates
        wanted = read_catalogue(self.settings.catalogue)[wildcards.source]
        folder = self.settings.results / "references"
        return {
            "needs": [
                str(folder / f"{source}@{updates[source].release}.admitted.json")
                for source in (*wanted.needs, *wanted.uses)
                if source in updates
            ]
        }

    def pseudonym(self, name: str) -> str:
        """Return the pseudonym of a family given by either of its names.

        Raises InputError when the sheet has no such family.
        """
        for pseudonym, family in self.families.items():
            if name in (pseudonym, family.name):
                return pseudonym
        fault = Fault(
            rule="run.unknown_family",
            file=str(self.settings.samples),
            found="a family that the sheet lacks",
            expected=f"one of its {len(self.families)} families, by name or pseudonym",
            advice="copy the name from the sheet, or the pseudonym from the results folder",
            column="family",
        )
        raise InputError([fault])


def load_run(config: dict[str, Any]) -> Run:
    """Build a run from Snakemake's configuration; raise InputError with every fault."""
    return _assemble(parse_settings(config))


def open_run(configfile: Path) -> Run:
    """Build a run from a configuration file; raise InputError with every fault."""
    if not configfile.is_file():
        fault = Fault(
            rule="config.missing",
            file=str(configfile),
            found="no such file",
            expected="a configuration",
            advice="give one with --configfile, or start in the folder that holds config/",
        )
        raise InputError([fault])
    return _assemble(read_settings(configfile))


def _assemble(settings: Settings) -> Run:
    faults = [*_missing_files(settings)]
    if faults:
        raise InputError(faults)
    pseudonymiser = load_pseudonymiser(settings.pseudonym_key)
    sheet = read_sheet(settings.samples)
    families = {pseudonymiser.family(family.name): family for family in sheet.families}
    return Run(settings, families, pseudonymiser, (*_key_warnings(settings), *sheet.warnings))


def _key_warnings(settings: Settings) -> list[Fault]:
    if settings.pseudonym_key != DEMONSTRATION:
        return []
    return [
        Fault(
            rule="config.demonstration_key",
            file="config",
            found="the public demonstration key",
            expected="a secret key of the laboratory's",
            advice="fit for constructed families only; for patients: varinterp key FILE",
            column="pseudonym_key",
            severity=Severity.WARN,
        )
    ]


def _missing_files(settings: Settings) -> list[Fault]:
    wanted = {
        "samples": settings.samples,
        "reference": settings.reference,
        "lock": settings.lock,
        "rules": settings.rules,
    }
    return [
        Fault(
            rule="config.file",
            file="config",
            found=f"{path}, which does not exist",
            expected="an existing file",
            advice="paths start in the folder that the run starts in",
            column=field,
        )
        for field, path in wanted.items()
        if not path.is_file()
    ]
