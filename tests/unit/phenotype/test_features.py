"""The seven measures, each computed by hand on a small ontology, and what holds for all of them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from phenotype_world import (
    ABSENCE,
    COMPARABLE,
    CORPUS,
    FIT,
    FOCAL,
    HEART,
    LEARNING,
    NERVE,
    ONTOLOGY,
    PHENOTYPE,
    RHYTHM,
    ROOT,
    TERMS,
    UNSEEN,
    WEAK,
    Patient,
    disease,
)
from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.corpus import LEAST_BACKGROUND, Corpus
from varinterp.phenotype.features import FEATURES, Features, features
from varinterp.phenotype.meeting import FLOOR, STEP, meet
from varinterp.phenotype.table import Annotated, Implied, tabled

some_terms = st.frozensets(st.sampled_from(COMPARABLE), min_size=1)


def of(
    name: str,
    id_: str,
    *observed: str,
    excluded: tuple[str, ...] = (),
    among: Corpus = CORPUS,
) -> float:
    found = features(among, Patient(observed, excluded))
    return float(found.column(name)[among.rows[id_]])


def telling(terms: Iterable[str]) -> frozenset[str]:
    """Return the terms that no other of them implies."""
    every = frozenset(terms)
    return every - {top for term in every for top in ONTOLOGY.ancestors(term) - {term}}


def with_one(*terms: str, **said: object) -> Corpus:
    return CORPUS.with_disease(disease("OMIM:10", *terms, **said))


def test_phenodigm_is_the_mean_of_the_best_and_the_average_share() -> None:
    # Fit: {fit, nerve, phenotype, all}; focal fit adds itself, learning shares three of five.
    fit_focal = sqrt(log(4) * 4 / 5)
    fit_learning = sqrt(log(8 / 6) * 3 / 5)
    patient_covered = fit_focal / sqrt(log(4))
    disease_shown = (fit_focal + fit_learning) / (sqrt(log(8)) + sqrt(log(2)))
    best = fit_focal / sqrt(log(4))
    expected = (best + (patient_covered + disease_shown) / 2) / 2
    assert of("phenodigm", "OMIM:1", FIT) == pytest.approx(expected)


@pytest.mark.parametrize("id_", [id_ for id_, terms in TERMS.items() if terms])
def test_a_patient_with_exactly_the_terms_of_a_disease_scores_one(id_: str) -> None:
    assert of("phenodigm", id_, *TERMS[id_]) == pytest.approx(1)


@given(some_terms, some_terms)
def test_only_equal_sets_score_one_and_nothing_more(
    patient: frozenset[str], terms: frozenset[str]
) -> None:
    score = of("phenodigm", "OMIM:10", *patient, among=with_one(*terms))
    assert 0 <= score <= 1 + 1e-12
    assert (score > 1 - 1e-9) == (telling(patient) == terms)


def test_a_finding_that_the_disease_does_not_explain_costs_and_so_does_an_unseen_one() -> None:
    assert of("phenodigm", "OMIM:2", RHYTHM, FOCAL) < of("phenodigm", "OMIM:2", RHYTHM)
    assert of("phenodigm", "ORPHA:8", RHYTHM) < of("phenodigm", "ORPHA:8", RHYTHM, LEARNING)


# Backgrounds, nothing being stated: rhythm 2 of 8, fit 2, heart 5, nerve 6, learning 4.
@pytest.mark.parametrize(
    ("terms", "said", "observed", "expected"),
    [
        ((RHYTHM,), {}, RHYTHM, log(1 / (2 / 8))),
        ((RHYTHM,), {"frequency": {RHYTHM: 0.5}}, RHYTHM, log(0.5 / (2 / 8))),
        ((FOCAL, ABSENCE), {"frequency": {FOCAL: 0.5, ABSENCE: 0.6}}, FIT, log(0.6 / (2 / 8))),
        ((FIT,), {}, FOCAL, log(1 / 10 / (1 / 8))),
        ((ABSENCE,), {"frequency": {ABSENCE: 0.9}}, FOCAL, log(0.9 / 10 / (1 / 8))),
        ((LEARNING,), {}, FOCAL, log(1 / 100 / (1 / 8))),
        ((HEART,), {}, FOCAL, FLOOR),
        ((FIT,), {"excluded": frozenset({FOCAL})}, FOCAL, FLOOR),
        ((LEARNING,), {"excluded": frozenset({FIT})}, FOCAL, FLOOR),
        ((FOCAL,), {"excluded": frozenset({FIT})}, FOCAL, log(1 / (1 / 8))),
        ((HEART,), {}, UNSEEN, FLOOR),
        ((UNSEEN,), {}, UNSEEN, -log(LEAST_BACKGROUND)),
    ],
    ids=[
        "the term",
        "the term, in half of the patients",
        "kinds of the term: the commoner",
        "what the term is a kind of: a tenth",
        "a sibling: a tenth for the step to the parent",
        "a cousin: a hundredth for two steps, not below the floor",
        "nothing in common",
        "the term is denied",
        "what the term is a kind of is denied",
        "the term is annotated and what it is a kind of denied",
        "a finding of no disease",
        "a finding of this disease alone",
    ],
)
def test_the_bounded_ratio_of_a_term(
    terms: tuple[str, ...], said: dict[str, object], observed: str, expected: float
) -> None:
    weight = of("bounded_lr", "OMIM:10", observed, among=with_one(*terms, **said))
    assert weight == pytest.approx(max(expected, FLOOR))


def test_a_step_is_a_tenth() -> None:
    assert exp(-STEP) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("terms", "said", "observed", "expected"),
    [
        ((RHYTHM,), {}, RHYTHM, log(8 / 2)),
        ((ABSENCE,), {}, FOCAL, log(8 / 2)),
        ((LEARNING,), {}, FOCAL, log(8 / 6)),
        ((LEARNING,), {"frequency": {LEARNING: 0.1}}, FOCAL, 0),
        ((HEART,), {}, FOCAL, 0),
        ((ABSENCE,), {"excluded": frozenset({FOCAL})}, FOCAL, 0),
    ],
    ids=[
        "the term itself",
        "the parent that a sibling shares",
        "the organ",
        "rarer than in any disease",
        "nothing in common",
        "the term is denied",
    ],
)
def test_the_soft_ratio_is_that_of_the_ancestor_that_speaks_most_for_the_disease(
    terms: tuple[str, ...], said: dict[str, object], observed: str, expected: float
) -> None:
    weight = of("soft_lr", "OMIM:10", observed, among=with_one(*terms, **said))
    assert weight == pytest.approx(expected)


def test_query_coverages_are_of_the_patient_s_terms() -> None:
    # Focal fit and absence fit share fit; weak heart is the disease's own.
    lin = 2 * log(4) / (log(8) + log(8))
    assert of("lin_query", "OMIM:6", FOCAL, WEAK) == pytest.approx((lin + 1) / 2)
    shared = (log(4) + log(4)) / (log(8) + log(4))
    assert of("resnik_query", "OMIM:6", FOCAL, WEAK) == pytest.approx(shared)
    assert of("lin_query", "OMIM:2", FOCAL) == of("resnik_query", "OMIM:2", FOCAL) == 0


def test_the_nearest_of_a_disease_s_terms_counts() -> None:
    among = with_one(FIT, ABSENCE)
    lin = 2 * log(4) / (log(8) + log(4))
    assert of("lin_query", "OMIM:10", FOCAL, among=among) == pytest.approx(lin)


def test_disease_coverage_weighs_terms_by_content_and_frequency() -> None:
    among = with_one(RHYTHM, LEARNING, frequency={LEARNING: 0.5})
    expected = log(4) / (log(4) + 0.5 * log(2))
    assert of("lin_disease", "OMIM:10", RHYTHM, among=among) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("terms", "said", "expected"),
    [
        ((FIT,), {"frequency": {FIT: 0.5}}, log(0.5 / 0.75)),
        ((FOCAL,), {"frequency": {FOCAL: 0.2}}, log(0.8 / 0.75)),
        ((FIT,), {"frequency": {FIT: 1.0}}, FLOOR),
        ((FIT,), {}, 0),
        ((HEART,), {}, 0),
        ((HEART,), {"excluded": frozenset({FIT})}, -log(0.75)),
        ((HEART,), {"excluded": frozenset({NERVE})}, -log(0.75)),
    ],
    ids=[
        "half of the patients have it",
        "a fifth have a kind of it",
        "everybody has it",
        "nobody stated how many",
        "the disease says nothing of it",
        "the disease excludes it too",
        "the disease excludes what it is a kind of",
    ],
)
def test_an_excluded_term_counts_only_where_the_disease_states_something(
    terms: tuple[str, ...], said: dict[str, object], expected: float
) -> None:
    among = with_one(*terms, **said)
    weight = of("excluded_lr", "OMIM:10", LEARNING, excluded=(FIT,), among=among)
    assert weight == pytest.approx(expected)
    for name in FEATURES[:-1]:
        assert of(name, "OMIM:10", LEARNING, excluded=(FIT,), among=among) == of(
            name, "OMIM:10", LEARNING, among=among
        )


def same(one: Features, other: Features) -> None:
    assert one.diseases == other.diseases
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.observed, other.observed)


@given(st.lists(st.sampled_from(COMPARABLE), min_size=1).flatmap(st.permutations), some_terms)
def test_order_and_repeats_of_terms_change_nothing(
    observed: list[str], excluded: frozenset[str]
) -> None:
    same(
        features(CORPUS, Patient(tuple(observed), tuple(excluded))),
        features(CORPUS, Patient(tuple(sorted(set(observed))), tuple(sorted(excluded)))),
    )


@given(some_terms, st.sampled_from(COMPARABLE))
def test_no_term_weighs_less_than_the_floor_and_sums_are_those_of_the_terms(
    observed: frozenset[str], excluded: str
) -> None:
    found = features(CORPUS, Patient(tuple(observed), (excluded,)))
    assert (found.observed >= FLOOR).all()
    assert (found.excluded >= FLOOR).all()
    rows = [term in telling(observed) for term in sorted(observed)]
    np.testing.assert_allclose(found.column("bounded_lr"), found.observed[rows].sum(axis=0))
    np.testing.assert_allclose(found.column("excluded_lr"), found.excluded.sum(axis=0))


@given(some_terms, st.sampled_from(COMPARABLE))
def test_one_more_term_never_lowers_the_soft_ratio_and_costs_the_bounded_one_at_most_the_floor(
    observed: frozenset[str], more: str
) -> None:
    fewer = features(CORPUS, Patient(tuple(observed - {more})))
    whole = features(CORPUS, Patient(tuple(observed | {more})))
    assert (whole.column("soft_lr") >= fewer.column("soft_lr") - 1e-12).all()
    assume(telling(observed - {more}) <= telling(observed | {more}))
    assert (whole.column("bounded_lr") >= fewer.column("bounded_lr") + FLOOR - 1e-12).all()


@given(some_terms, some_terms, st.sampled_from(COMPARABLE))
def test_a_disease_that_gets_a_term_of_the_patient_s_covers_no_less_of_the_patient(
    observed: frozenset[str], terms: frozenset[str], more: str
) -> None:
    patient = observed | {more}
    for name in ("bounded_lr", "soft_lr", "lin_query", "resnik_query"):
        before = of(name, "OMIM:10", *patient, among=with_one(*terms))
        after = of(name, "OMIM:10", *patient, among=with_one(*terms, more))
        assert after >= before - 1e-12


@given(some_terms)
def test_saying_what_a_term_implies_says_nothing_more(observed: frozenset[str]) -> None:
    implied = ONTOLOGY.closure(observed) - {ROOT}
    said, more = (features(CORPUS, Patient(tuple(terms))) for terms in (observed, implied))
    np.testing.assert_array_equal(said.values, more.values)
    assert said.most == more.most


def test_a_patient_without_terms_meets_every_disease_alike() -> None:
    for patient in (Patient(), Patient((PHENOTYPE,))):
        found = features(CORPUS, patient).values[:, [0, 2, 3, 4, 5]]
        assert (found == found[0]).all()


@st.composite
def described(draw: st.DrawFn) -> Disease:
    terms = draw(some_terms)
    stated = draw(st.dictionaries(st.sampled_from(sorted(terms)), st.sampled_from((0.1, 0.5, 1.0))))
    excluded = draw(st.frozensets(st.sampled_from(COMPARABLE), max_size=2)) - terms
    return disease("OMIM:3", *terms, frequency=stated, excluded=excluded)


def rebuilt(new: Disease) -> Corpus:
    """The whole table made anew with another disease in its place, terms weighing as before."""
    diseases = {id_: disease(id_, *terms) for id_, terms in TERMS.items() if terms} | {new.id: new}
    annotated = Annotated.of(
        [diseases[id_] for id_ in CORPUS.diseases], CORPUS.graph, CORPUS.ontology
    )
    table = tabled(annotated, Implied.of(annotated, CORPUS.graph), CORPUS.ic)
    return replace(CORPUS, table=table, meet=partial(meet, CORPUS.scale, table))


@given(described(), some_terms, st.sampled_from(COMPARABLE))
def test_a_replaced_row_is_that_of_a_table_made_anew_and_no_other_moves(
    new: Disease, observed: frozenset[str], excluded: str
) -> None:
    patient = Patient(tuple(observed), (excluded,))
    patched = features(CORPUS.with_disease(new), patient)
    whole = features(rebuilt(new), patient)
    np.testing.assert_allclose(patched.values, whole.values, atol=1e-9)
    np.testing.assert_array_equal(patched.observed, whole.observed)
    elsewhere = np.arange(len(CORPUS.rows)) != CORPUS.rows[new.id]
    before = features(CORPUS, patient).values
    np.testing.assert_array_equal(patched.values[elsewhere], before[elsewhere])


def test_a_disease_that_is_added_moves_no_other_and_stands_behind_them() -> None:
    patient = Patient((FOCAL, WEAK))
    among = CORPUS.with_disease(disease("OMIM:10", FOCAL))
    before, after = features(CORPUS, patient), features(among, patient)
    assert after.diseases == (*before.diseases, "OMIM:10")
    assert after.reference == before.reference == len(CORPUS.diseases)
    np.testing.assert_array_equal(after.values[:-1], before.values)


def test_a_patch_upon_a_patch_keeps_both() -> None:
    first, second = disease("OMIM:10", FOCAL), disease("OMIM:2", WEAK)
    among = CORPUS.with_disease(first).with_disease(second)
    together = CORPUS.with_diseases([second, first])
    same(features(among, Patient((WEAK,))), features(together, Patient((WEAK,))))
    assert of("phenodigm", "OMIM:2", WEAK, among=among) == pytest.approx(1)
    assert of("phenodigm", "OMIM:10", FOCAL, among=among) == pytest.approx(1)


def test_a_disease_that_lost_its_terms_meets_nothing() -> None:
    among = CORPUS.with_disease(disease("OMIM:2"))
    found = features(among, Patient((RHYTHM,))).values[among.rows["OMIM:2"]]
    assert found.tolist() == [0, FLOOR, 0, 0, 0, 0, 0]
