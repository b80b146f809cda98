"""What an analysis brings into the dataset: people, the sheet's consents, terms, sequencing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.model.case import Case
from varinterp.model.consent import SHEET, ConsentDecision, ConsentScope
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.phenotype import Phenotype
from varinterp.model.sequencing import Sequencing
from varinterp.registry.batch import Batch
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.consent_rows import record_consents, recorded_consents
from varinterp.registry.dataset.observation_rows import (
    Origin,
    RecordedObservation,
    read_observations,
    standing,
    write_observations,
)
from varinterp.registry.dataset.part import Part, keep, load, stored
from varinterp.registry.dataset.people import index_members, members
from varinterp.registry.dataset_tables import CONSENT, SEQUENCING
from varinterp.registry.payload import CaseKey


class Intake(Part):
    """The beginning of a case in the dataset."""

    def intake(
        self,
        case: Case,
        *,
        author: str,
        at: datetime,
        consents: Iterable[ConsentDecision] = (),
        sequencing: Iterable[Sequencing] = (),
    ) -> int:
        """Record what an analysis began with, once it is registered; return the rows written.

        `consents` are what the sample sheet says of each person: heard where the person was silent
        on that scope, and never against what was recorded. A term that the sheet no longer has is
        withdrawn; what the clinic recorded stays. The same again writes nothing.
        """
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case.id)
            index_members(batch, key, case)
            told = [*consents, *_secondary_findings(case, at.date())]
            written = record_consents(batch, _new_answers(batch.connection, told))
            written += _write_phenotype(batch, key, case, at.date())
            written += write_sequencing(batch, key, case.id, tuple(sequencing))
        return len(written)

    def sequencing(self, case: str, as_of: datetime | None = None) -> tuple[Sequencing, ...]:
        """Return how each person was sequenced for each analysis, as last recorded."""
        with self._reading() as connection:
            return _sequencing(connection, case, as_of)

    def sequenced(
        self, case: str, sequencing: Sequence[Sequencing], *, author: str, at: datetime
    ) -> tuple[int, ...]:
        """Record technique, coverage and inputs of people's samples; the same writes nothing."""
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            return write_sequencing(batch, key, case, sequencing)

    def _begin(self, case: str, author: str, at: datetime) -> None:
        """Take in a case that was registered without: its people and terms are needed from now."""
        with self._reading() as connection:
            if members(connection, live_key(connection, case).case_id):
                return
        self.intake(self.registry.case(case), author=author, at=at)


def write_sequencing(
    batch: Batch, key: CaseKey, case: str, sequencing: Sequence[Sequencing]
) -> tuple[int, ...]:
    """Write what is not yet the last word on a person and an analysis."""
    known = set(_sequencing(batch.connection, case, None)) if sequencing else set()
    return keep(batch, SEQUENCING, key, [({}, each) for each in sequencing if each not in known])


def _sequencing(
    connection: sa.Connection, case: str, as_of: datetime | None
) -> tuple[Sequencing, ...]:
    last: dict[tuple[int, str], Sequencing] = {}
    for row in stored(connection, SEQUENCING, case, as_of):
        each = load(Sequencing, row.text)
        last[each.analysis, each.person] = each
    return tuple(last[place] for place in sorted(last))


def _secondary_findings(case: Case, on: date) -> list[ConsentDecision]:
    """The sheet's yes; an empty cell says nothing."""
    if not case.secondary_findings:
        return []
    return [
        ConsentDecision(ConsentScope.SECONDARY_FINDINGS, True, on, case.family.proband_id, SHEET)
    ]


def _new_answers(
    connection: sa.Connection, decisions: Iterable[ConsentDecision]
) -> list[ConsentDecision]:
    """Keep the answers of people who were silent: a sheet is copied, and never undoes a word."""
    return [
        each
        for each in dict.fromkeys(decisions)
        if not recorded_consents(
            connection, None, CONSENT.c.person == each.person, CONSENT.c.scope == each.scope.value
        )
    ]


def _write_phenotype(batch: Batch, key: CaseKey, case: Case, on: date) -> tuple[int, ...]:
    mine = [
        each
        for each in standing(read_observations(batch.connection, case.id))
        if each.origin is Origin.INTAKE
    ]
    wanted = _statements(case.phenotype)
    known = {(each.observation.term, each.observation.state) for each in mine}
    new: list[tuple[Observation, int | None]] = [
        (Observation(term, state, on), None) for term, state in wanted if (term, state) not in known
    ]
    return write_observations(batch, key, [*new, *_withdrawn(mine, set(wanted))], Origin.INTAKE)


def _statements(phenotype: Phenotype) -> list[tuple[str, ObservationState]]:
    return [
        *((term, ObservationState.OBSERVED) for term in phenotype.observed),
        *((term, ObservationState.EXCLUDED) for term in phenotype.excluded),
    ]


def _withdrawn(
    mine: Iterable[RecordedObservation], wanted: set[tuple[str, ObservationState]]
) -> list[tuple[Observation, int | None]]:
    return [
        (
            Observation(
                each.observation.term, ObservationState.WITHDRAWN, each.observation.observed_on
            ),
            each.id,
        )
        for each in mine
        if (each.observation.term, each.observation.state) not in wanted
    ]
