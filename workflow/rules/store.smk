"""Store: the family's rare or known alleles -> the cohort store, for reanalysis.

REQUIRED INPUTS  {family}/variants.parquet, {family}/candidates.parquet, {family}/intake.json,
                 {family}/refs.lock.yaml, {family}/registered.json (the analysis' number), the rules;
                 the family's VCFs, for their `CSQ`
OUTPUTS          {family}/stored.json   the receipt; the alleles are in the folder of the cohort
"""


rule store:
    input:
        variants=rules.annotate.output.variants,
        candidates=rules.consequence.output.candidates,
        intake=rules.check.output.intake,
        lock=rules.lock.output.lock,
        registered=rules.register.output.receipt,
        rules=RUN.settings.rules,
        vcfs=RUN.vcfs,
    output:
        receipt=f"{RESULTS}/{{family}}/stored.json",
    log:
        f"{LOGS}/{{family}}/store.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=3000,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
