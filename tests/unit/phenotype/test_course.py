"""Age of onset and sex: bounded evidence, and none where nothing is stated."""

from math import log

import numpy as np
import pytest

from phenotype_world import (
    ADULT,
    CHILDHOOD,
    CONGENITAL,
    FIT,
    HEART,
    LATE,
    NEONATAL,
    NERVE,
    ONSET,
    ONTOLOGY,
    YOUNG,
    corpus,
    disease,
)
from varinterp.model.family import Sex
from varinterp.phenotype.course import LEAST_SEX, MOST_ONSET, PERIODS, periods

AT_BIRTH = disease("OMIM:1", FIT, course={CONGENITAL: 1.0})
GROWN_UP = disease("OMIM:2", FIT, course={ADULT: 1.0, "HP:0000005": 1.0})
UNSTATED = disease("OMIM:3", FIT)
OF_GIRLS = disease("OMIM:4", FIT, NERVE, HEART, sexes={FIT: Sex.FEMALE})
OF_BOYS = disease("OMIM:5", FIT, sexes={FIT: Sex.MALE})
CORPUS = corpus([AT_BIRTH, GROWN_UP, UNSTATED, OF_GIRLS, OF_BOYS])


def weight(id_: str, onset: str | None = None, sex: Sex = Sex.UNKNOWN) -> float:
    return float(CORPUS.course_log_lr(onset, sex)[CORPUS.rows[id_]])


@pytest.mark.parametrize(
    ("term", "named"),
    [
        (CONGENITAL, (CONGENITAL,)),
        (ADULT, (YOUNG, LATE)),
        (ONSET, (CONGENITAL, NEONATAL, CHILDHOOD, YOUNG, LATE)),
        (HEART, ()),
        ("HP:7777777", ()),
    ],
)
def test_an_onset_term_names_its_period_or_all_under_it(term: str, named: tuple[str, ...]) -> None:
    assert periods(term, ONTOLOGY) == tuple(PERIODS.index(period) for period in named)


def test_an_onset_that_fits_speaks_for_a_disease_and_one_that_does_not_against_it() -> None:
    # Two diseases state an onset: congenital is half of the first, and a quarter on average.
    assert weight("OMIM:1", CONGENITAL) == pytest.approx(log(0.5 + 0.5 * 0.5 / 0.25))
    assert weight("OMIM:2", CONGENITAL) == pytest.approx(log(0.5))
    assert weight("OMIM:2", LATE) > 0 > weight("OMIM:1", LATE)


def test_a_neighbouring_period_is_not_held_against_a_disease() -> None:
    assert weight("OMIM:1", NEONATAL) > 0 > weight("OMIM:1", YOUNG)


@pytest.mark.parametrize("onset", [None, "HP:7777777", HEART, CHILDHOOD])
def test_without_a_stated_onset_nothing_is_said(onset: str | None) -> None:
    assert weight("OMIM:1", onset) == 0
    assert weight("OMIM:3", CONGENITAL) == 0


def test_onset_is_bounded() -> None:
    rare = [disease(f"OMIM:{n}", FIT, course={LATE: 1.0}) for n in range(2, 40)]
    among = corpus([AT_BIRTH, *rare])
    found = among.course_log_lr(CONGENITAL, Sex.UNKNOWN)
    assert found.max() == MOST_ONSET
    assert found.min() == pytest.approx(log(0.5))


@pytest.mark.parametrize(
    ("id_", "sex", "expected"),
    [
        ("OMIM:4", Sex.MALE, log(2 / 3)),
        ("OMIM:4", Sex.FEMALE, 0),
        ("OMIM:4", Sex.UNKNOWN, 0),
        ("OMIM:5", Sex.FEMALE, LEAST_SEX),
        ("OMIM:5", Sex.MALE, 0),
        ("OMIM:3", Sex.MALE, 0),
    ],
)
def test_terms_of_one_sex_do_not_describe_the_other(id_: str, sex: Sex, expected: float) -> None:
    assert weight(id_, sex=sex) == pytest.approx(expected)


def test_the_rules_weigh_onset_and_sex_and_a_patched_disease_has_its_own() -> None:
    patched = CORPUS.with_disease(disease("OMIM:3", FIT, course={CONGENITAL: 1.0}))
    row = CORPUS.rows["OMIM:3"]
    assert patched.course_log_lr(CONGENITAL, Sex.MALE)[row] == pytest.approx(
        weight("OMIM:1", CONGENITAL)
    )
    silent = patched.course_log_lr(CONGENITAL, Sex.MALE, (0.0, 0.0))
    assert not np.any(silent)


def test_two_stated_onsets_share_a_disease_whatever_they_name() -> None:
    both = disease("OMIM:2", FIT, course={CONGENITAL: 1.0, ADULT: 1.0})
    among = corpus([AT_BIRTH, both])
    # Congenital is half of its share: a quarter of this disease, three eighths on average.
    found = among.course_log_lr(CONGENITAL, Sex.UNKNOWN)
    assert found[among.rows["OMIM:2"]] == pytest.approx(log(0.5 + 0.5 * (1 / 4) / (3 / 8)))
