"""Whatever is recorded later, a moment of the past is answered as it was answered then."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from act_builders import ATAXIA, CASE, CHILD, DAY, FATHER, SEIZURES, family_result, later
from registry_builders import register, url
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.prescription import Prescription
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
Step = Callable[[Dataset, datetime], object]


def consent(scope: ConsentScope, granted: bool, on: date, person: str) -> Step:
    said = [ConsentDecision(scope, granted, on, person)]
    return lambda dataset, at: dataset.consent(CASE, said, author="Roy", at=at)


def observe(term: str, state: ObservationState, on: date) -> Step:
    seen = [Observation(term, state, on)]
    return lambda dataset, at: dataset.observe(CASE, seen, author="Roy", at=at)


def correct(place: int, on: date) -> Step:
    """Withdraw one of the statements that stand, where there are any."""

    def do(dataset: Dataset, at: datetime) -> object:
        standing = dataset.observations(CASE)
        if not standing:
            return None
        wrong = standing[place % len(standing)]
        gone = Observation(wrong.observation.term, ObservationState.WITHDRAWN, on)
        return dataset.correct(CASE, wrong.id, gone, author="Roy", at=at)

    return do


def prescribe(number: int) -> Step:
    asked = Prescription(id=f"SPICE-{number}")
    return lambda dataset, at: dataset.prescribe(CASE, asked, author="Roy", at=at)


SEEN = st.sampled_from([ObservationState.OBSERVED, ObservationState.EXCLUDED])
STEPS = st.one_of(
    st.builds(
        consent,
        st.sampled_from(ConsentScope),
        st.booleans(),
        DAYS,
        st.sampled_from([CHILD, FATHER]),
    ),
    st.builds(observe, st.sampled_from([SEIZURES, ATAXIA]), SEEN, DAYS),
    st.builds(correct, st.integers(0, 5), DAYS),
    st.builds(prescribe, st.integers(1, 3)),
)


def picture(dataset: Dataset, as_of: datetime | None = None) -> tuple[object, ...]:
    """Everything that the dataset answers on the case."""
    return (
        dataset.phenotype(CASE, as_of),
        dataset.observations(CASE, as_of, corrected=True),
        dataset.prescription(CASE, as_of),
        dataset.consents(CASE, as_of),
        tuple(dataset.allows(CASE, scope, DAY, as_of) for scope in ConsentScope),
        dataset.permissions(ConsentScope.REANALYSIS, DAY, as_of),
    )


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_the_past_does_not_move(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    folder: Path = tmp_path_factory.mktemp("past")
    registry = Registry.open(url(folder / "registry.sqlite"))
    register(registry, family_result())
    dataset = Dataset(registry)
    dataset.intake(family_result().case, author="workflow", at=later(0.5))
    told = [(later(0.5), picture(dataset))]

    for number, step in enumerate(steps, start=1):
        step(dataset, later(number))
        told.append((later(number), picture(dataset)))

    for moment, then in told:
        assert picture(dataset, moment) == then
    links = registry.verify().links
    for number, step in enumerate(steps[-1:], start=len(steps) + 1):
        if step.__qualname__.startswith(("consent", "observe", "prescribe")):
            step(dataset, later(number))
    assert registry.verify().links == links
    assert registry.verify().broken is None
