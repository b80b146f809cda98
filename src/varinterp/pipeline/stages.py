"""The stages of the workflow: each turns one family's files into the next ones."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.documents.case import read_case, write_case
from varinterp.files import atomic_write, sha256_of, write_text
from varinterp.model.case import Case, StageCount
from varinterp.pipeline.candidates import read_candidates
from varinterp.pipeline.check import check_family
from varinterp.pipeline.classify import (
    FIRST_ANALYSIS,
    CaseInputs,
    classify,
    number,
    prioritise,
)
from varinterp.pipeline.consequence import write_candidates
from varinterp.pipeline.intake import Intake, read_intake
from varinterp.pipeline.run import Run, load_run
from varinterp.pipeline.stage import stage
from varinterp.pipeline.variants import gate_limits, write_annotated
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.registry.store import Registry
from varinterp.report.write import write_report
from varinterp.sources.hpo import read_ontology
from varinterp.sources.rules import read_rules


@dataclass(frozen=True, slots=True)
class Job:
    """One stage of one family: the files that the workflow gives it and expects of it."""

    run: Run
    family: str
    inputs: Any
    outputs: Any

    def input(self, name: str) -> Path:
        """Return an input file by its name in the rule."""
        return Path(str(self.inputs[name]))

    def output(self, name: str) -> Path:
        """Return an output file by its name in the rule."""
        return Path(str(self.outputs[name]))

    def intake(self) -> Intake:
        """Read the family's intake."""
        return read_intake(self.input("intake"))

    def releases(self) -> Releases:
        """Open the releases of the family's lock."""
        return open_releases(read_lock(self.input("lock")), self.run.settings.references)


def run_stage(
    name: str, config: dict[str, Any], family: str, inputs: Any, outputs: Any, log: Path
) -> None:
    """Run a stage for a family; leaves the process with the stage's exit code when it fails."""
    with stage(name, log):
        STAGES[name](Job(load_run(config), family, inputs, outputs))


def _lock(job: Job) -> None:
    lock = job.input("lock")
    open_releases(read_lock(lock), job.run.settings.references)
    with atomic_write(job.output("lock")) as temporary:
        shutil.copyfile(lock, temporary)


def _check(job: Job) -> None:
    ontology = read_ontology(job.releases()["hpo"].folder)
    intake = check_family(
        job.run.families[job.family], job.input("reference"), ontology, job.run.pseudonymiser
    )
    write_text(job.output("intake"), intake.to_text())


def _normalise(job: Job) -> None:
    intake = job.intake()
    vcfs = [
        FamilyVcf(path, intake.columns(index))
        for index, path in enumerate(job.run.families[job.family].vcfs)
    ]
    counts = normalise(vcfs, job.input("reference"), job.output("bcf"))
    write_text(job.output("counts"), json.dumps(asdict(counts), indent=2) + "\n")


def _annotate(job: Job) -> None:
    rules = read_rules(job.input("rules"))
    write_annotated(
        bcf=job.input("bcf"),
        family=job.intake().pedigree(),
        releases=job.releases(),
        limits=gate_limits(rules),
        out=job.output("variants"),
    )


def _consequence(job: Job) -> None:
    write_candidates(
        variants=job.input("variants"),
        vcfs=job.run.families[job.family].vcfs,
        intake=job.intake(),
        releases=job.releases(),
        reference=job.input("reference"),
        out=job.output("candidates"),
    )


def _classify(job: Job) -> None:
    result = classify(_case_inputs(job), _counts(job))
    write_case(result, job.output("classified"))


def _prioritise(job: Job) -> None:
    classified = read_case(job.input("classified"))
    rules = read_rules(job.input("rules"))
    result = prioritise(classified, job.releases(), rules)
    registry = Registry.open(job.run.settings.registry)
    write_case(number(result, registry.latest(result.case.id)), job.output("case"))


def _report(job: Job) -> None:
    result = read_case(job.input("case"))
    label = job.run.families[job.family].name
    for path, language in zip(job.outputs, job.run.settings.languages, strict=True):
        write_report(result, Path(str(path)), language, label)


def _register(job: Job) -> None:
    path = job.input("case")
    registry = Registry.open(job.run.settings.registry)
    digest = sha256_of(path)
    receipt = registry.register(read_case(path), digest, datetime.now(UTC))
    document = {"case": receipt.case, "analysis": receipt.analysis, "sha256": digest}
    write_text(job.output("receipt"), json.dumps(document, indent=2) + "\n")


def _case_inputs(job: Job) -> CaseInputs:
    intake = job.intake()
    family = job.run.families[job.family]
    case = Case(
        id=job.run.pseudonymiser.case(family.name, family.proband, family.indication),
        analysis=FIRST_ANALYSIS,
        family=intake.pedigree(),
        phenotype=intake.patient(),
        indication=intake.indication,
        parentage_confirmed=intake.parentage_confirmed,
        secondary_findings=intake.member(intake.proband).secondary_findings,
    )
    return CaseInputs(
        case=case,
        candidates=read_candidates(job.input("candidates")),
        releases=job.releases(),
        rules=read_rules(job.input("rules")),
        reference=job.input("reference"),
    )


def _counts(job: Job) -> tuple[StageCount, ...]:
    """Read what each stage took, gave and set aside."""
    normalised = json.loads(job.input("counts").read_text())
    variants = pl.scan_parquet(job.input("variants"))
    alleles, opened = variants.select(pl.len(), pl.col("candidate").sum()).collect().row(0)
    candidates = read_candidates(job.input("candidates"))
    in_genes = len({candidate.allele for candidate in candidates})
    aside = (*map(tuple, normalised["set_aside"]), ("joined", normalised["joined"]))
    return (
        StageCount("normalise", normalised["records"] + normalised["split"], alleles, aside),
        StageCount("gates", alleles, opened, (("no_gate", alleles - opened),)),
        StageCount("genes", opened, in_genes, (("outside_genes", opened - in_genes),)),
    )


STAGES: Mapping[str, Callable[[Job], None]] = MappingProxyType(
    {
        "lock": _lock,
        "check": _check,
        "normalise": _normalise,
        "annotate": _annotate,
        "consequence": _consequence,
        "classify": _classify,
        "prioritise": _prioritise,
        "report": _report,
        "register": _register,
    }
)
"""Every stage, by the name of its rule."""
