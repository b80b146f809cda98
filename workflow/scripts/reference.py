"""Fetch or build the release that the rule's wildcards name; the work is in the package.

Snakemake puts the object `snakemake` into this script.
"""

from pathlib import Path

from varinterp.pipeline.references.job import run_reference

job = snakemake  # noqa: F821
run_reference(
    name=job.rule,
    config=job.config,
    source=job.wildcards.source,
    release=job.wildcards.release,
    output=Path(job.output[0]),
    log=Path(job.log[0]),
)
