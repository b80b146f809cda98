"""Give the family its own copy of the lock, after opening every release that it names."""

from varinterp.files import write_text
from varinterp.pipeline.job import Job


def run(job: Job) -> None:
    """Write the family's `refs.lock.yaml`."""
    job.releases()
    write_text(job.output("lock"), job.input("lock").read_text())
