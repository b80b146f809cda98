"""Report: an analysis -> one offline page a language.

REQUIRED INPUTS  {family}/case.json, {family}/copy_number.json, the sample sheet (for the
                 laboratory's own family name)
OUTPUTS          {family}/report.{language}.html
                 {family}/case.phenopacket.json   the same in the words of GA4GH, for other programs
"""


rule report:
    input:
        case=rules.prioritise.output.case,
        copy_numbers=rules.copy_number.output.copy_numbers,
        sheet=ancient(RUN.settings.samples),
    output:
        pages=expand(
            f"{RESULTS}/{{{{family}}}}/report.{{language}}.html", language=LANGUAGES
        ),
        packet=f"{RESULTS}/{{family}}/case.phenopacket.json",
    log:
        f"{LOGS}/{{family}}/report.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=500,
    params:
        version=VERSION,
    script:
        "../scripts/stage.py"
