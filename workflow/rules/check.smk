"""Check: the laboratory's files -> a family that may be analysed, under its pseudonym.

REQUIRED INPUTS  the sample sheet and what it names; the reference; refs.lock.yaml
OUTPUTS          {family}/refs.lock.yaml   the releases that this family is analysed with
                 {family}/intake.json      pedigree, phenotype, samples, verdict and warnings
"""


rule lock:
    input:
        # A newer lock of the laboratory's never moves a family by itself.
        lock=ancient(RUN.settings.lock),
    output:
        lock=f"{RESULTS}/{{family}}/refs.lock.yaml",
    log:
        f"{LOGS}/{{family}}/lock.log",
    conda:
        "../envs/varinterp.yaml"
    script:
        "../scripts/stage.py"


rule check:
    input:
        unpack(RUN.intake_files),
        # Only this family's rows matter: they are in the fingerprint.
        sheet=ancient(RUN.settings.samples),
        reference=RUN.settings.reference,
        lock=rules.lock.output.lock,
    output:
        intake=f"{RESULTS}/{{family}}/intake.json",
    log:
        f"{LOGS}/{{family}}/check.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=1000,
    params:
        version=VERSION,
        family=RUN.fingerprint,
    script:
        "../scripts/stage.py"
