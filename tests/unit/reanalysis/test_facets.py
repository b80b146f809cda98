"""What others say, weighed; and which way a change points when several things moved."""

from dataclasses import replace

import pytest

from event_builders import DOMINANT, LP, PATHOGENIC, VUS, Claim, P, cause, event, events, signed
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.event import EventDirection, Facet
from varinterp.model.gene_disease import Validity
from varinterp.model.standing import ExternalWord
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.facets import level, said_pathogenic

S = Significance


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((S.PATHOGENIC,), 2),
        ((S.LIKELY_PATHOGENIC,), 1),
        ((S.UNCERTAIN, S.LIKELY_PATHOGENIC), 1),
        ((S.UNCERTAIN,), 0),
        ((S.CONFLICTING,), 0),
        ((S.DRUG_RESPONSE,), 0),
        ((S.LIKELY_BENIGN,), -1),
        ((S.LIKELY_BENIGN, S.BENIGN), -2),
        ((S.UNCERTAIN, S.BENIGN), -2),
        ((S.PATHOGENIC, S.BENIGN), 0),
        ((), 0),
    ],
)
def test_the_level_of_words_is_their_strongest_and_both_sides_are_a_conflict(
    words: tuple[Significance, ...], expected: int
) -> None:
    assert level(ExternalWord("clinvar", words)) == expected


@pytest.mark.parametrize(("stars", "counts"), [(None, True), (0, False), (1, True), (4, True)])
def test_a_pathogenic_word_counts_from_one_star_or_when_stars_are_not_known(
    stars: int | None, counts: bool
) -> None:
    found = event(None, Claim(clinvar=Assertion((S.LIKELY_PATHOGENIC,), (), stars)))

    assert said_pathogenic(found.after) is counts


def test_more_stars_for_a_benign_word_point_down() -> None:
    benign = Assertion((S.BENIGN,), (), 1)
    found = event(Claim(clinvar=benign), Claim(clinvar=replace(benign, stars=2)))

    assert found.direction is EventDirection.DOWN


def test_the_class_says_more_of_the_direction_than_what_others_say() -> None:
    found = event(Claim(criteria=P, clinvar=None), Claim(criteria=VUS, clinvar=PATHOGENIC))

    assert found.direction is EventDirection.DOWN


def test_another_hypothesis_that_rose_points_up() -> None:
    best = Claim(values={})
    others = [
        Claim(disease=f"OMIM:10000{number}", mode=DOMINANT, criteria=VUS) for number in range(2)
    ]
    (found,) = events((best, *others), (best, others[0], replace(others[1], criteria=LP)))

    assert found.moved == (Facet.OTHERS,)
    assert found.direction is EventDirection.UP


def test_a_validity_that_nobody_stated_has_no_place_on_the_scale() -> None:
    unknown = event(Claim(validity=Validity.NOT_STATED), Claim(validity=Validity.STRONG))
    better = event(Claim(validity=Validity.LIMITED), Claim(validity=Validity.STRONG))

    assert unknown.direction is EventDirection.SIDEWAYS
    assert better.direction is EventDirection.UP


def test_the_last_signature_is_the_one_that_stands() -> None:
    other = Claim(disease="OMIM:100000", mode=DOMINANT, criteria=P)
    best = Claim(criteria=VUS)
    older, newer = signed(), replace(signed(), date="2026-06-01")
    people = Context(on="2026-11-22", signed={best.key: older, other.key: newer})
    (found,) = events((), (best, other), context=people)

    assert found.after is not None
    assert found.after.signed is not None
    assert found.after.signed.disease == "OMIM:100000"
    assert found.after.signed.value is found.after.signed.machine


def test_what_rests_on_constructed_data_says_so() -> None:
    row = replace(cause("revel"), constructed=True)
    before = Claim(criteria=VUS, values={"revel": "1"})
    after = Claim(criteria=LP, values={"revel": "2"})

    assert event(before, after, row).constructed
    assert not event(before, after, cause("revel")).constructed
