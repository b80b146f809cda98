"""Register: an analysis -> rows of the registry, appended once.

REQUIRED INPUTS  {family}/case.json, {family}/intake.json, the rules that it was concluded under
OUTPUTS          {family}/registered.json   the receipt; the rows are in the registry
"""


rule register:
    input:
        case=rules.prioritise.output.case,
        intake=rules.check.output.intake,
        rules=RUN.settings.rules,
        gene_specs=RUN.gene_specs,
    output:
        receipt=f"{RESULTS}/{{family}}/registered.json",
    log:
        f"{LOGS}/{{family}}/register.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
