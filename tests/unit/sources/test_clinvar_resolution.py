"""Resolving submissions: the cases that other programs get wrong, and independence of order."""

import random
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.model.clinvar import Significance as S
from varinterp.sources import clinvar_resolution
from varinterp.sources.clinvar_resolution import Resolved, resolve_submissions
from varinterp.sources.clinvar_submissions import SUBMISSIONS

GUIDELINE, PANEL, CRITERIA, NONE = 4, 3, 1, 0
P, LP, VUS, LB, B = (
    S.PATHOGENIC, S.LIKELY_PATHOGENIC, S.UNCERTAIN, S.LIKELY_BENIGN, S.BENIGN,
)  # fmt: skip
Case = tuple[str, S, int]


def submission(number: int, **cells: Any) -> dict[str, Any]:
    default = {
        "variation": 1, "scv": number, "version": 1, "submitter": f"laboratory {number}",
        "term": P.value, "stars": CRITERIA, "flagged": False, "contributes": True,
        "date": date(2020, 1, 1), "condition": "C0000001:a disease",
    }  # fmt: skip
    return default | cells


def resolved(rows: list[dict[str, Any]], own: tuple[str, ...] = ()) -> Resolved:
    return resolve_submissions(pl.DataFrame(rows, schema=dict(SUBMISSIONS), orient="row"), own)


def verdict(rows: list[dict[str, Any]], own: tuple[str, ...] = ()) -> tuple[str, int] | None:
    found = resolved(rows, own).variations
    if found.is_empty():
        return None
    (row,) = found.select("resolved", "resolved_stars").iter_rows()
    return row


def of(*cases: Case) -> list[dict[str, Any]]:
    return [
        submission(number, submitter=who, term=word.value, stars=tier)
        for number, (who, word, tier) in enumerate(cases, start=1)
    ]


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([("a", P, CRITERIA)], (P, 1)),
        ([("a", P, CRITERIA), ("b", P, CRITERIA)], (P, 2)),
        ([("a", P, CRITERIA), ("a", P, CRITERIA)], (P, 1)),
        ([("a", P, CRITERIA), ("b", LP, CRITERIA)], (LP, 2)),
        ([("a", P, CRITERIA), ("b", P, CRITERIA), ("c", LP, CRITERIA)], (P, 2)),
        ([("a", P, NONE)] * 5 + [("b", B, CRITERIA)], (B, 1)),
        ([("a", P, NONE), ("b", P, NONE)], (P, 0)),
        ([("panel", LP, PANEL), ("guideline", P, GUIDELINE)], (P, 4)),
        ([("guideline", P, GUIDELINE), ("panel", LP, PANEL)], (P, 4)),
        ([("panel", VUS, PANEL), ("a", P, CRITERIA), ("b", P, CRITERIA)], (VUS, 3)),
        ([("a", P, CRITERIA), ("b", VUS, CRITERIA)], (S.CONFLICTING, 1)),
        ([(x, P, CRITERIA) for x in "abc"] + [("d", VUS, CRITERIA)], (P, 1)),
        ([("pharma", S.DRUG_RESPONSE, PANEL), ("a", P, CRITERIA)], (P, 1)),
        ([("a", S.ESTABLISHED_RISK_ALLELE, CRITERIA)], (S.ESTABLISHED_RISK_ALLELE, 1)),
        ([("a", S.VUS_HIGH, CRITERIA), ("b", VUS, CRITERIA)], (VUS, 2)),
        ([("one", P, PANEL), ("other", B, PANEL)], (S.CONFLICTING, 3)),
    ],
)  # fmt: skip
def test_cases(cases: list[Case], expected: tuple[S, int]) -> None:
    assert verdict(of(*cases)) == (expected[0].value, expected[1])


def test_flagged_pathogenic_does_not_count_beside_a_vus() -> None:
    rows = [
        submission(1, flagged=True, stars=NONE),
        submission(2, term=VUS.value),
    ]
    assert verdict(rows) == (VUS.value, 1)
    assert resolved(rows).submissions["left_out"].to_list() == ["flagged", None]


def test_what_does_not_contribute_to_the_aggregate_does_not_count() -> None:
    rows = [submission(1, contributes=False), submission(2, term=B.value)]
    assert verdict(rows) == (B.value, 1)


def test_a_file_that_does_not_say_what_contributes_lets_all_count() -> None:
    assert verdict([submission(1, contributes=None)]) == (P.value, 1)


@pytest.mark.parametrize(
    "later",
    [
        {"scv": 1, "date": date(2021, 1, 1)},
        {"scv": 3},
        {"scv": 2, "version": 2},
        {"scv": 1, "earlier_date": None},
    ],
)
def test_a_submitter_has_one_vote_its_latest(later: dict[str, Any]) -> None:
    earlier_date = later.pop("earlier_date", date(2020, 1, 1))
    first = submission(2, submitter="a", term=P.value, date=earlier_date)
    second = submission(2, submitter="a", term=B.value) | later
    for rows in ([first, second], [second, first]):
        assert verdict(rows) == (B.value, 1)
        out = resolved(rows).submissions
        assert set(out.select("term", "left_out").rows()) == {
            (P.value, "superseded"), (B.value, None),
        }  # fmt: skip


def test_conditions_are_resolved_apart() -> None:
    rows = [
        submission(1, condition="C0000001:one disease;C0000002:another; of a kind"),
        submission(2, condition="C0000002:another; of a kind", term=B.value),
        submission(3, condition="na:an unnamed disease", term=VUS.value),
    ]
    answer = resolved(rows)
    found = answer.conditions.join(answer.names, left_on="condition", right_on="number")
    assert found.select("condition_id", "name", "resolved", "margin").rows() == [
        ("C0000001", "one disease", P.value, 1),
        ("C0000002", "another; of a kind", S.CONFLICTING.value, 0),
        ("na:an unnamed disease", "an unnamed disease", VUS.value, 1),
    ]


def test_the_laboratorys_own_submissions_can_be_left_out() -> None:
    rows = [submission(1, submitter="Own Laboratory"), submission(2, term=VUS.value)]
    assert verdict(rows) == (S.CONFLICTING.value, 1)
    assert verdict(rows, ("own laboratory",)) == (VUS.value, 1)
    assert verdict(rows[:1], ("own laboratory",)) is None


def test_why_each_submission_has_no_vote_is_said() -> None:
    rows = [
        submission(1, term="none"),
        submission(2, term=S.NOT_PROVIDED.value),
        submission(3, term=S.RISK_FACTOR.value),
        submission(4, stars=NONE),
        submission(5),
    ]
    assert resolved(rows).submissions["left_out"].to_list() == [
        "no_germline_class", "no_class", "another_question", "lower_tier", None,
    ]  # fmt: skip


def test_variations_are_kept_apart() -> None:
    rows = [submission(1), submission(2, variation=2, term=B.value)]
    assert resolved(rows).variations.select("variation", "resolved").rows() == [
        (1, P.value), (2, B.value),
    ]  # fmt: skip


_ROW = st.builds(
    submission,
    st.integers(1, 4),
    variation=st.integers(1, 2),
    version=st.integers(1, 2),
    submitter=st.sampled_from("abc"),
    term=st.sampled_from([P, LP, VUS, B, S.RISK_FACTOR, S.LIKELY_RISK_ALLELE]).map(str),
    stars=st.sampled_from([GUIDELINE, PANEL, CRITERIA, NONE]),
    flagged=st.booleans(),
    contributes=st.sampled_from([True, False, None]),
    date=st.sampled_from([None, date(2019, 1, 1), date(2020, 1, 1)]),
    condition=st.sampled_from(["C1:x", "C2:y;C1:x", "na:z"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_ROW, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(
    rows: list[dict[str, Any]], chance: random.Random
) -> None:
    mixed = rows[:]
    chance.shuffle(mixed)
    one, other = resolved(rows), resolved(mixed)
    assert one.submissions.equals(other.submissions)
    assert one.variations.equals(other.variations)
    assert one.conditions.equals(other.conditions)
    assert one.names.equals(other.names)


def test_pieces_are_cut_between_variations(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [submission(n, variation=1 + n // 3, term=(P, B)[n % 2].value) for n in range(20)]
    whole = resolved(rows)
    monkeypatch.setattr(clinvar_resolution, "_AT_ONCE", 4)
    cut = resolved(rows)
    assert cut.submissions.equals(whole.submissions)
    assert cut.variations.equals(whole.variations)
    assert cut.conditions.equals(whole.conditions)


@settings(max_examples=60, deadline=None)
@given(st.lists(_ROW, max_size=12))
def test_every_submitter_of_the_deciding_tier_votes_once(rows: list[dict[str, Any]]) -> None:
    found = resolved(rows)
    voters = found.submissions.filter(pl.col("left_out").is_null())
    assert not voters.select("variation", "submitter").is_duplicated().any()
    counted = found.variations.select(
        "variation", pl.sum_horizontal(pl.exclude(
            "variation", "resolved", "resolved_stars", "margin", "robustness"
        )).alias("votes"),
    )  # fmt: skip
    assert dict(counted.iter_rows()) == dict(voters.group_by("variation").len().iter_rows())
