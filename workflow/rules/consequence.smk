"""Consequence: candidates -> what each does to its transcripts, with HGVS names.

REQUIRED INPUTS  {family}/variants.parquet, {family}/normalised.bcf, {family}/refs.lock.yaml
OUTPUTS          {family}/candidates.parquet   one row an allele and transcript
"""


rule consequence:
    input:
        variants=rules.annotate.output.variants,
        bcf=rules.normalise.output.bcf,
        lock=rules.lock.output.lock,
        reference=RUN.settings.reference,
    output:
        candidates=f"{RESULTS}/{{family}}/candidates.parquet",
    log:
        f"{LOGS}/{{family}}/consequence.log",
    resources:
        mem_mb=1500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
