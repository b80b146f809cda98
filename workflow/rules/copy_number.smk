"""Copy numbers: a family's called CNV or SV VCFs -> assessed losses and gains.

REQUIRED INPUTS  {family}/intake.json, {family}/refs.lock.yaml, the rules, the reference; the
                 family's copy-number VCFs, which it need not have
OUTPUTS          {family}/copy_number.json   every line of the scoring tables; never in the registry
"""


rule copy_number:
    input:
        files=RUN.cnv_vcfs,
        intake=rules.check.output.intake,
        lock=rules.lock.output.lock,
        rules=RUN.settings.rules,
        reference=RUN.settings.reference,
    output:
        copy_numbers=f"{RESULTS}/{{family}}/copy_number.json",
    log:
        f"{LOGS}/{{family}}/copy_number.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
