"""Put the family's hypotheses in the order in which a person reads them."""

from varinterp.documents.case import read_case, write_case
from varinterp.documents.copy_number import carried, read_copy_numbers
from varinterp.pipeline.classify import number, prioritise
from varinterp.pipeline.job import Job
from varinterp.registry.store import Registry


def run(job: Job) -> None:
    """Write `case.json`, under the number of its analysis."""
    copies = carried(read_copy_numbers(job.input("copy_numbers")))
    result = prioritise(read_case(job.input("classified")), job.rules(), copies)
    registered = Registry.open(job.settings.registry).documents(result.case.id)
    write_case(number(result, registered), job.output("case"))
