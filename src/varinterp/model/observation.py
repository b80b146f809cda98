"""Phenotype observations: what was seen of a patient, on which day, and what corrects it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from varinterp.model.phenotype import Phenotype


class ObservationState(StrEnum):
    """A term was seen, was looked for and not seen, or should never have been recorded."""

    OBSERVED = "observed"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Observation:
    """A statement on one HPO term on a day; `onset` is an HPO onset term or an ISO 8601 age.

    Only a correction may be WITHDRAWN: it says that the statement it points at was wrong.
    """

    term: str
    state: ObservationState
    observed_on: date
    onset: str | None = None


def standing_phenotype(observations: Iterable[Observation]) -> Phenotype:
    """Return what holds: of each term the statement of the latest day, then recorded last.

    `observations` are in the order of recording, those that were corrected left out.
    """
    last: dict[str, Observation] = {}
    for each in observations:
        if each.state is ObservationState.WITHDRAWN:
            continue  # it says that another statement was wrong, and nothing of the patient
        known = last.get(each.term)
        if known is None or known.observed_on <= each.observed_on:
            last[each.term] = each
    by_state = {
        state: [term for term, each in last.items() if each.state is state]
        for state in (ObservationState.OBSERVED, ObservationState.EXCLUDED)
    }
    return Phenotype.of(by_state[ObservationState.OBSERVED], by_state[ObservationState.EXCLUDED])
