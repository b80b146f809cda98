"""Pass the family's files through the gate."""

from varinterp.files import write_text
from varinterp.pipeline.check import check_family
from varinterp.pipeline.job import Job
from varinterp.pipeline.panels import reader
from varinterp.pipeline.run import load_run
from varinterp.sources.hpo import read_ontology


def run(job: Job) -> None:
    """Write `intake.json`; InputError with every fault of the family."""
    opened = load_run(job.config)
    releases = job.releases()
    intake = check_family(
        opened.families[job.family],
        job.input("reference"),
        read_ontology(releases["hpo"].folder),
        opened.pseudonymiser,
        reader(releases),
    )
    write_text(job.output("intake"), intake.to_text())
