"""Matching a patient with a disease: the words for each term, and honest absence."""

import os
import subprocess
import sys
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phenotype_world import (
    ABSENCE,
    COMPARABLE,
    CORPUS,
    FIT,
    FOCAL,
    FORMER_FIT,
    HEART,
    LEARNING,
    MODE,
    NERVE,
    ONTOLOGY,
    PHENOTYPE,
    RHYTHM,
    SPELL,
    TERMS,
    UNSEEN,
    WEAK,
    Patient,
    corpus,
    disease,
)
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.match import Matcher, MatchKind, PhenotypeMatch
from varinterp.phenotype.meeting import FLOOR
from varinterp.phenotype.ontology import Ontology, Term

UNKNOWN = "HP:7777777"
CONTENT = {FIT: log(4), LEARNING: log(2), NERVE: log(8 / 6), RHYTHM: log(4)}


def matched(
    id_: str, *observed: str, excluded: tuple[str, ...] = (), among: Corpus = CORPUS
) -> PhenotypeMatch | None:
    matcher = Matcher(among, Patient(observed, excluded))
    return matcher.match(id_, matcher.features())


def only(id_: str, observed: str, among: Corpus = CORPUS) -> tuple[object, ...]:
    found = matched(id_, observed, among=among)
    assert found is not None
    (one,) = found.matches
    return one.kind, one.disease_term, one.shared, one.ic


@pytest.mark.parametrize(
    ("id_", "term", "kind", "theirs", "shared"),
    [
        ("OMIM:2", RHYTHM, MatchKind.EXACT, RHYTHM, RHYTHM),
        ("OMIM:5", FOCAL, MatchKind.ABSENT, None, None),
        ("OMIM:1", NERVE, MatchKind.RELATED, LEARNING, NERVE),
        ("OMIM:6", FOCAL, MatchKind.RELATED, ABSENCE, FIT),
        ("OMIM:4", FOCAL, MatchKind.ABSENT, None, None),
        ("OMIM:1", UNSEEN, MatchKind.ABSENT, None, None),
    ],
    ids=[
        "the same term",
        "a kind of a term that most diseases have is not explained by it",
        "a broad term beside a disease that has a kind of it",
        "two kinds of an informative term",
        "two kinds of a term that most diseases have",
        "a finding that no disease has",
    ],
)
def test_each_term_is_exact_related_or_absent(
    id_: str, term: str, kind: MatchKind, theirs: str | None, shared: str | None
) -> None:
    content = None if shared is None else pytest.approx(CONTENT[shared])
    assert only(id_, term) == (kind, theirs, shared, content)


def test_a_kind_of_an_informative_disease_term_is_exact() -> None:
    among = CORPUS.with_disease(disease("OMIM:10", FIT, ABSENCE))
    assert only("OMIM:10", FOCAL, among)[:2] == (MatchKind.EXACT, FIT)


def test_equally_good_disease_terms_are_told_apart_by_id() -> None:
    among = CORPUS.with_disease(disease("OMIM:10", ABSENCE, FOCAL))
    assert only("OMIM:10", FIT, among)[1] == FOCAL


@pytest.mark.parametrize(
    ("observed", "id_"),
    [
        ((FIT,), "OMIM:9"),
        ((FIT,), "OMIM:404"),
        ((), "OMIM:1"),
        ((MODE,), "OMIM:1"),
        ((UNKNOWN,), "OMIM:1"),
        ((SPELL,), "OMIM:1"),
        ((PHENOTYPE,), "OMIM:1"),
    ],
    ids=[
        "the disease is not annotated",
        "the disease is not known",
        "the patient has no term",
        "the only term is no phenotype",
        "the only term is unknown",
        "the only term is ambiguous",
        "the only term says nothing",
    ],
)
def test_without_anything_to_compare_the_answer_is_not_assessed(
    observed: tuple[str, ...], id_: str
) -> None:
    assert matched(id_, *observed) is None
    assert Matcher(CORPUS, Patient(observed)).kinds(id_) is None


def test_a_disease_whose_only_term_says_nothing_is_not_assessed() -> None:
    among = CORPUS.with_disease(disease("OMIM:10", PHENOTYPE))
    assert matched("OMIM:10", FIT, among=among) is None


def test_an_alternative_id_counts_as_its_current_term_and_once() -> None:
    assert matched("OMIM:1", FORMER_FIT) == matched("OMIM:1", FIT)
    assert matched("OMIM:1", FORMER_FIT, FIT) == matched("OMIM:1", FIT)


def test_terms_that_cannot_be_compared_are_named_and_do_not_count() -> None:
    noisy = Patient((FOCAL, MODE, UNKNOWN, SPELL, LEARNING))
    assert CORPUS.read(noisy).unused == (MODE, SPELL, UNKNOWN)
    assert matched("OMIM:1", *noisy.observed) == matched("OMIM:1", FOCAL, LEARNING)


def test_each_term_stands_under_its_organ() -> None:
    found = matched("OMIM:3", LEARNING, WEAK, UNSEEN, PHENOTYPE)
    assert found is not None
    organs = {each.patient_term: each.organ for each in found.matches}
    assert organs == {LEARNING: NERVE, WEAK: HEART, UNSEEN: UNSEEN, PHENOTYPE: None}


def test_each_term_shows_what_it_alone_weighs() -> None:
    found = matched("OMIM:1", FOCAL, RHYTHM)
    assert found is not None
    # One disease of eight has the focal fit; of an odd rhythm this one has nothing.
    assert [each.weight for each in found.matches] == [pytest.approx(log(8)), FLOOR]


@pytest.mark.parametrize(("term", "shown"), [(FIT, FIT), (NERVE, "HP:0000009")])
def test_an_excluded_term_stands_beside_itself_or_the_first_kind_of_it(
    term: str, shown: str
) -> None:
    early = Term("HP:0000009", "early fit", (FIT,))
    diseases = [disease(id_, *terms) for id_, terms in TERMS.items()]
    ontology = Ontology((*ONTOLOGY, early), "toy")
    among = corpus([*diseases, disease("OMIM:10", FIT, early.id)], ontology)
    found = matched("OMIM:10", FIT, excluded=(term,), among=among)
    assert found is not None
    assert [row.disease_term for row in found.excluded] == [shown]


def test_excluded_terms_that_the_disease_has_are_rows_of_their_own() -> None:
    plain = matched("OMIM:1", LEARNING)
    found = matched("OMIM:1", LEARNING, excluded=(RHYTHM, FIT, FORMER_FIT, UNKNOWN))
    assert plain is not None
    assert found is not None
    assert found.matches == plain.matches
    (row,) = found.excluded
    assert (row.patient_term, row.kind, row.disease_term) == (FIT, MatchKind.EXCLUDED, FOCAL)
    assert row.weight == 0, "nobody stated how frequent it is"


def test_an_excluded_term_weighs_by_its_stated_frequency() -> None:
    stated = disease("OMIM:10", FIT, LEARNING, frequency={FIT: 0.5})
    found = matched("OMIM:10", LEARNING, excluded=(FIT,), among=CORPUS.with_disease(stated))
    assert found is not None
    (row,) = found.excluded
    assert (row.disease_term, row.shared, row.organ) == (FIT, FIT, NERVE)
    assert row.weight == pytest.approx(log(0.5) - log(1 - 2 / 8))


def test_an_excluded_term_weighs_by_no_other_term_s_frequency() -> None:
    stated = disease("OMIM:10", FIT, WEAK, frequency={FIT: 0.5})
    found = matched("OMIM:10", FIT, excluded=(WEAK,), among=CORPUS.with_disease(stated))
    assert found is not None
    assert [(row.disease_term, row.weight) for row in found.excluded] == [(WEAK, 0.0)]


@given(
    st.lists(st.sampled_from(COMPARABLE), min_size=1, max_size=6, unique=True).flatmap(
        lambda terms: st.tuples(st.just(terms), st.permutations(terms))
    ),
    st.frozensets(st.sampled_from(COMPARABLE), min_size=1),
)
def test_the_order_of_terms_changes_nothing(
    orders: tuple[list[str], list[str]], terms: frozenset[str]
) -> None:
    among = CORPUS.with_disease(disease("OMIM:10", *terms))
    first, second = (matched("OMIM:10", *order, among=among) for order in orders)
    assert first == second
    assert first is not None
    assert {found.patient_term for found in first.matches} == set(orders[0])


def test_kinds_are_those_of_the_match() -> None:
    matcher = Matcher(CORPUS, Patient((FOCAL, WEAK, LEARNING), (RHYTHM,)))
    for id_ in TERMS:
        found = matcher.match(id_, matcher.features())
        kinds = None if found is None else tuple(each.kind for each in found.matches)
        assert matcher.kinds(id_) == kinds


def test_a_term_that_another_implies_has_its_row_and_is_not_counted() -> None:
    matcher = Matcher(CORPUS, Patient((FOCAL, FIT, WEAK)))
    found = matcher.match("OMIM:1", matcher.features())
    assert found is not None
    assert [each.patient_term for each in found.matches] == [FIT, FOCAL, WEAK]
    assert matcher.kinds("OMIM:1") == (MatchKind.EXACT, MatchKind.ABSENT)


def test_the_order_of_a_set_in_memory_changes_nothing() -> None:
    script = (
        "from test_match import *\n"
        "from varinterp.phenotype.fusion import fusion\n"
        "matcher = Matcher(CORPUS, Patient((FOCAL, WEAK, LEARNING), (FIT,)))\n"
        "print([matcher.match(each, matcher.features()) for each in TERMS])\n"
        "print(fusion(matcher.features()).tolist())"
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
