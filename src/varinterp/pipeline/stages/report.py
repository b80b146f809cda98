"""Write the family's report in every language of the run, and in the words of GA4GH."""

from pathlib import Path

from varinterp.documents.case import read_case
from varinterp.documents.copy_number import read_copy_numbers
from varinterp.files import write_text
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.registry.exports.case_packet import case_packet
from varinterp.report.write import write_report


def run(job: Job) -> None:
    """Write one page a language, under the laboratory's own name, and `case.phenopacket.json`.

    The Phenopacket, for other programs, has pseudonyms alone.
    """
    opened = load_run(job.config)
    result = read_case(job.input("case"))
    copies = read_copy_numbers(job.input("copy_numbers"))
    label = opened.families[job.family].name
    for path, language in zip(job.outputs["pages"], opened.settings.languages, strict=True):
        write_report(result, Path(str(path)), language, label, copies)
    write_text(job.output("packet"), case_packet(result))
