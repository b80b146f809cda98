"""From measures to one score, and from a score to a likelihood ratio."""

from collections.abc import Mapping
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phenotype_world import (
    COMPARABLE,
    CONGENITAL,
    CORPUS,
    FIT,
    FOCAL,
    LEARNING,
    NERVE,
    RHYTHM,
    WEAK,
    Patient,
    disease,
)
from varinterp.model.facts import Rule
from varinterp.model.family import Sex
from varinterp.phenotype.calibration import Calibration, log_lr
from varinterp.phenotype.features import FEATURES, features
from varinterp.phenotype.fusion import FUSED, fusion, z_scores
from varinterp.phenotype.method import Method
from varinterp.phenotype.trained import Weights, trained

FOUND = features(CORPUS, Patient((FOCAL, WEAK), (LEARNING,)))


def numbers(**changed: float | str) -> Mapping[str, Rule]:
    stated: dict[str, float | str] = {
        "method": "fusion", "fusion_slope": 3, "fusion_doubt": 0.1, "logistic_slope": 1,
        "logistic_doubt": 0.2, "onset_weight": 1, "sex_weight": 1,
    }  # fmt: skip
    stated |= {f"logistic.{name}": 0.0 for name in FEATURES} | changed
    return {f"phenotype.{key}": Rule(value) for key, value in stated.items()}


def test_the_default_leaves_excluded_terms_out() -> None:
    assert (*FUSED, "excluded_lr") == FEATURES


def test_the_fusion_is_the_mean_of_z_scores() -> None:
    columns = [FOUND.column(name) for name in FUSED]
    expected = np.mean([(each - each.mean()) / each.std() for each in columns], axis=0)
    np.testing.assert_allclose(fusion(FOUND), expected)


def test_a_measure_that_tells_no_diseases_apart_is_zero_everywhere() -> None:
    assert not z_scores(features(CORPUS, Patient())).any()
    assert not fusion(features(CORPUS, Patient())).any()


@given(st.frozensets(st.sampled_from(COMPARABLE), min_size=1))
def test_an_added_disease_moves_no_other_s_score(terms: frozenset[str]) -> None:
    among = CORPUS.with_disease(disease("OMIM:10", *terms))
    patient = Patient((FOCAL, WEAK))
    before, after = fusion(features(CORPUS, patient)), fusion(features(among, patient))
    np.testing.assert_array_equal(after[:-1], before)


def test_the_best_disease_of_the_fusion_is_the_one_with_the_patient_s_terms() -> None:
    found = features(CORPUS, Patient((RHYTHM, LEARNING)))
    assert found.diseases[int(fusion(found).argmax())] == "ORPHA:8"


def test_a_model_weighs_z_scores_and_excluded_terms_as_they_are() -> None:
    weights = Weights((2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5))
    expected = 2 * z_scores(FOUND)[:, 0] + 0.5 * FOUND.column("excluded_lr")
    np.testing.assert_allclose(trained(FOUND, weights), expected)


def test_equal_weights_order_diseases_as_the_fusion_does() -> None:
    weights = Weights(tuple(1 / len(FUSED) if name in FUSED else 0.0 for name in FEATURES))
    np.testing.assert_allclose(trained(FOUND, weights), fusion(FOUND))


@pytest.mark.parametrize(
    ("scores", "slope", "doubt", "expected"),
    [
        ([0, 0, 0, 0], 3, 0.1, [1, 1, 1, 1]),
        ([log(3), 0, 0], 1, 0, [9 / 5, 3 / 5, 3 / 5]),
        ([log(3), 0, 0], 1, 0.5, [7 / 5, 4 / 5, 4 / 5]),
        ([log(3), 0, 0], 0, 0.5, [1, 1, 1]),
        ([2000, 0, 0, -2000], 5, 0.1, [0.1 + 0.9 * 4, 0.1, 0.1, 0.1]),
    ],
    ids=[
        "nothing tells them apart",
        "odds of three against an average disease",
        "half of it is doubt",
        "a slope of zero",
        "bounded by the number of diseases and by doubt",
    ],
)
def test_a_score_becomes_a_likelihood_ratio_against_an_average_disease(
    scores: list[float], slope: float, doubt: float, expected: list[float]
) -> None:
    found = np.exp(log_lr(np.array(scores, float), len(scores), Calibration(slope, doubt)))
    np.testing.assert_allclose(found, expected)


def test_only_the_release_s_own_diseases_are_average() -> None:
    calibration = Calibration(2, 0.1)
    own = np.array([1.0, 0.0, -1.0])
    more = log_lr(np.append(own, 9.0), 3, calibration)
    np.testing.assert_array_equal(more[:3], log_lr(own, 3, calibration))
    assert more[3] > more[0]


def test_an_added_disease_is_bounded_by_the_number_of_diseases_too() -> None:
    found = log_lr(np.array([1.0, 0.0, 2000.0]), 2, Calibration(3, 0.1))
    assert found[2] == pytest.approx(log(0.1 + 0.9 * 2))


@given(
    st.lists(st.floats(-50, 50), min_size=1, max_size=20),
    st.floats(0, 5),
    st.floats(0.01, 0.5),
)
def test_the_mean_ratio_is_one_and_the_order_is_the_score_s(
    scores: list[float], slope: float, doubt: float
) -> None:
    values = np.array(scores)
    found = log_lr(values, len(values), Calibration(slope, doubt))
    assert np.exp(found).mean() == pytest.approx(1)
    assert (found >= log(doubt) - 1e-9).all()
    assert (found <= log(len(values)) + 1e-9).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= -1e-9).all()


@given(
    st.lists(st.floats(-50, 50), min_size=2, max_size=20),
    st.floats(0, 5),
    st.floats(0.01, 0.5),
    st.floats(0, 3),
)
def test_a_phenotype_speaks_for_no_disease_by_more_than_its_terms_are_rare(
    scores: list[float], slope: float, doubt: float, most: float
) -> None:
    values = np.array(scores)
    found = log_lr(values, len(values), Calibration(slope, doubt), most)
    assert found.max() <= most + 1e-9
    assert np.exp(found).mean() == pytest.approx(1)
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= -1e-9).all()
    free = log_lr(values, len(values), Calibration(slope, doubt))
    if free.max() <= most:
        np.testing.assert_array_equal(found, free)
    elif most > 0:
        assert found.max() == pytest.approx(most, abs=1e-6)


def test_one_common_finding_does_not_make_a_disease_that_has_nothing_else_likely() -> None:
    found = features(CORPUS, Patient((LEARNING,)))
    usual = float(CORPUS.scale.background[CORPUS.graph.number[LEARNING]])
    weight = Method.read(numbers(fusion_doubt=0.01)).log_lr(CORPUS, found, None, Sex.UNKNOWN)
    assert weight.max() == pytest.approx(log(1 / usual))
    assert weight.argmax() == fusion(found).argmax()


def test_a_finding_and_what_it_is_a_kind_of_are_no_rarer_than_the_finding() -> None:
    alone, beside = (
        features(CORPUS, Patient((FOCAL,))),
        features(CORPUS, Patient((FOCAL, FIT, NERVE))),
    )
    assert beside.most == alone.most
    both = features(CORPUS, Patient((FOCAL, WEAK)))
    assert both.most == pytest.approx(alone.most + features(CORPUS, Patient((WEAK,))).most)


def test_without_terms_no_disease_is_likelier_than_another() -> None:
    found = features(CORPUS, Patient())
    assert found.most == 0
    assert not Method.read(numbers()).log_lr(CORPUS, found, None, Sex.UNKNOWN).any()


def test_without_diseases_there_is_nothing_to_weigh() -> None:
    assert log_lr(np.zeros(0), 0, Calibration(1, 0.1)).size == 0


def test_the_rules_choose_the_method_and_its_constants() -> None:
    assert Method.read(numbers()) == Method(Calibration(3, 0.1), None, 1, 1)
    chosen = Method.read(numbers(method="logistic", **{"logistic.phenodigm": 2.0}))
    assert chosen.calibration == Calibration(1, 0.2)
    assert chosen.weights == Weights((2.0, 0, 0, 0, 0, 0, 0))


@pytest.mark.parametrize("method", ["fusion", "logistic"])
def test_both_methods_give_one_ratio_a_disease(method: str) -> None:
    weights = {f"logistic.{name}": 0.5 for name in FEATURES}
    chosen = Method.read(numbers(method=method, **weights))
    found = chosen.log_lr(CORPUS, FOUND, None, Sex.UNKNOWN)
    assert found.shape == (len(CORPUS.diseases),)
    assert found[CORPUS.rows["OMIM:6"]] == found.max()


def test_a_word_in_the_place_of_a_number_is_refused() -> None:
    with pytest.raises(TypeError, match="onset_weight"):
        Method.read(numbers(onset_weight="much"))


def test_onset_and_sex_add_to_the_phenotype_by_their_weights() -> None:
    at_birth = disease("OMIM:10", RHYTHM, course={CONGENITAL: 1.0})
    of_girls = disease("OMIM:11", RHYTHM, LEARNING, sexes={RHYTHM: Sex.FEMALE})
    among = CORPUS.with_diseases([at_birth, of_girls])
    found = features(among, Patient((FOCAL,)))
    plain = Method.read(numbers()).log_lr(among, found, None, Sex.UNKNOWN)
    told = Method.read(numbers(onset_weight=2, sex_weight=3)).log_lr(
        among, found, CONGENITAL, Sex.MALE
    )
    added = dict(zip(among.diseases, (told - plain).tolist(), strict=True))
    # No disease of the release states an onset: each period is a ninth, congenital half of its own.
    assert added["OMIM:10"] == pytest.approx(2 * min(log(0.5 + 0.5 * 0.5 * 9), 1))
    assert added["OMIM:11"] == pytest.approx(3 * log(1 / 2))
    assert {added[id_] for id_ in CORPUS.diseases} == {0.0}
