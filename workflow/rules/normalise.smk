"""Normalise: the family's VCFs -> one table, split, left-aligned, REF-checked, of pseudonyms.

REQUIRED INPUTS  {family}/intake.json, the family's VCFs, the reference
OUTPUTS          {family}/alleles.arrow           every allele that a member carries
                 {family}/normalised.counts.json  records in, out, and set aside by reason
"""


rule normalise:
    input:
        vcfs=RUN.vcfs,
        intake=rules.check.output.intake,
        reference=RUN.settings.reference,
    output:
        alleles=f"{RESULTS}/{{family}}/alleles.arrow",
        counts=f"{RESULTS}/{{family}}/normalised.counts.json",
    log:
        f"{LOGS}/{{family}}/normalise.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
