"""Indicators: what is counted over what, and nobody who can be told from a small count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.report.indicators.board import indicators
from varinterp.report.indicators.changes import open_events, reclassifications
from varinterp.report.indicators.delays import delay_from_prescription, delay_from_signs
from varinterp.report.indicators.facts import (
    CaseFacts,
    IndicatorInput,
    OpenEvent,
    Reclassification,
)
from varinterp.report.indicators.figures import Figure, Indicator, Label, Unit, hidden
from varinterp.report.indicators.statuses import examined_again, statuses
from varinterp.report.indicators.table import HEADINGS, indicators_tsv
from varinterp.report.indicators.yields import interval, yield_by_indication, yield_by_technique
from worklist_cases import downgrade, promotion

START, END = date(2026, 1, 1), date(2026, 12, 31)
REPORTED = date(2026, 6, 30)
CONFIRMED, UNDETERMINED = DiagnosticLevel.CONFIRMED, DiagnosticLevel.UNDETERMINED


def given_cases(*cases: CaseFacts) -> IndicatorInput:
    return IndicatorInput(START, END, cases)


def many(number: int, **facts: object) -> tuple[CaseFacts, ...]:
    """So many reported cases that differ in nothing but their name."""
    return tuple(
        CaseFacts(f"C-{facts.get('indication')}-{each}", **{"reported": REPORTED, **facts})  # type: ignore[arg-type]
        for each in range(number)
    )


def shown(indicator: Indicator, row: str | None) -> dict[str, float | None]:
    """The numbers of a row, by column; None where masked or without one."""
    (found,) = [each for each in indicator.rows if each.label.code == row]
    numbers = (figure.number for figure in found.figures)
    return dict(zip(indicator.columns, numbers, strict=True))


def masked(indicator: Indicator, row: str | None) -> set[str]:
    (found,) = [each for each in indicator.rows if each.label.code == row]
    pairs = zip(indicator.columns, found.figures, strict=True)
    return {column for column, figure in pairs if figure.masked}


def test_a_delay_is_from_the_prescription_to_the_first_report_of_the_period() -> None:
    days = (10, 20, 30, 40, 50)
    cases = [
        CaseFacts(f"C{n}", "ID", prescribed=REPORTED - timedelta(days=n), reported=REPORTED)
        for n in days
    ]
    late = CaseFacts("late", "ID", prescribed=START, reported=END + timedelta(days=1))
    found = delay_from_prescription(given_cases(*cases, late))
    assert shown(found, "ID") == {
        "counted": 5, "missing": 0, "quarter": 20, "median": 30, "three_quarters": 40,
    }  # fmt: skip


def test_a_delay_without_its_first_date_is_counted_as_not_recorded() -> None:
    known = many(6, indication="ID", first_signs=date(2016, 6, 30))
    unknown = many(5, indication="ID")
    impossible = many(1, indication="ID", first_signs=END)
    found = delay_from_signs(given_cases(*known, *unknown, *impossible))
    assert found.counted == Figure(Unit.COUNT, 6)
    assert found.missing == Figure(Unit.COUNT, 6)
    assert shown(found, "ID")["median"] == 10.0


def test_a_yield_is_confirmed_over_reported_with_a_status() -> None:
    cases = (
        *many(12, indication="ID", status=CONFIRMED),
        *many(28, indication="ID", status=UNDETERMINED),
        *many(7, indication="ID"),
    )
    found = yield_by_indication(given_cases(*cases))
    numbers = shown(found, "ID")
    assert (numbers["counted"], numbers["confirmed"], numbers["share"]) == (40, 12, 0.3)
    assert found.missing.number == 7


def test_the_interval_is_wilson_s() -> None:
    low, high = interval(12, 40)
    assert (round(low, 4), round(high, 4)) == (0.1807, 0.4543)
    assert interval(0, 10)[0] == 0.0
    assert interval(10, 10)[1] == pytest.approx(1.0)
    assert interval(10, 10)[1] <= 1


def test_an_unknown_technique_is_a_row_of_its_own_and_no_default() -> None:
    cases = (
        *many(20, technique="pangenomic", status=CONFIRMED),
        *many(20, technique="pangenomic", status=UNDETERMINED),
        *many(10, technique=None, status=UNDETERMINED),
    )
    found = yield_by_technique(given_cases(*cases))
    assert [row.label for row in found.rows] == [
        Label("technique", "pangenomic"),
        Label("technique", None),
        Label("row", "all"),
    ]
    assert shown(found, "pangenomic")["share"] == 0.5


def test_a_small_group_is_masked_with_the_next_one_so_that_nothing_can_be_subtracted() -> None:
    cases = (
        *many(30, indication="ID", status=CONFIRMED),
        *many(9, indication="Heart", status=CONFIRMED),
        *many(2, indication="Rare", status=CONFIRMED),
    )
    found = yield_by_indication(given_cases(*cases))
    assert masked(found, "Rare") == {"counted", "confirmed", "share", "low", "high"}
    assert masked(found, "Heart") == masked(found, "Rare")
    assert masked(found, "ID") == set()
    assert found.counted.number == 41


def test_few_without_a_diagnosis_are_masked_like_few_with_one() -> None:
    cases = (
        *many(38, indication="ID", status=CONFIRMED),
        *many(2, indication="ID", status=UNDETERMINED),
        *many(10, indication="Heart", status=CONFIRMED),
        *many(10, indication="Heart", status=UNDETERMINED),
    )
    found = yield_by_indication(given_cases(*cases))
    assert {"confirmed", "share"} <= masked(found, "ID")
    # 48 confirmed in all are shown: the other row's would give the masked one away.
    assert {"confirmed", "share"} <= masked(found, "Heart")


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(2, 8))
def test_masked_parts_cannot_be_worked_out_from_the_total(numbers: list[int], minimum: int) -> None:
    masks = hidden(numbers, minimum)
    unseen = [number for number, mask in zip(numbers, masks, strict=True) if mask]
    assert all(mask for number, mask in zip(numbers, masks, strict=True) if 0 < number < minimum)
    if not unseen:
        return
    everything = all(masks[n] or not number for n, number in enumerate(numbers))
    assert everything or (len(unseen) > 1 and sum(unseen) >= minimum)


def test_the_odyssey_and_the_impasse_are_shares_of_the_cases_with_a_status() -> None:
    cases = (
        *many(10, status=DiagnosticLevel.IN_PROGRESS),
        *many(30, status=UNDETERMINED),
        *many(60, status=CONFIRMED),
        *many(11),
    )
    found = statuses(given_cases(*cases))
    assert shown(found, "in_progress")["share"] == 0.1
    assert shown(found, "undetermined")["share"] == 0.3
    assert shown(found, "probable") == {"counted": 0, "share": 0}
    assert (found.counted.number, found.missing.number) == (100, 11)


def test_cases_without_consent_are_in_no_denominator_of_the_reanalysis() -> None:
    cases = (
        *many(20, status=UNDETERMINED, examined=(REPORTED,)),
        *many(20, status=UNDETERMINED, examined=(START - timedelta(days=1),)),
        *many(10, status=UNDETERMINED, reanalysis=False),
    )
    found = examined_again(given_cases(*cases))
    assert shown(found, "undetermined") == {"counted": 40, "examined": 20, "share": 0.5}
    assert found.missing.number == 10


def test_reclassifications_are_counted_by_cause_and_direction_within_the_period() -> None:
    moved = (
        *[Reclassification(REPORTED, "clinvar", "up")] * 9,
        *[Reclassification(REPORTED, "clinvar", "down")] * 6,
        *[Reclassification(REPORTED, None, "up")] * 5,
        *[Reclassification(START - timedelta(days=1), "clinvar", "up")] * 50,
    )
    found = reclassifications(IndicatorInput(START, END, (), moved))
    assert found.columns == ("direction_up", "direction_down")
    assert shown(found, "clinvar") == {"direction_up": 9, "direction_down": 6}
    assert shown(found, None) == {"direction_up": 5, "direction_down": 0}
    assert found.counted.number == 20


def test_an_event_is_a_reclassification_when_its_class_moved() -> None:
    assert Reclassification.of(downgrade(), REPORTED) == Reclassification(
        REPORTED, "gnomad", "down"
    )
    assert Reclassification.of(promotion(), REPORTED) is None


@pytest.mark.parametrize(
    ("days", "age"), [(0, "under_30"), (29, "under_30"), (30, "under_90"), (180, "over_180")]
)
def test_an_open_event_ages_by_the_day(days: int, age: str) -> None:
    waiting = (OpenEvent(END - timedelta(days=days), 1),) * 5
    found = open_events(IndicatorInput(START, END, (), (), waiting))
    assert shown(found, age) == {"first_tier": 5, "other_tiers": 0}


def test_nothing_to_count_is_no_zero_percent() -> None:
    for indicator in indicators(given_cases()):
        assert indicator.empty
        assert all(figure.number in (None, 0) for row in indicator.rows for figure in row.figures)
        shares = [f for row in indicator.rows for f in row.figures if f.unit is Unit.SHARE]
        assert all(share.number is None for share in shares)


def test_few_that_were_counted_hide_how_many_were_not_since_the_head_gives_the_sum() -> None:
    few = many(1, indication="ID", status=CONFIRMED, prescribed=REPORTED)
    for indicator in indicators(given_cases(*few, *many(10, indication="ID"))):
        assert indicator.counted.masked == indicator.missing.masked or 0 in (
            indicator.counted.number,
            indicator.missing.number,
        )
        for row in indicator.rows:
            parts = [
                indicator.figure(row, column)
                for column in ("counted", "missing")
                if column in indicator.columns and row.total
            ]
            assert len({part.masked for part in parts if part.number != 0}) <= 1


def test_the_table_says_masked_and_never_the_number() -> None:
    cases = (*many(30, indication="ID", status=CONFIRMED), *many(3, indication="=Rare"))
    table = indicators_tsv(indicators(given_cases(*cases)))
    lines = [line.split("\t") for line in table.splitlines()]
    assert tuple(lines[0]) == HEADINGS
    assert all(len(line) == len(HEADINGS) for line in lines)
    assert all(line[4] == "" for line in lines if line[5] == "masked")
    assert ["delay_signs", "'=Rare"] in [line[:2] for line in lines]
    assert not any(line[4] in ("1", "2", "3", "4") for line in lines[1:] if line[3] == "count")
