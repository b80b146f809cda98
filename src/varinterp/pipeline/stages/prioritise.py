"""Put the family's hypotheses in the order in which a person reads them."""

from dataclasses import replace
from datetime import UTC, datetime

from varinterp.documents.case import read_case, write_case
from varinterp.documents.copy_number import carried, read_copy_numbers
from varinterp.model.case import Case
from varinterp.pipeline.classify import number, prioritise
from varinterp.pipeline.job import Job
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry


def run(job: Job) -> None:
    """Write `case.json`, under the number of its analysis.

    What people said of secondary findings since the sheet was written is asked of the registry.
    """
    registry = Registry.open(job.settings.registry)
    copies = carried(read_copy_numbers(job.input("copy_numbers")))
    classified = read_case(job.input("classified"))
    asked = replace(classified, case=_with_consent(classified.case, Dataset(registry)))
    result = prioritise(asked, job.rules(), copies)
    write_case(number(result, registry.documents(result.case.id)), job.output("case"))


def _with_consent(case: Case, dataset: Dataset) -> Case:
    wanted = dataset.wants_secondary_findings(
        case.family.proband_id, datetime.now(UTC).date(), sheet=case.secondary_findings
    )
    return replace(case, secondary_findings=wanted)
