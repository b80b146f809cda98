"""Which of many dated statements on a patient hold."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.observation import Observation, ObservationState, standing_phenotype

SEIZURES, MYOPATHY = "HP:0001250", "HP:0003198"
YES, NO = ObservationState.OBSERVED, ObservationState.EXCLUDED


def test_a_child_develops_what_it_did_not_have() -> None:
    found = standing_phenotype(
        [
            Observation(SEIZURES, NO, date(2024, 1, 1)),
            Observation(MYOPATHY, YES, date(2024, 1, 1)),
            Observation(SEIZURES, YES, date(2026, 1, 1)),
        ]
    )

    assert found.observed == (SEIZURES, MYOPATHY)
    assert found.excluded == ()


def test_an_older_statement_recorded_late_does_not_win() -> None:
    found = standing_phenotype(
        [Observation(SEIZURES, YES, date(2026, 1, 1)), Observation(SEIZURES, NO, date(2024, 1, 1))]
    )

    assert found.observed == (SEIZURES,)


def test_a_term_that_was_withdrawn_is_neither_observed_nor_excluded() -> None:
    found = standing_phenotype(
        [Observation(SEIZURES, ObservationState.WITHDRAWN, date(2026, 1, 1))]
    )

    assert (found.observed, found.excluded) == ((), ())


@given(
    st.lists(
        st.builds(
            Observation,
            st.sampled_from([SEIZURES, MYOPATHY]),
            st.sampled_from([YES, NO]),
            st.dates(date(2026, 1, 1), date(2026, 1, 5)),
        )
    )
)
def test_a_term_is_never_both(observations: list[Observation]) -> None:
    found = standing_phenotype(observations)

    assert not set(found.observed) & set(found.excluded)
    assert {each.term for each in observations} == {*found.observed, *found.excluded}
