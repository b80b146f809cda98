"""Consequence: candidates -> what each does to its transcripts, with HGVS names.

REQUIRED INPUTS  {family}/variants.parquet, {family}/refs.lock.yaml; the family's VCFs, for their `CSQ`
OUTPUTS          {family}/candidates.parquet   one row an allele and transcript
"""


rule consequence:
    input:
        variants=rules.annotate.output.variants,
        vcfs=RUN.vcfs,
        intake=rules.check.output.intake,
        lock=rules.lock.output.lock,
        reference=RUN.settings.reference,
    output:
        candidates=f"{RESULTS}/{{family}}/candidates.parquet",
    log:
        f"{LOGS}/{{family}}/consequence.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
