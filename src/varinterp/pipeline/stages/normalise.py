"""Bring the family's VCFs into one BCF of normalised alleles."""

import json
from dataclasses import asdict
from pathlib import Path

from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.files import write_text
from varinterp.pipeline.job import Job


def run(job: Job) -> None:
    """Write `normalised.bcf` and the counts that prove it whole."""
    intake = job.intake()
    vcfs = [
        FamilyVcf(Path(str(path)), intake.columns(index))
        for index, path in enumerate(job.inputs["vcfs"])
    ]
    counts = normalise(vcfs, job.input("reference"), job.output("bcf"))
    write_text(job.output("counts"), json.dumps(asdict(counts), indent=2) + "\n")
