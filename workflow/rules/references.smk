"""References: upstream files -> releases that the gate admitted, one for each of `updates`.

REQUIRED INPUTS  `updates` in the configuration; the catalogue; the network, for what is fetched
OUTPUTS          references/{source}@{release}.fetched.json   what was fetched, with digests
                 references/{source}@{release}.admitted.json  the release, or why it was refused

`snakemake references` runs it; no analysis of a family waits for it. The lock is moved by a person.
"""


rule reference_fetch:
    output:
        fetched=f"{RESULTS}/references/{{source}}@{{release}}.fetched.json",
    log:
        f"{LOGS}/references/{{source}}@{{release}}.fetch.log",
    retries: 2
    conda:
        "../envs/varinterp.yaml"
    params:
        version=VERSION,
    script:
        "../scripts/reference.py"


rule reference_build:
    input:
        unpack(RUN.needed_updates),
        fetched=rules.reference_fetch.output.fetched,
        catalogue=RUN.settings.catalogue,
        reference=RUN.settings.reference,
    output:
        admitted=f"{RESULTS}/references/{{source}}@{{release}}.admitted.json",
    log:
        f"{LOGS}/references/{{source}}@{{release}}.build.log",
    conda:
        "../envs/varinterp.yaml"
    resources:
        mem_mb=2000,
    params:
        version=VERSION,
    script:
        "../scripts/reference.py"


rule references:
    input:
        [
            f"{RESULTS}/references/{source}@{update.release}.admitted.json"
            for source, update in RUN.settings.updates.items()
        ],
