"""Assess the family's called copy numbers."""

from varinterp.documents.copy_number import write_copy_numbers
from varinterp.pipeline.copy_number_family import read_family_calls
from varinterp.pipeline.copy_numbers import CopyInputs, assess_copy_numbers
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run


def run(job: Job) -> None:
    """Write `copy_number.json`; without a copy-number VCF it says that none was given."""
    opened = load_run(job.config)
    inputs = CopyInputs(
        intake=job.intake(),
        calls=read_family_calls(opened.families[job.family], opened.pseudonymiser),
        releases=job.releases(),
        rules=job.general_rules(),
        reference=job.input("reference"),
    )
    write_copy_numbers(assess_copy_numbers(inputs), job.output("copy_numbers"))
