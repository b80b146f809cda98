"""Diagnostic status: proposed by one person, in force when another signs the same."""

from datetime import date, datetime

from varinterp.errors import InputError
from varinterp.model.assessment import PATHOGENIC
from varinterp.model.diagnosis import Diagnosis
from varinterp.model.signatures import Signatures, folded, same_person
from varinterp.reanalysis.diagnosing import status_on, with_status
from varinterp.registry.batch import Batch
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.diagnosis_rows import (
    Proposal,
    Proposed,
    RecordedDiagnosis,
    Statement,
    read_diagnoses,
    read_proposals,
)
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset.finding_rows import read_findings
from varinterp.registry.dataset.part import Part, keep
from varinterp.registry.dataset.signing import person_signs
from varinterp.registry.dataset_tables import DIAGNOSIS, DIAGNOSIS_PROPOSAL
from varinterp.registry.outbox_acts import diagnosis_signed

_ANYBODY = Signatures("first", "second")


class Diagnoses(Part):
    """Where each patient stands, by what people signed. Nothing here is concluded by a program."""

    def diagnose(self, case: str, diagnosis: Diagnosis, *, author: str, at: datetime) -> int | None:
        """Record a status that is in force: signed, unless it is *in progress*.

        Returns the id, None when it is the case's last status already. Raises InputError for an
        undiagnosed case with a signed (likely) pathogenic finding, an unsigned status after a
        signed one, or a signature of the program's.
        """
        with self._writing(author, at) as batch:
            return _record(batch, case, diagnosis, None)

    def propose_diagnosis(
        self, case: str, statement: Statement, *, reader: str, at: datetime
    ) -> RecordedDiagnosis | Proposal:
        """Sign a status as one of two: the first person proposes, another's same words enact it.

        Returns the proposal, or the status once it is in force. Raises InputError as `diagnose`
        does, and for a statement that RD-CODE does not allow.
        """
        person_signs(reader)
        _check(statement)
        with self._writing(reader, at) as batch:
            same = [
                each
                for each in read_proposals(batch.connection, case)
                if not each.closed and each.statement == statement
            ]
            other = next((each for each in same if not same_person(each.reader, reader)), None)
            if other is not None:
                signatures = Signatures(other.reader, reader.strip())
                _record(batch, case, statement.signed(signatures), other.id)
            elif not same:
                _propose(batch, case, reader.strip(), statement)
        if other is not None:
            return self.diagnoses(case)[-1]
        waiting = self.proposed_diagnoses(case)
        return next(each for each in waiting if each.statement == statement)

    def diagnosis(self, case: str, on: date, as_of: datetime | None = None) -> Diagnosis | None:
        """Return the status that holds on a day; None where nobody has said anything."""
        history = [each.diagnosis for each in self.diagnoses(case, as_of)]
        return status_on(history, on)

    def diagnoses(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[RecordedDiagnosis, ...]:
        """Return every status of a case, or of all that are not erased, as it was recorded."""
        with self._reading() as connection:
            return read_diagnoses(connection, case, as_of)

    def proposed_diagnoses(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[Proposal, ...]:
        """Return the statuses that wait for a second signature."""
        with self._reading() as connection:
            every = read_proposals(connection, case, as_of)
        return tuple(each for each in every if not each.closed)


def _check(statement: Statement) -> None:
    try:
        statement.signed(_ANYBODY)
    except ValueError as error:
        raise InputError([fault("dataset.statement", "another status", str(error))]) from None


def _propose(batch: Batch, case: str, reader: str, statement: Statement) -> None:
    key = live_key(batch.connection, case)
    row = {"signatory": folded(reader), "level": statement.level.value}
    keep(batch, DIAGNOSIS_PROPOSAL, key, [(row, Proposed(reader, statement))])


def _record(batch: Batch, case: str, diagnosis: Diagnosis, proposal: int | None) -> int | None:
    key = live_key(batch.connection, case)
    history = [each.diagnosis for each in read_diagnoses(batch.connection, case)]
    if history and history[-1] == diagnosis:
        return None
    with_status(history, diagnosis)
    names = diagnosis.signatures
    if names is not None:
        person_signs(names.first, names.second)
    if diagnosis.undiagnosed:
        _refuse_solved(batch, case)
    row = {
        "level": diagnosis.level.value,
        "undiagnosed": diagnosis.undiagnosed,
        "signatory1": names and folded(names.first),
        "signatory2": names and folded(names.second),
        "investigated_on": diagnosis.investigated_on,
        "valid_from": diagnosis.valid_from,
        "proposal_id": proposal,
    }
    recorded = keep(batch, DIAGNOSIS, key, [(row, diagnosis)])[0]
    if names is not None:
        diagnosis_signed(batch, key, diagnosis)
    return recorded


def _refuse_solved(batch: Batch, case: str) -> None:
    """A case that a signed finding explains is not undiagnosed."""
    if any(
        each.stands and each.value in PATHOGENIC for each in read_findings(batch.connection, case)
    ):
        raise InputError(
            [
                fault(
                    "dataset.undiagnosed_finding",
                    "a signed finding that is (likely) pathogenic",
                    "no such finding in an undiagnosed case",
                )
            ]
        )
