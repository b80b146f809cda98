"""Run the stage that the rule is named after, for one family; the work is in the package.

Snakemake puts the object `snakemake` into this script.
"""

from pathlib import Path

from varinterp.pipeline.job import run_stage

job = snakemake  # noqa: F821
run_stage(
    name=job.rule,
    config=job.config,
    family=job.wildcards.family,
    inputs=job.input,
    outputs=job.output,
    log=Path(job.log[0]),
)
