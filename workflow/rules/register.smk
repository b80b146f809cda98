"""Register: an analysis -> rows of the registry, appended once.

REQUIRED INPUTS  {family}/case.json
OUTPUTS          {family}/registered.json   the receipt; the rows are in the registry
"""


rule register:
    input:
        case=rules.prioritise.output.case,
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
