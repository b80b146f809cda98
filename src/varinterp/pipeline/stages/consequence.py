"""Ask what each candidate does to its transcripts."""

from pathlib import Path

from varinterp.pipeline.consequence import write_candidates
from varinterp.pipeline.job import Job


def run(job: Job) -> None:
    """Write `candidates.parquet`."""
    write_candidates(
        variants=job.input("variants"),
        vcfs=[Path(str(path)) for path in job.inputs["vcfs"]],
        intake=job.intake(),
        releases=job.releases(),
        reference=job.input("reference"),
        out=job.output("candidates"),
    )
