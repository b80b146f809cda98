"""The dataset of people's words and acts, beside what the program concluded."""

from dataclasses import dataclass

import sqlalchemy as sa

from varinterp.registry.dataset.consents import Consents
from varinterp.registry.dataset.diagnoses import Diagnoses
from varinterp.registry.dataset.findings import Findings
from varinterp.registry.dataset.notifications import Notifications
from varinterp.registry.dataset.observations import Observations
from varinterp.registry.dataset.prescriptions import Prescriptions
from varinterp.registry.dataset.recontacts import Recontacts
from varinterp.registry.dataset.reviews import Reviews
from varinterp.registry.tables import CASE, CASE_KEY


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """A case by its pseudonyms; `erased` when its key is gone."""

    case: str
    family: str
    proband: str
    erased: bool


class Dataset(
    Consents,
    Observations,
    Prescriptions,
    Findings,
    Reviews,
    Diagnoses,
    Recontacts,
    Notifications,
):
    """Everything that is recorded of a case beside its analyses; `Dataset(registry)`.

    Every writer is one transaction and one batch of the chain, takes who says it (`author`, or
    `reader`) and when it is recorded (`at`), and writes nothing when it is said again. Every reader
    takes `as_of`, the moment of recording up to which it looks.
    """

    def cases(self, name: str | None = None) -> tuple[RegisteredCase, ...]:
        """Return the registered cases, or those that a family's or a case's pseudonym names."""
        query = sa.select(CASE, CASE_KEY.c.case_id).outerjoin(
            CASE_KEY, CASE_KEY.c.case_id == CASE.c.id
        )
        if name is not None:
            query = query.where(sa.or_(CASE.c.pseudonym == name, CASE.c.family == name))
        with self._reading() as connection:
            return tuple(
                RegisteredCase(row.pseudonym, row.family, row.proband, row.case_id is None)
                for row in connection.execute(query.order_by(CASE.c.id))
            )
