"""Run the stage that the rule is named after, for one family; the work is in the package."""

from pathlib import Path

from snakemake.script import snakemake
from varinterp.pipeline.stages import run_stage

run_stage(
    name=snakemake.rule,
    config=snakemake.config,
    family=snakemake.wildcards.family,
    inputs=snakemake.input,
    outputs=snakemake.output,
    log=Path(snakemake.log[0]),
)
