"""Running the demo's families in a folder of the test's own: by Snakemake, or stage by stage."""

import csv
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from varinterp.documents.case import read_case
from varinterp.model.case import CaseResult
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import Run, load_run
from varinterp.pipeline.stages import (
    annotate,
    check,
    classify,
    consequence,
    copy_number,
    lock,
    normalise,
    prioritise,
)

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "resources" / "demo"
_STAGES = (check, normalise, annotate, consequence, classify, copy_number, prioritise)


def demo_config(folder: Path, lock_file: str = "refs.lock.yaml") -> dict[str, Any]:
    """The demo's configuration with absolute inputs, writing into `folder`."""
    return {
        "samples": str(DEMO / "samples.tsv"),
        "reference": str(DEMO / "reference" / "GRCh38.chr22.demo.fa.gz"),
        "references": str(DEMO / "refs"),
        "lock": str(DEMO / lock_file),
        "rules": str(ROOT / "resources" / "rules" / "core-v1.yaml"),
        "gene_specs": [str(ROOT / "resources" / "gene_specs")],
        "gene_lists": [str(ROOT / "resources" / "gene_lists")],
        "results": str(folder / "results"),
        "logs": str(folder / "logs"),
        "registry": f"sqlite:///{folder / 'registry.sqlite'}",
        "cohort": str(folder / "cohort"),
        "reanalysis": str(folder / "reanalysis"),
        "pseudonym_key": "demonstration",
        "languages": ["en", "fr"],
    }


def write_config(folder: Path, **changes: object) -> Path:
    """Write a configuration file for Snakemake and return its path."""
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump({**demo_config(folder), **changes}))
    return path


def sheet_rows() -> list[dict[str, str]]:
    """The demo's sample sheet with absolute paths."""
    with (DEMO / "samples.tsv").open() as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        for column in ("vcf", "ped", "phenopacket"):
            if row[column] not in ("", "."):
                row[column] = str(DEMO / row[column])
        if row["hpo"].endswith(".txt"):
            row["hpo"] = str(DEMO / row["hpo"])
    return rows


def write_sheet(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write rows as a sample sheet."""
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def families(*names: str) -> list[dict[str, str]]:
    """The sheet's rows of some families."""
    return [row for row in sheet_rows() if row["family"] in names]


def snakemake(folder: Path, config: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the workflow in `folder`, as a laboratory would, and return what it said."""
    return subprocess.run(
        command(folder, config, *options),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
        check=False,
    )


def command(folder: Path, config: Path, *options: str) -> list[str]:
    """The command line that starts the workflow."""
    return [
        sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"),
        "--configfile", str(config), "--directory", str(folder), "--cores", "2", *options,
    ]  # fmt: skip


def environment() -> dict[str, str]:
    """The environment of a run: no network proxy, no bytecode left in the tree."""
    return {**os.environ, "no_proxy": "*"}


@dataclass(frozen=True)
class Stages:
    """Runs a family's stages in this process, without Snakemake: quicker by their start-up."""

    config: dict[str, Any]

    @property
    def run(self) -> Run:
        return load_run(self.config)

    def case(self, family_name: str) -> CaseResult:
        """Run every stage up to `case.json` and return the result."""
        pseudonym = self.run.pseudonym(family_name)
        folder = self.run.folder(pseudonym)
        vcfs = [str(path) for path in self.run.families[pseudonym].vcfs]
        files = {
            "reference": self.config["reference"],
            "rules": self.config["rules"],
            "vcfs": vcfs,
            "lock": str(folder / "refs.lock.yaml"),
            "intake": str(folder / "intake.json"),
            "alleles": str(folder / "alleles.arrow"),
            "counts": str(folder / "normalised.counts.json"),
            "variants": str(folder / "variants.parquet"),
            "candidates": str(folder / "candidates.parquet"),
            "copy_numbers": str(folder / "copy_number.json"),
            "classified": str(folder / "classified.json"),
            "case": str(folder / "case.json"),
        }
        lock.run(Job(self.config, pseudonym, {"lock": self.config["lock"]}, files))
        for stage in _STAGES:
            stage.run(Job(self.config, pseudonym, files, files))
        return read_case(folder / "case.json")
