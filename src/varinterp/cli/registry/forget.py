"""Honouring withdrawals: the registry's keys first, then the cohort store's alleles."""

from datetime import datetime

from varinterp.cli.registry.desk import Desk
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore
from varinterp.registry.dataset.consents import Forgetting


def forget(desk: Desk, author: str, at: datetime) -> Forgetting:
    """Erase what withdrawals make us forget; after a crash, doing it again completes it."""
    found = desk.dataset.forget(at.date(), author=author, at=at)
    cohort = CohortStore.open(desk.settings.cohort)
    if found.cases:
        cohort.forget(found.cases)
        # what an erased case read says what it carried; the next reanalysis fills the index anew
        ReadsIndex.open(desk.settings.cohort / "reads").reset()
    for case, person in found.people:
        cohort.forget_person(case, person)
    return found
