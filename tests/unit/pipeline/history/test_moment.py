"""A day stands for its end; an instant says its zone."""

from datetime import UTC, datetime

import pytest

from varinterp.pipeline.history.moment import moment_of


def test_a_day_is_its_end_so_that_what_was_recorded_on_it_counts() -> None:
    found = moment_of("2026-07-04")
    assert found > datetime(2026, 7, 4, 23, 59, 59, tzinfo=UTC)
    assert found < datetime(2026, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-07-04T09:30:00+02:00", "2026-07-04T07:30:00Z"])
def test_an_instant_is_read_in_its_zone(text: str) -> None:
    assert moment_of(text) == datetime(2026, 7, 4, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["4 July 2026", "2026-13-01", "", "2026-07-04T09:30:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no day|no time zone"):
        moment_of(text)
