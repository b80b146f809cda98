"""Prioritise: classified hypotheses -> the order in which a person reads them.

REQUIRED INPUTS  {family}/classified.json, {family}/copy_number.json, the rules; the registry, for
                 the analysis' number and the proband's word on secondary findings
OUTPUTS          {family}/case.json   the whole analysis; never changed afterwards
"""


rule prioritise:
    input:
        classified=rules.classify.output.classified,
        copy_numbers=rules.copy_number.output.copy_numbers,
        rules=RUN.settings.rules,
        gene_specs=RUN.gene_specs,
    output:
        case=f"{RESULTS}/{{family}}/case.json",
    log:
        f"{LOGS}/{{family}}/prioritise.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1000,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
