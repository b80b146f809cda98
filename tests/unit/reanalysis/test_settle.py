"""Nobody is told twice of one thing, nor of what moved back before anybody looked."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from event_builders import (
    GENE,
    LB,
    LP,
    ONE,
    OTHER,
    PATHOGENIC,
    TODAY,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    cause,
    event,
    events,
    signed,
)
from varinterp.model.case import Tier
from varinterp.model.event import Attribution, Event, EventDirection, EventKind, EventTier
from varinterp.model.evidence import Criterion
from varinterp.model.review import Act, Review, ReviewState, Transition, Wake, WakeKind
from varinterp.model.variant import Allele
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.settle import Held, Settled, settle, wakes

AT = datetime(2026, 7, 4, tzinfo=UTC)
OPEN, QUEUED, IN_REVIEW = ReviewState.OPEN, ReviewState.QUEUED, ReviewState.IN_REVIEW
A, B, C = Claim(criteria=VUS), Claim(criteria=LP), Claim(criteria=P)
THERE, BACK = event(A, B), event(B, A)
FURTHER = event(B, C)
CONTEXT = Context(on=TODAY)


def held(what: Event, state: ReviewState, until: Wake | None = None, id: int = 1) -> Held:
    """An event that is recorded, with its state."""
    acts = (Act(Transition.SNOOZE, AT, "reader-1", until=until),) if until else ()
    return Held(id, what, Review(state, acts))


def test_the_first_event_of_a_subject_surfaces() -> None:
    settled = settle(THERE, [], CONTEXT)

    assert settled == Settled(THERE, surfaces=True, closes=(), in_place=False)


@pytest.mark.parametrize("state", [OPEN, QUEUED, IN_REVIEW, ReviewState.SNOOZED])
def test_the_same_content_again_is_nothing(state: ReviewState) -> None:
    later = event(A, B, context=Context(on="2027-01-01"))

    assert settle(later, [held(THERE, state)], CONTEXT).event is None


@pytest.mark.parametrize("state", [OPEN, QUEUED])
def test_what_moved_back_before_anybody_looked_closes_and_opens_nothing(
    state: ReviewState,
) -> None:
    settled = settle(BACK, [held(THERE, state)], CONTEXT)

    assert settled.closes == ((1, ReviewState.REVERTED),)
    assert settled.event == BACK
    assert not settled.surfaces


def test_a_signed_finding_that_moved_back_is_told_all_the_same() -> None:
    b, c = replace(B, signed=signed()), replace(C, signed=signed())
    settled = settle(event(b, c), [held(event(c, b), OPEN)], CONTEXT)

    assert settled.closes == ((1, ReviewState.REVERTED),)
    assert settled.surfaces
    assert settled.event is not None
    assert settled.event.tier is EventTier.SIGNED


def test_two_steps_that_nobody_looked_at_are_told_as_one_with_the_causes_of_both() -> None:
    first = event(
        replace(A, values={"gnomad": "1"}), replace(B, values={"gnomad": "2"}), cause("gnomad")
    )
    second = event(
        replace(B, values={"revel": "1"}), replace(C, values={"revel": "2"}), cause("revel")
    )
    settled = settle(second, [held(first, OPEN)], CONTEXT)
    whole = settled.event

    assert settled.closes == ((1, ReviewState.SUPERSEDED),)
    assert settled.in_place
    assert whole is not None
    assert (whole.before, whole.after) == (first.before, second.after)
    assert whole.tier is EventTier.ACTIONABLE
    assert {each.source for each in whole.causes} == {"gnomad", "revel"}
    changed = {each.criterion: (each.before, each.after) for each in whole.criteria}
    assert changed[Criterion.PM2] == (VUS[Criterion.PM2], None)
    assert Criterion.BP4 not in changed


@pytest.mark.parametrize(
    ("first", "second", "named", "how"),
    [
        (("clinvar",), ("clinvar",), ("clinvar",), Attribution.SINGLE),
        (("clinvar",), ("gnomad",), ("clinvar", "gnomad"), Attribution.NOT_REPLAYED),
        (("a", "b"), ("a", "b"), ("a", "b"), Attribution.EACH),
    ],
)
def test_two_steps_rest_on_what_each_of_them_rests_on(
    first: tuple[str, ...], second: tuple[str, ...], named: tuple[str, ...], how: Attribution
) -> None:
    steps = [
        replace(
            step,
            responsible=sources,
            attribution=Attribution.SINGLE if len(sources) == 1 else Attribution.EACH,
        )
        for step, sources in ((THERE, first), (FURTHER, second))
    ]
    whole = settle(steps[1], [held(steps[0], OPEN)], CONTEXT).event

    assert whole is not None
    assert (whole.responsible, whole.attribution) == (named, how)


def test_what_the_program_moved_twice_is_the_programs() -> None:
    moved = Context(on=TODAY, software_moved=True)
    first, second = event(A, B, context=moved), event(B, C, context=moved)
    whole = settle(second, [held(first, OPEN)], CONTEXT).event

    assert whole is not None
    assert whole.kind is EventKind.SOFTWARE


def test_what_is_recorded_settles_again_as_it_did() -> None:
    earlier = [held(THERE, OPEN)]
    once = settle(FURTHER, earlier, CONTEXT)
    assert once.event is not None

    assert settle(once.event, earlier, CONTEXT) == once


def test_the_partner_is_told_from_where_it_was_when_people_last_looked() -> None:
    pair = (Claim(homozygous=False, partner=OTHER), Claim(OTHER, homozygous=False, partner=ONE))
    steps = [
        pair,
        (replace(pair[0], criteria=LP), replace(pair[1], criteria=LP)),
        (replace(pair[0], criteria=P), replace(pair[1], criteria=P)),
    ]
    first, second = (
        next(each for each in events(*sides) if str(each.allele) == ONE)
        for sides in pairwise(steps)
    )
    whole = settle(second, [held(first, OPEN)], CONTEXT).event

    assert whole is not None
    assert whole.partner is not None
    assert first.partner is not None
    assert second.partner is not None
    assert (whole.partner.before, whole.partner.after) == (
        first.partner.before,
        second.partner.after,
    )
    alone = settle(second, [held(THERE, OPEN)], CONTEXT).event
    assert alone is not None
    assert alone.partner == second.partner


def test_three_steps_back_to_the_beginning_are_nothing() -> None:
    first = settle(FURTHER, [held(THERE, OPEN)], CONTEXT).event
    assert first is not None
    end = settle(event(C, A), [held(first, OPEN, id=2)], CONTEXT)

    assert end.closes == ((2, ReviewState.REVERTED),)
    assert not end.surfaces


def test_a_queued_event_that_goes_on_is_still_within_the_budget() -> None:
    assert not settle(FURTHER, [held(THERE, QUEUED)], CONTEXT).in_place


def test_steps_that_end_in_the_background_leave_the_worklist() -> None:
    hidden = Claim(disease=None, mode=None, tier=Tier.NO_KNOWN_DISEASE, exact=None)
    up = event(hidden, replace(hidden, criteria=LP))
    down = event(replace(hidden, criteria=LP), replace(hidden, criteria=LB))
    settled = settle(down, [held(up, OPEN)], CONTEXT)

    assert settled.closes == ((1, ReviewState.SUPERSEDED),)
    assert settled.event is not None
    assert settled.event.kind is EventKind.BACKGROUND
    assert not settled.surfaces


def test_what_somebody_is_looking_at_is_left_to_them_and_the_rest_is_told_apart() -> None:
    settled = settle(FURTHER, [held(THERE, IN_REVIEW)], CONTEXT)

    assert (settled.event, settled.surfaces, settled.closes) == (FURTHER, True, ())


def test_a_dismissed_state_that_returns_is_not_new() -> None:
    earlier = [held(THERE, ReviewState.DISMISSED), held(BACK, ReviewState.DISMISSED, id=2)]
    settled = settle(event(A, B), earlier, CONTEXT)

    assert settled.event is not None
    assert not settled.surfaces


def test_a_dismissed_state_that_returns_on_other_evidence_is_new() -> None:
    earlier = [held(THERE, ReviewState.DISMISSED), held(BACK, ReviewState.DISMISSED, id=2)]
    settled = settle(event(A, replace(B, values={"revel": "other"})), earlier, CONTEXT)

    assert settled.surfaces


def test_a_dismissed_state_that_returns_on_other_evidence_is_new_though_the_loss_was_unseen() -> (
    None
):
    earlier = [held(THERE, ReviewState.DISMISSED), held(BACK, OPEN, id=2)]
    same = settle(event(A, B), earlier, CONTEXT)
    other = settle(event(A, replace(B, values={"revel": "other"})), earlier, CONTEXT)

    assert same.closes == other.closes == ((2, ReviewState.REVERTED),)
    assert (same.surfaces, other.surfaces) == (False, True)


def test_what_was_lost_under_review_and_is_regained_is_new() -> None:
    loss, regain = event(B, A), event(A, B)
    settled = settle(regain, [held(loss, ReviewState.DISMISSED)], CONTEXT)

    assert settled.surfaces
    assert settled.event is not None
    assert settled.event.direction is EventDirection.UP


def test_a_subject_that_keeps_turning_no_longer_asks_for_attention_with_trifles() -> None:
    said = event(A, replace(A, clinvar=UNCERTAIN))
    turned = [held(THERE, ReviewState.REVERTED, id=number) for number in (1, 2)]

    assert settle(said, turned[:1], CONTEXT).surfaces
    assert not settle(said, turned, CONTEXT).surfaces
    assert settle(THERE, turned, CONTEXT).surfaces


@pytest.mark.parametrize(
    "what",
    [
        event(Claim(tier=Tier.UNRELATED), Claim(tier=Tier.UNRELATED, criteria=P)),
        event(Claim(values={"gnomad": "1"}), Claim(values={"gnomad": "2"})),
    ],
    ids=["withheld", "evidence only"],
)
def test_what_is_not_for_the_worklist_is_recorded(what: Event) -> None:
    settled = settle(what, [], CONTEXT)

    assert (settled.event, settled.surfaces) == (what, False)


# Snoozed until something happens

REVEL = event(replace(B, values={"revel": "1"}), replace(C, values={"revel": "2"}), cause("revel"))


@pytest.mark.parametrize(
    ("until", "awake"),
    [
        (Wake(WakeKind.ANY), True),
        (Wake(WakeKind.SOURCE, "revel"), True),
        (Wake(WakeKind.SOURCE, "clinvar"), False),
        (Wake(WakeKind.KEY, f"revel {ONE}"), True),
        (Wake(WakeKind.KEY, f"gnomad {ONE}"), False),
        (Wake(WakeKind.CRITERION, "BP4"), True),
        (Wake(WakeKind.CRITERION, "PS3"), False),
    ],
)
def test_a_snoozed_event_wakes_exactly_for_what_it_waits_for(until: Wake, awake: bool) -> None:
    settled = settle(REVEL, [held(THERE, ReviewState.SNOOZED, until)], CONTEXT)

    assert wakes(until, REVEL) is awake
    assert settled.surfaces is awake
    assert settled.closes == (((1, ReviewState.SUPERSEDED),) if awake else ())
    assert settled.event is not None
    if awake:
        assert settled.event.before == THERE.before


def test_evidence_alone_wakes_what_waits_for_any_change() -> None:
    evidence = event(replace(B, values={"gnomad": "1"}), replace(B, values={"gnomad": "2"}))
    asleep = held(THERE, ReviewState.SNOOZED, Wake(WakeKind.ANY))
    settled = settle(evidence, [asleep], CONTEXT)

    assert settled.closes == ((1, ReviewState.OPEN),)
    assert not settled.surfaces


def test_a_signed_finding_is_never_asleep() -> None:
    reported = Context(on=TODAY, reported=frozenset({(Allele.parse(ONE), GENE)}))
    new = event(C, replace(C, clinvar=PATHOGENIC, criteria=VUS), context=reported)
    asleep = held(THERE, ReviewState.SNOOZED, Wake(WakeKind.SOURCE, "clinvar"))

    assert settle(new, [asleep], reported).surfaces
