"""Prescriptions and milestones: each a value of which the last version counts."""

from collections.abc import Iterable
from datetime import datetime

from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.model.prescription import Prescription
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.part import Part, Stored, keep, load, stored
from varinterp.registry.dataset_tables import MILESTONE, PRESCRIPTION


class Prescriptions(Part):
    """What the clinic asked for, and the days that its indicators are counted from."""

    def prescribe(
        self, case: str, prescription: Prescription, *, author: str, at: datetime
    ) -> int | None:
        """Record a prescription as it is now known, whole; return the id, None if it is known."""
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            last = [row.text for row in stored(batch.connection, PRESCRIPTION, case)][-1:]
            if last and load(Prescription, last[0]) == prescription:
                return None
            return keep(batch, PRESCRIPTION, key, [({}, prescription)])[0]

    def prescription(self, case: str, as_of: datetime | None = None) -> Prescription | None:
        """Return a case's prescription as last recorded."""
        with self._reading() as connection:
            versions = [row.text for row in stored(connection, PRESCRIPTION, case, as_of)]
        return load(Prescription, versions[-1]) if versions else None

    def prescriptions(self, as_of: datetime | None = None) -> dict[str, Prescription]:
        """Return the prescription of every case that has one and is not erased."""
        with self._reading() as connection:
            rows = stored(connection, PRESCRIPTION, None, as_of)
            return {row.case: load(Prescription, row.text) for row in rows}

    def milestone(
        self, case: str, milestone: Milestone, *, author: str, at: datetime
    ) -> int | None:
        """Record a milestone of a patient; return the id, None if it is known."""
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            if (
                _milestones(stored(batch.connection, MILESTONE, case)).get(milestone.kind)
                == milestone
            ):
                return None
            row = {"kind": milestone.kind.value}
            return keep(batch, MILESTONE, key, [(row, milestone)])[0]

    def milestones(
        self, case: str, as_of: datetime | None = None
    ) -> dict[MilestoneKind, Milestone]:
        """Return a case's milestones as last recorded."""
        with self._reading() as connection:
            return _milestones(stored(connection, MILESTONE, case, as_of))


def _milestones(rows: Iterable[Stored]) -> dict[MilestoneKind, Milestone]:
    found = (load(Milestone, row.text) for row in rows)
    return {each.kind: each for each in found}
