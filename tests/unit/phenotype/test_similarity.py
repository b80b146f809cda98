"""Comparing a patient with diseases: the score, the words for each term, and honest absence."""

import os
import subprocess
import sys
from dataclasses import dataclass
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.phenotype.ontology import Ontology, Term
from varinterp.phenotype.similarity import (
    InformationContent,
    MatchKind,
    PatientProfile,
    PhenotypeMatch,
    TermMatch,
    compare,
    compare_all,
    information_content,
)

ROOT, MODE, PHENOTYPE = "HP:0000001", "HP:0000005", "HP:0000118"
NERVE, FIT, FOCAL, LEARNING = "HP:0000010", "HP:0000011", "HP:0000012", "HP:0000013"
ABSENCE = "HP:0000014"
HEART, RHYTHM, WEAK = "HP:0000020", "HP:0000021", "HP:0000022"
UNSEEN = "HP:0000030"
ONTOLOGY = Ontology(
    (
        Term(ROOT, "All"),
        Term(MODE, "Mode of inheritance", (ROOT,)),
        Term(PHENOTYPE, "Phenotypic abnormality", (ROOT,)),
        Term(NERVE, "nerve", (PHENOTYPE,)),
        Term(FIT, "fit", (NERVE,), alt_ids=("HP:0000090",)),
        Term(FOCAL, "focal fit", (FIT,)),
        Term(ABSENCE, "absence fit", (FIT,)),
        Term(LEARNING, "slow learning", (NERVE,)),
        Term(HEART, "heart", (PHENOTYPE,)),
        Term(RHYTHM, "odd rhythm", (HEART,)),
        Term(WEAK, "weak heart", (HEART,)),
        Term(UNSEEN, "a finding that no disease has", (PHENOTYPE,)),
        Term("HP:0000099", "spell", obsolete=True, consider=(FIT, RHYTHM)),
    ),
    "toy",
)
DISEASES = {
    "OMIM:1": frozenset({FOCAL, LEARNING}),
    "OMIM:2": frozenset({RHYTHM}),
    "OMIM:3": frozenset({WEAK, LEARNING}),
    "OMIM:4": frozenset({LEARNING}),
    "OMIM:5": frozenset({NERVE}),
    "OMIM:6": frozenset({ABSENCE, WEAK}),
    "OMIM:7": frozenset({HEART}),
    "OMIM:8": frozenset({RHYTHM, LEARNING}),
    "OMIM:9": frozenset[str](),
}
IC = information_content(DISEASES, ONTOLOGY)
COMPARABLE = (NERVE, FIT, FOCAL, LEARNING, ABSENCE, HEART, RHYTHM, WEAK, UNSEEN)


@dataclass(frozen=True, slots=True)
class Patient:
    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def match(disease: str, *observed: str, excluded: tuple[str, ...] = ()) -> PhenotypeMatch:
    found = compare(Patient(observed, excluded), DISEASES[disease], ONTOLOGY, IC)
    assert found is not None
    return found


def only(disease: str, observed: str) -> TermMatch:
    (found,) = match(disease, observed).matches
    return found


def test_content_counts_diseases_by_the_true_path_and_ignores_unannotated_ones() -> None:
    assert IC.diseases == 8
    assert IC.of(FIT) == pytest.approx(log(8 / 2))
    assert IC.of(NERVE) == pytest.approx(log(8 / 6))
    assert IC.of(FOCAL) == pytest.approx(log(8))
    assert IC.of(PHENOTYPE) == 0


def test_a_term_of_no_disease_weighs_as_a_term_of_one() -> None:
    assert IC.of(UNSEEN) == pytest.approx(log(8))


def test_content_of_no_diseases_is_empty() -> None:
    assert information_content({}, ONTOLOGY) == InformationContent(0, {})
    assert information_content({}, ONTOLOGY).of(FIT) == 0


@pytest.mark.parametrize("disease", [name for name, terms in DISEASES.items() if terms])
def test_a_patient_with_exactly_the_terms_of_a_disease_scores_one(disease: str) -> None:
    assert match(disease, *DISEASES[disease]).score == 1


def test_the_score_is_the_mean_of_the_best_and_the_average_share() -> None:
    # Fit: {fit, nerve, phenotype, all}; focal fit adds itself, learning shares three of five.
    fit_focal = sqrt(log(4) * 4 / 5)
    fit_learning = sqrt(log(8 / 6) * 3 / 5)
    patient_covered = fit_focal / sqrt(log(4))
    disease_shown = (fit_focal + fit_learning) / (sqrt(log(8)) + sqrt(log(2)))
    best = fit_focal / sqrt(log(4))
    expected = (best + (patient_covered + disease_shown) / 2) / 2
    assert match("OMIM:1", FIT).score == pytest.approx(expected, abs=1e-6)


def test_a_finding_that_the_disease_does_not_explain_costs_and_so_does_an_unseen_one() -> None:
    assert match("OMIM:2", RHYTHM, FOCAL).score < match("OMIM:2", RHYTHM).score
    assert match("OMIM:8", RHYTHM).score < match("OMIM:8", RHYTHM, LEARNING).score


def test_a_disease_that_shares_more_scores_higher() -> None:
    scores = [match(disease, FOCAL, LEARNING).score for disease in ("OMIM:1", "OMIM:4", "OMIM:2")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1] > scores[2]


def test_nothing_in_common_is_a_score_of_zero_and_not_a_missing_one() -> None:
    found = match("OMIM:2", FIT)
    assert found.score == 0
    assert found.matches == (TermMatch(FIT, MatchKind.ABSENT),)


@pytest.mark.parametrize(
    ("observed", "disease"),
    [
        ((FIT,), "OMIM:9"),
        ((), "OMIM:1"),
        ((MODE,), "OMIM:1"),
        (("HP:7777777",), "OMIM:1"),
        (("HP:0000099",), "OMIM:1"),
        ((PHENOTYPE,), "OMIM:1"),
    ],
    ids=[
        "the disease is not annotated",
        "the patient has no term",
        "the only term is no phenotype",
        "the only term is unknown",
        "the only term is ambiguous",
        "the only term says nothing",
    ],
)
def test_without_anything_to_compare_the_answer_is_not_assessed(
    observed: tuple[str, ...], disease: str
) -> None:
    assert compare(Patient(observed), DISEASES[disease], ONTOLOGY, IC) is None


def test_a_disease_whose_only_term_says_nothing_is_not_assessed() -> None:
    assert compare(Patient((FIT,)), frozenset({PHENOTYPE}), ONTOLOGY, IC) is None


def test_terms_that_cannot_be_compared_are_named_and_do_not_count() -> None:
    with_noise = match("OMIM:1", FOCAL, MODE, "HP:7777777", "HP:0000099", LEARNING)
    assert with_noise.unused == (MODE, "HP:0000099", "HP:7777777")
    assert with_noise.score == match("OMIM:1", FOCAL, LEARNING).score


def test_an_alternative_id_counts_as_its_current_term() -> None:
    assert match("OMIM:1", "HP:0000090") == match("OMIM:1", FIT)
    assert match("OMIM:1", "HP:0000090", FIT) == match("OMIM:1", FIT)


def test_the_same_term_is_exact() -> None:
    assert only("OMIM:2", RHYTHM) == TermMatch(
        RHYTHM, MatchKind.EXACT, RHYTHM, RHYTHM, IC.of(RHYTHM)
    )


def test_a_kind_of_an_informative_disease_term_is_exact() -> None:
    found = compare(Patient((FOCAL,)), frozenset({FIT, ABSENCE}), ONTOLOGY, IC)
    assert found is not None
    assert found.matches == (TermMatch(FOCAL, MatchKind.EXACT, FIT, FIT, IC.of(FIT)),)


def test_a_kind_of_a_term_that_most_diseases_have_is_not_explained_by_it() -> None:
    assert only("OMIM:5", FOCAL) == TermMatch(FOCAL, MatchKind.ABSENT)


def test_a_broad_term_is_related_to_a_disease_that_has_a_kind_of_it() -> None:
    assert only("OMIM:1", NERVE) == TermMatch(
        NERVE, MatchKind.RELATED, LEARNING, NERVE, IC.of(NERVE)
    )


def test_two_kinds_of_an_informative_term_are_related() -> None:
    assert only("OMIM:6", FOCAL) == TermMatch(FOCAL, MatchKind.RELATED, ABSENCE, FIT, IC.of(FIT))


def test_two_kinds_of_a_term_that_most_diseases_have_are_not_related() -> None:
    assert only("OMIM:4", FOCAL) == TermMatch(FOCAL, MatchKind.ABSENT)


def test_equally_good_disease_terms_are_told_apart_by_id() -> None:
    found = compare(Patient((FIT,)), frozenset({ABSENCE, FOCAL}), ONTOLOGY, IC)
    assert found is not None
    assert found.matches[0].disease_term == FOCAL


def test_excluded_terms_are_listed_when_the_disease_has_them_and_leave_the_score_alone() -> None:
    plain = match("OMIM:1", LEARNING)
    found = match("OMIM:1", LEARNING, excluded=(RHYTHM, FIT, "HP:0000090", "HP:7777777"))
    assert found.excluded == (FIT,)
    assert found.score == plain.score
    assert found.matches == plain.matches


@given(
    st.lists(st.sampled_from(COMPARABLE), min_size=1, max_size=6, unique=True).flatmap(
        lambda terms: st.tuples(st.just(terms), st.permutations(terms))
    ),
    st.frozensets(st.sampled_from(COMPARABLE), min_size=1),
)
def test_scores_stay_between_zero_and_one_whatever_the_order(
    orders: tuple[list[str], list[str]], disease: frozenset[str]
) -> None:
    first, second = (compare(Patient(tuple(order)), disease, ONTOLOGY, IC) for order in orders)
    assert first == second
    assert first is not None
    assert 0 <= first.score <= 1
    assert {found.patient_term for found in first.matches} == set(orders[0])


@given(
    st.frozensets(st.sampled_from(COMPARABLE), min_size=1),
    st.frozensets(st.sampled_from(COMPARABLE), min_size=1),
)
def test_only_equal_sets_score_one(patient: frozenset[str], disease: frozenset[str]) -> None:
    found = compare(Patient(tuple(patient)), disease, ONTOLOGY, IC)
    same = compare(Patient(tuple(patient)), patient, ONTOLOGY, IC)
    assert found is not None
    assert same is not None
    assert same.score == 1
    assert (found.score == 1) == (patient == disease)


def test_many_diseases_at_once_agree_with_one_at_a_time() -> None:
    patient = Patient((FOCAL, WEAK), (RHYTHM,))
    together = compare_all(patient, DISEASES, ONTOLOGY, IC)
    assert together == {
        name: compare(patient, terms, ONTOLOGY, IC) for name, terms in DISEASES.items()
    }
    assert together["OMIM:9"] is None
    profile = PatientProfile(patient, ONTOLOGY, IC)
    assert [profile.score(terms) for terms in DISEASES.values()] == [
        found.score if found else None for found in together.values()
    ]


def test_the_order_of_a_set_in_memory_changes_nothing() -> None:
    script = (
        "from test_similarity import *\n"
        "print(compare_all(Patient((FOCAL, WEAK, LEARNING), (FIT,)), DISEASES, ONTOLOGY, IC))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join([os.path.dirname(__file__), *sys.path]),
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
