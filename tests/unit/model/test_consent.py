"""Who decides on what, and what silence means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.consent import (
    ConsentAnswer,
    ConsentDecision,
    ConsentScope,
    Permission,
    answer,
    permission,
    person_allows,
)

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
CHILD, MOTHER, FATHER = "P-CHILD", "P-MOTHER", "P-FATHER"


def said(
    scope: ConsentScope, granted: bool, person: str = CHILD, on: date = YESTERDAY
) -> ConsentDecision:
    return ConsentDecision(scope, granted, on, person)


def asked(scope: ConsentScope, *decisions: ConsentDecision, on: date = TODAY) -> Permission:
    return permission(decisions, scope, on, proband=CHILD, sequenced=[CHILD, MOTHER, FATHER])


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (ConsentScope.PRIMARY, True),
        (ConsentScope.SECONDARY_FINDINGS, False),
        (ConsentScope.RECONTACT, False),
        (ConsentScope.REANALYSIS, False),
        (ConsentScope.RESEARCH, False),
    ],
)
def test_silence_allows_the_primary_analysis_alone(scope: ConsentScope, allowed: bool) -> None:
    found = asked(scope)

    assert bool(found) is allowed
    assert found.answer is ConsentAnswer.SILENT


def test_the_proband_decides_on_reanalysis_whatever_a_relative_says_of_it() -> None:
    assert asked(ConsentScope.REANALYSIS, said(ConsentScope.REANALYSIS, True))
    assert asked(
        ConsentScope.REANALYSIS,
        said(ConsentScope.REANALYSIS, True),
        said(ConsentScope.REANALYSIS, False, MOTHER),
    )
    assert not asked(ConsentScope.REANALYSIS, said(ConsentScope.REANALYSIS, True, MOTHER))


def test_a_relative_who_withdraws_the_primary_suspends_every_use_of_the_case() -> None:
    granted = [said(scope, True, person) for scope in ConsentScope for person in (CHILD, MOTHER)]
    granted += [said(ConsentScope.RESEARCH, True, FATHER)]
    withdrawn = said(ConsentScope.PRIMARY, False, FATHER)

    for scope in ConsentScope:
        assert asked(scope, *granted)
        refused = asked(scope, *granted, withdrawn)
        assert not refused
        assert (refused.answer, refused.deciders) == (ConsentAnswer.REFUSED, (FATHER,))


def test_research_needs_a_yes_of_everybody_who_was_sequenced() -> None:
    two = [said(ConsentScope.RESEARCH, True, person) for person in (CHILD, MOTHER)]

    missing = asked(ConsentScope.RESEARCH, *two)

    assert (missing.allowed, missing.answer) == (False, ConsentAnswer.SILENT)
    assert missing.deciders == (FATHER,)
    assert asked(ConsentScope.RESEARCH, *two, said(ConsentScope.RESEARCH, True, FATHER))


def test_a_decision_holds_from_its_day_and_until_the_next() -> None:
    yes = said(ConsentScope.REANALYSIS, True, on=date(2025, 1, 1))
    no = said(ConsentScope.REANALYSIS, False, on=date(2026, 1, 1))

    # a withdrawal may be recorded before the consent that it ends
    for order in ([yes, no], [no, yes]):
        assert not asked(ConsentScope.REANALYSIS, *order, on=date(2024, 12, 31))
        assert asked(ConsentScope.REANALYSIS, *order, on=date(2025, 12, 31))
        assert not asked(ConsentScope.REANALYSIS, *order, on=date(2026, 1, 1))


def test_of_two_decisions_of_one_day_the_one_recorded_last_holds() -> None:
    yes, no = said(ConsentScope.RECONTACT, True), said(ConsentScope.RECONTACT, False)

    assert answer([yes, no], CHILD, ConsentScope.RECONTACT, TODAY) is ConsentAnswer.REFUSED
    assert answer([no, yes], CHILD, ConsentScope.RECONTACT, TODAY) is ConsentAnswer.GRANTED


def test_a_relative_answers_for_themselves() -> None:
    decisions = [
        said(ConsentScope.RECONTACT, True, MOTHER),
        said(ConsentScope.RECONTACT, True, FATHER),
        said(ConsentScope.PRIMARY, False, FATHER),
    ]

    assert person_allows(decisions, MOTHER, ConsentScope.RECONTACT, TODAY)
    assert not person_allows(decisions, FATHER, ConsentScope.RECONTACT, TODAY)
    assert not person_allows(decisions, CHILD, ConsentScope.RECONTACT, TODAY)


DECISIONS = st.lists(
    st.builds(
        ConsentDecision,
        st.sampled_from(ConsentScope),
        st.booleans(),
        st.dates(date(2026, 11, 1), date(2026, 11, 30)),
        st.sampled_from([CHILD, MOTHER, FATHER]),
    ),
    max_size=12,
)


@given(DECISIONS, st.sampled_from(ConsentScope), st.sampled_from([CHILD, MOTHER, FATHER]))
def test_one_more_refusal_never_opens_a_case(
    decisions: list[ConsentDecision], scope: ConsentScope, person: str
) -> None:
    refusal = ConsentDecision(scope, False, TODAY, person)
    before = asked(scope, *decisions)
    after = asked(scope, *decisions, refusal)

    assert before.allowed or not after.allowed
