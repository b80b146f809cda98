"""Annotate: alleles -> a keyed table with population and ClinVar evidence, and the gates.

REQUIRED INPUTS  {family}/normalised.bcf, {family}/intake.json, {family}/refs.lock.yaml, the rules
OUTPUTS          {family}/variants.parquet   one row an allele
"""


rule annotate:
    input:
        bcf=rules.normalise.output.bcf,
        intake=rules.check.output.intake,
        lock=rules.lock.output.lock,
        rules=RUN.settings.rules,
    output:
        variants=f"{RESULTS}/{{family}}/variants.parquet",
    log:
        f"{LOGS}/{{family}}/annotate.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
