"""varinterp: from families' VCFs to reports and a registry of what was concluded.

Every file on the way can be opened by hand; docs/explanation/data-flow.md says what is in it.
"""

from snakemake.utils import min_version

min_version("9.0")


# A configuration given with --configfile stands alone: nothing of this one is mixed into it.
if "samples" not in config:

    configfile: "config/config.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/check.smk"
include: "workflow/rules/normalise.smk"
include: "workflow/rules/annotate.smk"
include: "workflow/rules/consequence.smk"
include: "workflow/rules/classify.smk"
include: "workflow/rules/copy_number.smk"
include: "workflow/rules/prioritise.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/register.smk"
include: "workflow/rules/store.smk"
include: "workflow/rules/references.smk"
include: "workflow/rules/reanalyse.smk"


# The registry is one SQLite file, and the network is often the head node's alone: these run there.
localrules:
    all,
    lock,
    prioritise,
    reanalyse,
    register,
    reference_fetch,
    references,


rule all:
    default_target: True
    input:
        collect(rules.report.output, family=FAMILIES),
        collect(rules.register.output, family=FAMILIES),
        collect(rules.store.output, family=FAMILIES),
