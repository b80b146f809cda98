"""Bring the stored cases to what is known now; the work is in the package.

Snakemake puts the object `snakemake` into this script.
"""

from pathlib import Path

from varinterp.pipeline.reanalysis.job import run_reanalysis

job = snakemake  # noqa: F821
run_reanalysis(config=job.config, log=Path(job.log[0]))
