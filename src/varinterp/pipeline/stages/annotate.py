"""Join population and ClinVar evidence to the family's alleles, and open the gates."""

from varinterp.pipeline.job import Job
from varinterp.pipeline.variants import gate_limits, write_annotated


def run(job: Job) -> None:
    """Write `variants.parquet`."""
    write_annotated(
        alleles=job.input("alleles"),
        family=job.intake().pedigree(),
        releases=job.releases(),
        limits=gate_limits(job.general_rules()),
        out=job.output("variants"),
    )
