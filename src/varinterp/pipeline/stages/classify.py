"""Assess every hypothesis of the family."""

import json

import polars as pl

from varinterp.annotate.join import warnings
from varinterp.documents.case import write_case
from varinterp.model.case import Case, StageCount
from varinterp.model.evidence import Reason
from varinterp.pipeline.candidates import read_candidates
from varinterp.pipeline.classify import FIRST_ANALYSIS, CaseInputs, classify
from varinterp.pipeline.job import Job
from varinterp.pipeline.population import with_population


def run(job: Job) -> None:
    """Write `classified.json`."""
    releases = job.releases()
    candidates = with_population(read_candidates(job.input("candidates")), releases)
    inputs = CaseInputs(
        case=_case(job),
        candidates=candidates,
        releases=releases,
        rules=job.rules(),
        reference=job.input("reference"),
    )
    in_genes = len({candidate.allele for candidate in candidates})
    result = classify(inputs, _counts(job, in_genes), _warnings(job))
    write_case(result, job.output("classified"))


def _case(job: Job) -> Case:
    intake = job.intake()
    return Case(
        id=intake.case,
        analysis=FIRST_ANALYSIS,
        family=intake.pedigree(),
        phenotype=intake.patient(),
        indication=intake.indication,
        parentage_confirmed=intake.parentage_confirmed,
        secondary_findings=intake.member(intake.proband).secondary_findings,
        panels=intake.asked_panels(),
    )


def _counts(job: Job, in_genes: int) -> tuple[StageCount, ...]:
    """Read what each stage took, gave and set aside."""
    normalised = json.loads(job.input("counts").read_text())
    variants = pl.scan_parquet(job.input("variants"))
    alleles, opened = variants.select(pl.len(), pl.col("candidate").sum()).collect().row(0)
    aside = (*map(tuple, normalised["set_aside"]), ("joined", normalised["joined"]))
    return (
        StageCount("normalise", normalised["records"] + normalised["split"], alleles, aside),
        StageCount("gates", alleles, opened, (("no_gate", alleles - opened),)),
        StageCount("genes", opened, in_genes, (("outside_genes", opened - in_genes),)),
    )


def _warnings(job: Job) -> tuple[Reason, ...]:
    """Say what a person should know of the inputs and of the joins."""
    at_intake = (
        Reason.of("warning.intake", rule=warned.rule, source=warned.source, line=warned.line)
        for warned in job.intake().warnings
    )
    joined = pl.scan_parquet(job.input("variants")).select("chromosome", "an").collect()
    return (*at_intake, *warnings(joined))
