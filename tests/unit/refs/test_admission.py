"""The gate: what is refused, and the sentence that says so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from varinterp.refs.admission import Candidate, judge
from varinterp.refs.catalogue import Admission, Expected, Sentinel

SOUND = Candidate(
    dated=date(2026, 2, 1),
    rows=1000,
    counts={"alleles": 1000},
    set_aside={},
    stated=date(2026, 2, 1),
    before={"alleles": 950},
)
RULES = Admission(
    counts={"alleles": Expected(min=500, max=5000, drift=0.1)},
    set_aside={"not_acgt": 0.01},
    sentinels=(Sentinel(key="22-1-A-T", expect={"stars": 3}, why="panel"),),
)
ANSWERS: dict[str, dict[str, Any]] = {"22-1-A-T": {"stars": 3, "words": ["pathogenic"], "af": 0.2}}


def verdict(candidate: Candidate, rules: Admission = RULES) -> tuple[str, ...]:
    return judge(rules, candidate, ANSWERS.get)


def test_a_sound_release_has_nothing_against_it() -> None:
    assert verdict(SOUND) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stated": date(2026, 1, 25)}, "date: the files are of 2026-01-25"),
        ({"rows": 0}, "rows: none were written"),
        ({"counts": {}}, "count alleles: not given"),
        ({"counts": {"alleles": 499}}, "at least 500"),
        ({"counts": {"alleles": 5001}}, "at most 5,000"),
        ({"before": {"alleles": 2000}}, "2,000 in the release before, 1,000 now"),
        ({"set_aside": {"not_acgt": 11}}, "left out, not_acgt: 11 of 1,011"),
        ({"set_aside": {"ref_mismatch": 1}}, "left out, ref_mismatch: 1 of 1,001"),
    ],
)
def test_a_fault_is_named_with_what_was_found_and_expected(
    change: Mapping[str, Any], said: str
) -> None:
    assert said in " | ".join(verdict(replace(SOUND, **change)))


def test_a_first_release_has_nothing_to_drift_from() -> None:
    assert verdict(replace(SOUND, before=None)) == ()


def test_few_rows_left_out_for_a_known_reason_are_borne() -> None:
    assert verdict(replace(SOUND, set_aside={"not_acgt": 10})) == ()


@pytest.mark.parametrize(
    ("expect", "agrees"),
    [
        ({"stars": 3, "words": ["pathogenic"]}, True),
        ({"words": {"contains": "pathogenic"}}, True),
        ({"words": {"contains": "likely_pathogenic"}}, False),
        ({"af": {"min": 0.1, "max": 0.3}}, True),
        ({"af": {"max": 0.1}}, False),
        ({"stars": 2}, False),
        ({"nothing": 1}, False),
        ({"nothing": {"min": 0}}, False),
        ({}, False),
    ],
)
def test_a_sentinel_agrees_field_by_field(expect: dict[str, Any], agrees: bool) -> None:
    rules = Admission(sentinels=(Sentinel(key="22-1-A-T", expect=expect, why="known"),))

    assert (verdict(SOUND, rules) == ()) is agrees


def test_a_sentinel_may_expect_absence_and_may_begin_later() -> None:
    absent = Sentinel(key="22-2-A-T", expect={}, why="never seen")
    later = Sentinel(key="22-3-A-T", expect={"stars": 1}, why="x", since=date(2027, 1, 1))
    missing = Sentinel(key="22-3-A-T", expect={"stars": 1}, why="x")

    assert verdict(SOUND, Admission(sentinels=(absent, later))) == ()
    assert verdict(SOUND, Admission(sentinels=(missing,))) == ("sentinel 22-3-A-T (x): not found",)
