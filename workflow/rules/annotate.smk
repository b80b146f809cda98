"""Annotate: alleles -> a keyed table with population and ClinVar evidence, and the gates.

REQUIRED INPUTS  {family}/alleles.arrow, {family}/intake.json, {family}/refs.lock.yaml, the rules
OUTPUTS          {family}/variants.parquet   one row an allele
"""


rule annotate:
    input:
        alleles=rules.normalise.output.alleles,
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
