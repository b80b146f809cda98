"""The rows of phenotype observations, and which of them stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from varinterp.model.observation import Observation, ObservationState, standing_phenotype
from varinterp.model.phenotype import Phenotype
from varinterp.registry.batch import Batch
from varinterp.registry.dataset.part import keep, load, stored
from varinterp.registry.dataset_tables import OBSERVATION
from varinterp.registry.payload import CaseKey


class Origin(StrEnum):
    """Where a statement comes from: what an analysis began with, or the clinic since then."""

    INTAKE = "intake"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class RecordedObservation:
    """A statement, who recorded it and when; `corrects` is the id of the one that was wrong."""

    id: int
    observation: Observation
    origin: Origin
    corrects: int | None
    author: str
    recorded_at: datetime


def read_observations(
    connection: sa.Connection, case: str, as_of: datetime | None = None
) -> tuple[RecordedObservation, ...]:
    """Return every statement on a case in the order of recording, corrected ones too."""
    return tuple(
        RecordedObservation(
            row.id,
            load(Observation, row.text),
            Origin(row.row["origin"]),
            row.row["corrects_id"],
            row.author,
            row.recorded_at,
        )
        for row in stored(connection, OBSERVATION, case, as_of)
    )


def standing(recorded: Iterable[RecordedObservation]) -> tuple[RecordedObservation, ...]:
    """Return the statements that nothing corrects, without the bare withdrawals."""
    every = tuple(recorded)
    corrected = {each.corrects for each in every}
    return tuple(
        each
        for each in every
        if each.id not in corrected and each.observation.state is not ObservationState.WITHDRAWN
    )


def phenotype_of(recorded: Iterable[RecordedObservation]) -> Phenotype:
    """Return what stands of a patient."""
    return standing_phenotype(each.observation for each in standing(recorded))


def write_observations(
    batch: Batch,
    key: CaseKey,
    observations: Iterable[tuple[Observation, int | None]],
    origin: Origin,
) -> tuple[int, ...]:
    """Write statements, each with the id of the one that it corrects."""
    rows = [
        ({"origin": origin.value, "corrects_id": corrects}, observation)
        for observation, corrects in observations
    ]
    return keep(batch, OBSERVATION, key, rows)
