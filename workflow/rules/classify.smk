"""Classify: candidates and evidence -> findings and classes, with every fact that was read.

REQUIRED INPUTS  {family}/candidates.parquet, {family}/intake.json, {family}/refs.lock.yaml, rules
OUTPUTS          {family}/classified.json
"""


rule classify:
    input:
        candidates=rules.consequence.output.candidates,
        variants=rules.annotate.output.variants,
        counts=rules.normalise.output.counts,
        intake=rules.check.output.intake,
        lock=rules.lock.output.lock,
        rules=RUN.settings.rules,
        gene_specs=RUN.gene_specs,
        reference=RUN.settings.reference,
    output:
        classified=f"{RESULTS}/{{family}}/classified.json",
    log:
        f"{LOGS}/{{family}}/classify.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1000,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
