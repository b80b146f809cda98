"""Pass the family's files through the gate."""

from varinterp.files import write_text
from varinterp.pipeline.check import check_family
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.sources.hpo import read_ontology


def run(job: Job) -> None:
    """Write `intake.json`; InputError with every fault of the family."""
    opened = load_run(job.config)
    ontology = read_ontology(job.releases()["hpo"].folder)
    intake = check_family(
        opened.families[job.family], job.input("reference"), ontology, opened.pseudonymiser
    )
    write_text(job.output("intake"), intake.to_text())
