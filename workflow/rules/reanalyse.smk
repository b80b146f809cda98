"""Reanalysis: the stored cases, brought to what the lock and the rules name now.

REQUIRED INPUTS  the registry and the cohort store; the lock, the rules, the releases
OUTPUTS          the run's folder under `reanalysis`; new versions of conclusions in the registry

`snakemake reanalyse` runs it, for a scheduler to call. It has no output file: whether there is
something to do is the archive's to say, and with nothing to do a run leaves a dated record. It
never runs beside itself, and no analysis of a family waits for it.
"""


rule reanalyse:
    input:
        lock=RUN.settings.lock,
        rules=RUN.settings.rules,
        gene_specs=RUN.gene_specs,
        reference=RUN.settings.reference,
    log:
        f"{LOGS}/reanalyse.log",
    conda:
        "../envs/varinterp.yaml"
    threads: workflow.cores
    resources:
        mem_mb=2000,
    params:
        version=VERSION,
    script:
        "../scripts/reanalyse.py"
