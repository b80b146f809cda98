"""A run puts so many events before people, the best first; none is lost, none of tier 1 waits."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from event_builders import LP, OTHER, PATHOGENIC, VUS, Claim, P, event, events, signed
from varinterp.model.event import Event, EventTier
from varinterp.reanalysis.budget import Waiting, order, spend

WORST = event(Claim(criteria=P, signed=signed()), Claim(criteria=VUS, signed=signed()))
NEW = event(Claim(), Claim(criteria=LP))
HIGHER = event(Claim(), Claim(criteria=P))
FALLEN = event(Claim(criteria=LP), Claim())
NOTED = event(Claim(), Claim(clinvar=replace(PATHOGENIC, stars=0)))
ALL = (WORST, NEW, HIGHER, FALLEN, NOTED)


def of(case: str, what: Event, runs: int = 0) -> Waiting:
    return Waiting(replace(what, case=case, group=f"{what.group}-{case}"), runs=runs)


def test_the_order_is_tier_then_class_then_direction() -> None:
    waiting = [of(str(number), each) for number, each in enumerate(reversed(ALL))]

    assert [(each.event.tier, each.event.digest) for each in spend(waiting, 9).surfaced] == [
        (each.event.tier, each.event.digest)
        for what in (WORST, HIGHER, NEW, FALLEN, NOTED)
        for each in waiting
        if each.event.after == what.after and each.event.before == what.before
    ]


def test_of_two_promoted_alleles_the_higher_class_comes_first() -> None:
    promoted = [event(None, Claim(criteria=criteria)) for criteria in (LP, P)]
    for cases in ("ab", "ba"):
        waiting = [of(case, each) for case, each in zip(cases, promoted, strict=True)]

        assert [each.event.after for each in spend(waiting, 9).surfaced] == [
            each.after for each in reversed(promoted)
        ]


def test_what_is_over_the_budget_waits_and_the_longest_wait_comes_first() -> None:
    fresh, waited = of("a", NEW), of("b", NEW, runs=3)
    spent = spend([fresh, waited], 1)

    assert (spent.surfaced, spent.queued) == ((waited,), (fresh,))


def test_the_first_tier_is_never_held_back_and_costs_nothing() -> None:
    spent = spend([of(str(number), WORST) for number in range(5)] + [of("x", NEW)], 1)

    assert len(spent.surfaced) == 6
    assert not spend([of("x", NEW)], 0).surfaced


def test_both_sides_of_a_compound_heterozygote_surface_together_and_count_once() -> None:
    pair = (
        Claim(homozygous=False, partner=OTHER),
        Claim(OTHER, homozygous=False, partner=str(Claim().key.allele)),
    )
    up = tuple(replace(each, criteria=P) for each in pair)
    both = [Waiting(each) for each in events(pair, up)]
    spent = spend([*both, of("x", FALLEN)], 1)

    assert len(both) == 2
    assert [each.event for each in spent.surfaced] == [each.event for each in both]
    assert len(spent.queued) == 1


@given(
    st.lists(
        st.builds(of, st.sampled_from("abcdefgh"), st.sampled_from(ALL), st.integers(0, 3)),
        max_size=12,
    ),
    st.integers(0, 8),
)
def test_nothing_is_lost_and_the_cap_holds(waiting: list[Waiting], cap: int) -> None:
    spent = spend(waiting, cap)
    capped = {each.event.group for each in spent.surfaced} - {
        each.event.group for each in spent.surfaced if each.event.tier is EventTier.SIGNED
    }

    assert sorted([*spent.surfaced, *spent.queued], key=order) == sorted(waiting, key=order)
    assert len(capped) <= cap
    assert all(each.event.tier is not EventTier.SIGNED for each in spent.queued)
    assert spend(list(reversed(waiting)), cap) == spent
