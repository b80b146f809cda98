"""Append the family's analysis to the registry, with what the sheet says of its members."""

import json
from datetime import UTC, datetime

from varinterp.documents.case import read_case
from varinterp.files import sha256_of, write_text
from varinterp.pipeline.dataset_intake import record_intake
from varinterp.pipeline.job import Job
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry


def run(job: Job) -> None:
    """Write the receipt, which holds no time of day: the registry does."""
    path = job.input("case")
    digest = sha256_of(path)
    registry = Registry.open(job.settings.registry)
    result, now = read_case(path), datetime.now(UTC)
    receipt = registry.register(result, digest, now, rules=job.rules().values)
    record_intake(Dataset(registry), result.case, job.intake(), now)
    document = {"case": receipt.case, "analysis": receipt.analysis, "sha256": digest}
    write_text(job.output("receipt"), json.dumps(document, indent=2) + "\n")
