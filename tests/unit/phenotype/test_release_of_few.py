"""Releases of one disease or none, and diseases that are described by former ids."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from phenotype_world import (
    CORPUS,
    FIT,
    FOCAL,
    FORMER_FIT,
    LEARNING,
    MODE,
    NERVE,
    ONTOLOGY,
    Patient,
    corpus,
    disease,
)
from varinterp.phenotype.content import information_content
from varinterp.phenotype.features import features
from varinterp.phenotype.graph import TermGraph
from varinterp.phenotype.ontology import Ontology, Term


def test_a_release_without_diseases_compares_nothing_and_breaks_nothing() -> None:
    empty = corpus([])
    found = features(empty, Patient((FIT,), (LEARNING,)))

    assert empty.diseases == found.diseases == ()
    assert found.values.shape[0] == 0
    assert not empty.ic.any()
    assert information_content(np.array([0, 0]), 0).tolist() == [0.0, 0.0]


def test_what_the_only_disease_has_is_sure() -> None:
    lone = corpus([disease("OMIM:1", FIT)])

    assert lone.scale.background[lone.graph.number[FIT]] == 1.0


def test_two_kinds_of_little_content_are_as_near_as_lin_says() -> None:
    found = features(CORPUS, Patient((NERVE,)))
    # Six of eight diseases have something of the nerve, four have slow learning.
    near = 2 * log(8 / 6) / (log(8 / 6) + log(8 / 4))
    assert found.column("lin_disease")[CORPUS.rows["OMIM:4"]] == pytest.approx(near)


def test_a_former_id_of_a_disease_s_term_counts_as_the_current_one() -> None:
    former = disease("OMIM:10", FORMER_FIT, LEARNING, frequency={FORMER_FIT: 0.5})
    current = disease("OMIM:10", FIT, LEARNING, frequency={FIT: 0.5})
    denied = replace(former, terms=frozenset({LEARNING}), excluded=frozenset({FORMER_FIT}))
    asked = Patient((FOCAL, LEARNING))
    found, same, without = (
        features(CORPUS.with_disease(each), asked) for each in (former, current, denied)
    )

    np.testing.assert_array_equal(found.values, same.values)
    assert without.column("bounded_lr")[-1] < found.column("bounded_lr")[-1]


def test_a_term_that_is_no_phenotype_is_refused_without_naming_it() -> None:
    with pytest.raises(LookupError, match="not a phenotypic abnormality") as refused:
        CORPUS.with_disease(disease("OMIM:10", MODE))
    assert MODE not in str(refused.value)


def test_what_was_taken_out_of_the_ontology_is_no_term_of_the_graph() -> None:
    gone = Term("HP:0000098", "gone", (FIT,), obsolete=True)

    assert gone.id not in TermGraph.of(Ontology((*ONTOLOGY, gone), "toy")).ids
