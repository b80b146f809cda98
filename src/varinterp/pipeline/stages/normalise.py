"""Bring the family's VCFs into one table of normalised alleles."""

import json
from dataclasses import asdict
from pathlib import Path

from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.files import write_text
from varinterp.pipeline.job import Job


def run(job: Job) -> None:
    """Write `alleles.arrow` and the counts that prove it whole."""
    intake = job.intake()
    vcfs = [
        FamilyVcf(Path(str(path)), intake.columns(index))
        for index, path in enumerate(job.inputs["vcfs"])
    ]
    people = [person.id for person in intake.pedigree().sequenced]
    counts = normalise(vcfs, job.input("reference"), job.output("alleles"), people=people)
    write_text(job.output("counts"), json.dumps(asdict(counts), indent=2) + "\n")
