"""Phenotype observations of the clinic: dated, never changed, corrected by later rows."""

from collections.abc import Sequence
from datetime import datetime

from varinterp.errors import InputError
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.phenotype import Phenotype
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset.intake import Intake
from varinterp.registry.dataset.observation_rows import (
    Origin,
    RecordedObservation,
    phenotype_of,
    read_observations,
    standing,
    write_observations,
)


class Observations(Intake):
    """What is seen of a patient. The caller checks terms against its release of HPO."""

    def observe(
        self, case: str, observations: Sequence[Observation], *, author: str, at: datetime
    ) -> tuple[int, ...]:
        """Record statements; return the ids, without those that stand already.

        Raises InputError for an unknown or erased case, or a withdrawal, which corrects a
        statement and cannot stand alone.
        """
        if any(each.state is ObservationState.WITHDRAWN for each in observations):
            raise InputError(
                [fault("dataset.observation", "a withdrawal alone", "the number of a statement")]
            )
        self._begin(case, author, at)
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            held = {
                each.observation for each in standing(read_observations(batch.connection, case))
            }
            new = [each for each in dict.fromkeys(observations) if each not in held]
            return write_observations(batch, key, [(each, None) for each in new], Origin.CLINIC)

    def correct(
        self, case: str, wrong: int, observation: Observation, *, author: str, at: datetime
    ) -> int | None:
        """Record that a statement was wrong, and what is right; return the id, None if it is known.

        A WITHDRAWN observation says that nothing takes its place. Raises InputError when the case
        has no such statement, or it was corrected otherwise.
        """
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            every = read_observations(batch.connection, case)
            if wrong not in {each.id for each in every}:
                raise InputError(
                    [fault("dataset.observation", "no such statement", "one of the case's")]
                )
            for each in every:
                if each.corrects == wrong:
                    if each.observation == observation:
                        return None
                    found = f"a statement that number {each.id} corrects"
                    raise InputError([fault("dataset.corrected", found, "one that stands")])
            return write_observations(batch, key, [(observation, wrong)], Origin.CLINIC)[0]

    def observations(
        self, case: str, as_of: datetime | None = None, *, corrected: bool = False
    ) -> tuple[RecordedObservation, ...]:
        """Return the statements that stand, or with `corrected` all, in the order of recording."""
        with self._reading() as connection:
            every = read_observations(connection, case, as_of)
        return every if corrected else standing(every)

    def phenotype(self, case: str, as_of: datetime | None = None) -> Phenotype | None:
        """Return what stands of the patient; None when nothing was ever recorded.

        Raises InputError for an unknown or erased case.
        """
        with self._reading() as connection:
            every = read_observations(connection, case, as_of)
        return phenotype_of(every) if every else None
