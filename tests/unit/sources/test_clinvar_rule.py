"""The rule that turns votes into a class, checked by cases and against an exhaustive search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.model.clinvar import Significance as S
from varinterp.sources.clinvar_rule import CLASSES, ONE_VOTE, resolve, sole_word


def votes(**counts: int) -> tuple[int, ...]:
    return tuple(counts.get(word.name, 0) for word in CLASSES)


@pytest.mark.parametrize(
    ("cast", "resolved", "margin", "robustness"),
    [
        (votes(PATHOGENIC=1), S.PATHOGENIC, 1, 1),
        (votes(PATHOGENIC=2, LIKELY_PATHOGENIC=1), S.PATHOGENIC, 3, 1),
        (votes(PATHOGENIC=1, LIKELY_PATHOGENIC=1), S.LIKELY_PATHOGENIC, 2, 1),
        (votes(PATHOGENIC=5), S.PATHOGENIC, 5, 1),
        (votes(PATHOGENIC=10), S.PATHOGENIC, 10, 2),
        (votes(PATHOGENIC=10, UNCERTAIN=1), S.PATHOGENIC, 9, 2),
        (votes(PATHOGENIC=3, UNCERTAIN=1), S.PATHOGENIC, 2, 1),
        (votes(PATHOGENIC=2, UNCERTAIN=1), S.CONFLICTING, 1, 1),
        (votes(PATHOGENIC=1, UNCERTAIN=1), S.CONFLICTING, 0, 1),
        (votes(PATHOGENIC=8, BENIGN=1), S.CONFLICTING, 7, 1),
        (votes(PATHOGENIC=9, BENIGN=1), S.PATHOGENIC, 8, 1),
        (votes(LIKELY_BENIGN=3, UNCERTAIN=1), S.LIKELY_BENIGN, 2, 1),
        (votes(UNCERTAIN=6, LIKELY_BENIGN=1, LIKELY_PATHOGENIC=1), S.UNCERTAIN, 5, 1),
        (votes(BENIGN=1, LIKELY_BENIGN=1), S.LIKELY_BENIGN, 2, 1),
        (votes(PATHOGENIC=1, PATHOGENIC_LOW_PENETRANCE=1), S.PATHOGENIC_LOW_PENETRANCE, 2, 1),
        (votes(LIKELY_RISK_ALLELE=1), S.LIKELY_RISK_ALLELE, 1, 1),
    ],
)  # fmt: skip
def test_votes_become_a_class(
    cast: tuple[int, ...], resolved: S, margin: int, robustness: int
) -> None:
    found = resolve(cast)
    assert (found.resolved, found.margin, found.robustness) == (resolved, margin, robustness)


def test_risk_and_low_penetrance_never_make_a_pathogenic() -> None:
    risk = [word for word in CLASSES if "risk" in word.value or "penetrance" in word.value]
    for word in risk:
        cast = tuple(3 if each is word else 0 for each in CLASSES)
        assert resolve(cast).resolved is word


def test_tiers_of_vus_vote_as_vus() -> None:
    assert {ONE_VOTE[word] for word in (S.VUS_HIGH, S.VUS_MID, S.VUS_LOW)} == {S.UNCERTAIN}


@pytest.mark.parametrize(
    ("words", "sole"),
    [
        ((S.PATHOGENIC,), S.PATHOGENIC),
        ((S.PATHOGENIC, S.LIKELY_PATHOGENIC), S.LIKELY_PATHOGENIC),
        ((S.PATHOGENIC, S.DRUG_RESPONSE), S.PATHOGENIC),
        ((S.PATHOGENIC, S.UNCERTAIN), S.CONFLICTING),
        ((S.VUS_HIGH,), S.VUS_HIGH),
        ((S.ASSOCIATION, S.RISK_FACTOR), S.ASSOCIATION),
    ],
)
def test_a_submission_of_several_words_has_one(words: tuple[S, ...], sole: S) -> None:
    assert sole_word(words) is sole


def exhaustive(cast: tuple[int, ...]) -> int:
    """Return the least number of votes to move, trying every way to move them."""
    now, seen, front, moved = resolve(cast).resolved, {cast}, [cast], 0
    while True:
        moved += 1
        reached = []
        for counts in front:
            for source in (place for place, count in enumerate(counts) if count):
                for target in range(len(counts)):
                    changed = list(counts)
                    changed[source] -= 1
                    changed[target] += 1
                    if tuple(changed) not in seen:
                        if resolve(tuple(changed)).resolved is not now:
                            return moved
                        seen.add(tuple(changed))
                        reached.append(tuple(changed))
        front = reached


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(CLASSES) - 1), min_size=1, max_size=6))
def test_robustness_is_the_least_number_of_votes_that_flip_the_class(places: list[int]) -> None:
    cast = tuple(places.count(place) for place in range(len(CLASSES)))
    assert resolve(cast).robustness == exhaustive(cast)
