"""One demo family through every stage, in one process, as ``varinterp run`` orders them."""

import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.child import cpu_seconds
from benchmarks.task import Done
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stages import (
    annotate,
    check,
    classify,
    consequence,
    copy_number,
    lock,
    normalise,
    prioritise,
    register,
    report,
)

_ROOT = Path(__file__).resolve().parents[2]
_DEMO = _ROOT / "resources" / "demo"
_FAMILY = "DEMO-T4"
_STAGES = (
    *(check, normalise, annotate, consequence, classify),
    *(copy_number, prioritise, report, register),
)


def prepare(_folder: Path) -> None:
    """Nothing: the demo is in the tree."""


def work(_prepared: None) -> Done:
    """Run every stage; answer with (stage, CPU s, wall s, peak MB so far) of each."""
    with tempfile.TemporaryDirectory() as name:
        config = _config(Path(name))
        opened = load_run(config)
        family = opened.pseudonym(_FAMILY)
        vcfs = [str(path) for path in opened.families[family].vcfs]
        files = _files(config, opened.folder(family), vcfs)
        pages = [str(opened.folder(family) / f"report.{code}.html") for code in ("en", "fr")]
        start = {**files, "lock": config["lock"]}
        figures = [_timed(lock, Job(config, family, start, files))]
        for stage in _STAGES:
            outputs = pages if stage is report else files
            figures.append(_timed(stage, Job(config, family, files, outputs)))
    return Done(figures)


def _config(folder: Path) -> dict[str, Any]:
    return {
        "samples": str(_DEMO / "samples.tsv"),
        "reference": str(_DEMO / "reference" / "GRCh38.chr22.demo.fa.gz"),
        "references": str(_DEMO / "refs"),
        "lock": str(_DEMO / "refs.lock.yaml"),
        "rules": str(_ROOT / "resources" / "rules" / "core-v1.yaml"),
        "gene_specs": [str(_ROOT / "resources" / "gene_specs")],
        "results": str(folder / "results"),
        "logs": str(folder / "logs"),
        "registry": f"sqlite:///{folder / 'registry.sqlite'}",
        "pseudonym_key": "demonstration",
        "languages": ["en", "fr"],
    }


def _files(config: dict[str, Any], folder: Path, vcfs: list[str]) -> dict[str, Any]:
    names = {
        "lock": "refs.lock.yaml", "intake": "intake.json", "alleles": "alleles.arrow",
        "counts": "normalised.counts.json", "variants": "variants.parquet",
        "candidates": "candidates.parquet", "classified": "classified.json",
        "copy_numbers": "copy_number.json", "case": "case.json", "receipt": "registered.json",
    }  # fmt: skip
    files = {name: str(folder / file) for name, file in names.items()}
    return {**files, "reference": config["reference"], "rules": config["rules"], "vcfs": vcfs}


def _timed(stage: Any, job: Job) -> tuple[str, float, float, float]:
    cpu, wall = cpu_seconds(), time.perf_counter()
    stage.run(job)
    figures = cpu_seconds() - cpu, time.perf_counter() - wall
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return stage.__name__.rpartition(".")[2], *figures, max(peaks)
