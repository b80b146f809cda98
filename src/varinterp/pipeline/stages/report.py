"""Write the family's report in every language of the run."""

from pathlib import Path

from varinterp.documents.case import read_case
from varinterp.documents.copy_number import read_copy_numbers
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.report.write import write_report


def run(job: Job) -> None:
    """Write one page a language, under the laboratory's own name for the family."""
    opened = load_run(job.config)
    result = read_case(job.input("case"))
    copies = read_copy_numbers(job.input("copy_numbers"))
    label = opened.families[job.family].name
    for path, language in zip(job.outputs, opened.settings.languages, strict=True):
        write_report(result, Path(str(path)), language, label, copies)
