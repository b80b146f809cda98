"""What the validation of the phenotype scores rests on: its arithmetic, on examples by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from one_patient_out import without
from phenotype_baselines import NOTHING_IN_COMMON, Diseases, Graph, Lirical, Phenodigm
from phenotype_logistic import Choices, calibrate, fit
from published_cases import Published, fold_of, groups, onset_term
from ranking_figures import Clusters, rank_of, within
from spiked_page import filled

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease
from varinterp.phenotype.ontology import Ontology, Term

ROOT, HEART, RHYTHM, FAST, SLOW, EYE = (f"HP:{number:07}" for number in (118, 1, 2, 3, 4, 5))

PMID = "PMID:11111"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """All > heart > rhythm > {fast, slow}; all > eye."""
    parents = {ROOT: (), HEART: (ROOT,), RHYTHM: (HEART,), FAST: (RHYTHM,), SLOW: (RHYTHM,),
               EYE: (ROOT,)}  # fmt: skip
    return Ontology([Term(id_, id_, of) for id_, of in parents.items()], "2026-01-01")


def row(**given: Any) -> dict[str, Any]:
    return {
        "term": RHYTHM, "excluded": False, "observed": None, "examined": None, "reference": PMID,
    } | given  # fmt: skip


def counts(left: Mapping[str, Any] | None) -> tuple[int, int] | None:
    return None if left is None else (left["observed"], left["examined"])


@pytest.mark.parametrize(
    ("observed", "examined", "has", "left"),
    [
        (3, 5, True, (2, 4)),
        (3, 5, False, (3, 4)),
        (1, 5, True, None),
        (1, 1, True, None),
        (0, 1, False, None),
        (0, 4, False, (0, 3)),
        (5, 5, False, (5, 5)),
    ],
)
def test_counts_lose_the_patient(
    ontology: Ontology, observed: int, examined: int, has: bool, left: tuple[int, int] | None
) -> None:
    terms = ontology.closure([FAST]) if has else frozenset[str]()
    told = row(observed=observed, examined=examined)
    assert counts(without(told, PMID, terms, frozenset(), ontology)) == left


def test_a_row_of_other_publications_stays(ontology: Ontology) -> None:
    told = row(observed=1, examined=1, reference="PMID:22222")
    assert without(told, PMID, frozenset({RHYTHM}), frozenset(), ontology) is told


def test_a_row_without_counts_goes_only_when_the_patient_alone_may_have_made_it(
    ontology: Ontology,
) -> None:
    has = ontology.closure([FAST])
    assert without(row(), PMID, has, frozenset(), ontology) is None
    assert without(row(), PMID, frozenset(), frozenset(), ontology) is not None
    shared = row(reference=f"{PMID};PMID:22222")
    assert without(shared, PMID, has, frozenset(), ontology) is shared
    denied = row(excluded=True)
    assert without(denied, PMID, has, frozenset(), ontology) is denied
    assert without(denied, PMID, frozenset(), frozenset({HEART}), ontology) is None


def test_a_tie_counts_against_the_right_answer() -> None:
    assert rank_of(np.array([0.5, 0.9, 0.5, 0.1]), 0) == 3
    assert rank_of(np.array([0.5, 0.9, 0.5, 0.1]), 1) == 1


def test_micro_counts_patients_and_macro_counts_diseases() -> None:
    clusters = Clusters(["A", "A", "A", "B"])
    first = within(np.array([1, 1, 1, 7]), 1)
    assert clusters.micro(first).value == 75
    assert clusters.macro(first).value == 50
    assert clusters.micro(within(np.array([1, 1, 1, 7]), 10)).value == 100


def test_the_interval_resamples_diseases_and_not_patients() -> None:
    alike = Clusters(["A"] * 50 + ["B"] * 50)
    outcome = np.array([1.0] * 50 + [0.0] * 50)
    assert (alike.micro(outcome).low, alike.micro(outcome).high) == (0, 100)
    apart = Clusters([str(number) for number in range(100)])
    interval = apart.micro(outcome)
    assert 38 < interval.low < 45 < 55 < interval.high < 62


def patient(disease: str, gene: str) -> Published:
    return Published("p", (), (), disease, PMID, gene, Sex.UNKNOWN, None)


def test_patients_linked_by_gene_or_disease_are_of_one_group() -> None:
    of = groups([patient("1", "B"), patient("1", "C"), patient("2", "C"), patient("3", "D")])
    assert of == {"1": "B", "2": "B", "3": "D"}
    assert fold_of("B", 7, 5) == fold_of("B", 7, 5) < 5


@pytest.mark.parametrize(
    ("told", "term"),
    [
        (None, None),
        ("Congenital onset", "HP:0003577"),
        ("P3D", "HP:0003623"),
        ("P2M", "HP:0003593"),
        ("P1Y6M", "HP:0011463"),
        ("P30Y", "HP:0011462"),
    ],
)
def test_an_age_of_onset_becomes_the_term_of_its_band(told: str | None, term: str | None) -> None:
    assert onset_term(told) == term


@pytest.fixture(scope="module")
def diseases(ontology: Ontology) -> Diseases:
    described = [
        Disease("OMIM:1", "fast", frozenset({FAST}), {FAST: 0.5}),
        Disease("OMIM:2", "rhythm", frozenset({RHYTHM}), excluded=frozenset({SLOW})),
        Disease("OMIM:3", "eye", frozenset({EYE}), {EYE: 0.25}),
        Disease("OMIM:4", "heart", frozenset({HEART}), excluded=frozenset({FAST})),
    ]
    return Diseases.of(described, Graph(ontology))


def test_lirical_rates_a_term_by_how_it_meets_the_disease(diseases: Diseases) -> None:
    lirical, number = Lirical(diseases.graph, diseases), diseases.graph.index
    fast, none = np.array([number[FAST]]), np.array([], dtype=int)
    background = 0.5 / 4
    ratios = np.exp(lirical.scores(fast, none, diseases))
    assert ratios[0] == pytest.approx(0.5 / background, rel=1e-3)  # the term itself
    assert ratios[1] == pytest.approx(1 / 2 / background, rel=1e-3)  # one kind of two
    assert ratios[2] == pytest.approx(NOTHING_IN_COMMON, rel=1e-3)
    assert ratios[3] == pytest.approx(1 / 1000, rel=0.1)  # said not to be there
    rhythm = np.exp(lirical.scores(np.array([number[RHYTHM]]), none, diseases))
    assert rhythm[0] == pytest.approx(0.5 / (1.5 / 4), rel=1e-3)  # the disease has a kind of it


def test_lirical_rates_an_excluded_term(diseases: Diseases) -> None:
    lirical, number = Lirical(diseases.graph, diseases), diseases.graph.index
    none = np.array([], dtype=int)
    ratios = np.exp(lirical.scores(none, np.array([number[FAST]]), diseases))
    rest = 1 - 0.5 / 4
    assert ratios[0] == pytest.approx(0.5 / rest, rel=1e-3)
    assert ratios[2] == pytest.approx(1 / rest, rel=1e-3)
    assert ratios[3] == pytest.approx(1000, rel=0.1)


def test_phenodigm_is_one_for_the_patient_who_is_the_disease(diseases: Diseases) -> None:
    described = [
        Disease("OMIM:1", "fast", frozenset({FAST})),
        Disease("OMIM:2", "slow", frozenset({SLOW})),
        Disease("OMIM:3", "eye", frozenset({EYE})),
    ]
    phenodigm = Phenodigm(diseases.graph, described)
    against = Diseases.of(described, diseases.graph)
    fast, slow, eye = phenodigm.scores(np.array([diseases.graph.index[FAST]]), against)
    # Of three diseases two have a disorder of rhythm; fast and slow share three of five terms.
    near = np.sqrt(np.log2(3 / 2) * 3 / 5) / np.sqrt(np.log2(3))
    assert (fast, eye) == (1, 0)
    assert slow == pytest.approx(near, abs=1e-6)


def test_the_conditional_model_finds_the_weights_that_made_the_data() -> None:
    draw = np.random.default_rng(1)
    truth = np.array([1.5, 0.0, -0.7])
    measures = draw.normal(size=(4000, 30, 3))
    noisy = measures @ truth + draw.gumbel(size=(4000, 30))
    right = noisy.argmax(axis=1)
    for one, at in zip(measures, right, strict=True):
        one[[0, at]] = one[[at, 0]]
    made = Choices(measures, np.zeros((4000, 30)), np.ones(4000))
    everyone = np.ones(4000, bool)
    weights = fit(made, everyone, (0, 1, 2))
    assert weights == pytest.approx(truth, abs=0.08)
    calibrated = calibrate(2 * measures @ truth, made, everyone)
    assert calibrated.slope == pytest.approx(0.5, abs=0.05)
    assert calibrated.doubt < 0.02


def test_pieces_go_into_the_page_where_they_are_named_and_nowhere_else(tmp_path: Path) -> None:
    own = "<!-- spiked: one -->\n\nold\n\n<!-- end -->\n"
    page = f"a\n{own}b\n<!-- spiked: two -->\n\nkept\n\n<!-- end -->\n"
    (tmp_path / "one.md").write_text("new\n")
    once = filled(page, tmp_path)

    assert once == page.replace("old", "new")
    assert filled(once, tmp_path) == once
