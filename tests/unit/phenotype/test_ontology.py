"""The ontology: true path both ways, from every form of id, and what became of old ids."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.phenotype.ontology import Ontology, Status, Term

TERMS = (
    Term("HP:0000001", "All"),
    Term("HP:0000005", "Mode of inheritance", ("HP:0000001",)),
    Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
    Term("HP:0000010", "nerve", ("HP:0000118",)),
    Term("HP:0000011", "fit", ("HP:0000010",), alt_ids=("HP:0000090",)),
    Term("HP:0000012", "focal fit", ("HP:0000011",)),
    Term("HP:0000020", "heart", ("HP:0000118",), alt_ids=("HP:0000095",)),
    Term("HP:0000022", "fit of the heart", ("HP:0000011", "HP:0000020")),
    Term("HP:0000091", "old fit", obsolete=True, replaced_by=("HP:0000011",)),
    Term("HP:0000092", "older fit", obsolete=True, replaced_by=("HP:0000091",)),
    Term("HP:0000093", "spell", obsolete=True, consider=("HP:0000011", "HP:0000020")),
    Term("HP:0000094", "nothing", obsolete=True),
    Term("HP:0000095", "torn", obsolete=True, replaced_by=("HP:0000010",)),
    Term("HP:0000096", "one hint", obsolete=True, consider=("HP:0000011",)),
    Term("HP:0000097", "round", obsolete=True, replaced_by=("HP:0000098",)),
    Term("HP:0000098", "and round", obsolete=True, replaced_by=("HP:0000097",)),
)
FORMS_OF_FIT = {
    "current id": "HP:0000011",
    "alternative id": "HP:0000090",
    "replaced id": "HP:0000091",
    "id replaced twice": "HP:0000092",
}
ABOVE_FIT = {"HP:0000011", "HP:0000010", "HP:0000118", "HP:0000001"}
BELOW_FIT = {"HP:0000011", "HP:0000012", "HP:0000022"}


@pytest.fixture
def ontology() -> Ontology:
    return Ontology(TERMS, "2025-01-16")


@pytest.mark.parametrize("form", FORMS_OF_FIT.values(), ids=FORMS_OF_FIT.keys())
def test_ancestors_go_up_from_every_form_of_id(ontology: Ontology, form: str) -> None:
    assert ontology.ancestors(form) == ABOVE_FIT


@pytest.mark.parametrize("form", FORMS_OF_FIT.values(), ids=FORMS_OF_FIT.keys())
def test_descendants_go_down_from_every_form_of_id(ontology: Ontology, form: str) -> None:
    assert ontology.descendants(form) == BELOW_FIT


@pytest.mark.parametrize("container", [list, tuple, set, frozenset, iter, dict.fromkeys])
def test_closure_takes_any_collection(
    ontology: Ontology, container: Callable[[list[str]], Iterable[str]]
) -> None:
    both = container(["HP:0000012", "HP:0000020"])
    assert ontology.closure(both) == ABOVE_FIT | {"HP:0000012", "HP:0000020"}


def test_closure_refuses_one_id_taken_for_a_collection(ontology: Ontology) -> None:
    with pytest.raises(LookupError):
        ontology.closure("HP:0000011")


def test_closure_of_nothing_is_nothing(ontology: Ontology) -> None:
    assert ontology.closure(()) == frozenset()


def test_a_term_with_two_parents_has_the_ancestors_of_both(ontology: Ontology) -> None:
    assert ontology.ancestors("HP:0000022") == ABOVE_FIT | {"HP:0000022", "HP:0000020"}


def test_a_leaf_has_only_itself_below_it(ontology: Ontology) -> None:
    assert ontology.descendants("HP:0000012") == {"HP:0000012"}


def test_the_root_has_every_current_term_below_it(ontology: Ontology) -> None:
    assert ontology.descendants("HP:0000001") == {term.id for term in TERMS if not term.obsolete}


def test_asking_twice_gives_the_same_answer(ontology: Ontology) -> None:
    assert ontology.ancestors("HP:0000012") == ontology.ancestors("HP:0000012")
    assert ontology.descendants("HP:0000010") == ontology.descendants("HP:0000010")


@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12))
def test_below_is_the_mirror_of_above_in_any_graph(shape: list[list[int]]) -> None:
    names = [f"HP:{number:07d}" for number in range(len(shape))]
    terms = [
        Term(name, name, tuple(sorted({names[each] for each in parents if each < number})))
        for number, (name, parents) in enumerate(zip(names, shape, strict=True))
    ]
    ontology = Ontology(terms, "toy")
    for low in names:
        for high in names:
            assert (high in ontology.ancestors(low)) == (low in ontology.descendants(high))


def test_only_terms_under_phenotypic_abnormality_are_phenotypes(ontology: Ontology) -> None:
    assert ontology.is_phenotype("HP:0000012")
    assert ontology.is_phenotype("HP:0000118")
    assert not ontology.is_phenotype("HP:0000005")
    assert not ontology.is_phenotype("HP:0000001")


@pytest.mark.parametrize(
    ("written", "status", "meaning", "candidates"),
    [
        ("HP:0000011", Status.CURRENT, "HP:0000011", ()),
        ("HP:0000090", Status.REPLACED, "HP:0000011", ()),
        ("HP:0000091", Status.REPLACED, "HP:0000011", ()),
        ("HP:0000092", Status.REPLACED, "HP:0000011", ()),
        ("HP:0000093", Status.AMBIGUOUS, None, ("HP:0000011", "HP:0000020")),
        ("HP:0000094", Status.RETIRED, None, ()),
        ("HP:0000095", Status.AMBIGUOUS, None, ("HP:0000010", "HP:0000020")),
        ("HP:0000096", Status.AMBIGUOUS, None, ("HP:0000011",)),
        ("HP:0000097", Status.RETIRED, None, ()),
        ("HP:7777777", Status.UNKNOWN, None, ()),
        ("", Status.UNKNOWN, None, ()),
        ("fit", Status.UNKNOWN, None, ()),
    ],
)
def test_an_id_resolves_to_what_became_of_it(
    ontology: Ontology,
    written: str,
    status: Status,
    meaning: str | None,
    candidates: tuple[str, ...],
) -> None:
    resolution = ontology.resolve(written)
    assert resolution.status is status
    assert (resolution.term.id if resolution.term else None) == meaning
    assert resolution.candidates == candidates


@pytest.mark.parametrize("written", ["HP:0000093", "HP:0000094", "HP:7777777"])
def test_an_id_that_is_not_one_term_has_no_ancestors_and_is_not_repeated(
    ontology: Ontology, written: str
) -> None:
    with pytest.raises(LookupError, match="resolve it") as caught:
        ontology.ancestors(written)
    assert written not in str(caught.value)


def test_only_current_ids_are_in_the_ontology(ontology: Ontology) -> None:
    assert "HP:0000011" in ontology
    assert "HP:0000090" not in ontology
    assert "HP:0000091" not in ontology
    assert len(ontology) == len(list(ontology)) == len(TERMS)


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ((Term("HP:0000001", "a"), Term("HP:0000001", "b")), "defined twice"),
        ((Term("HP:0000001", "a", ("HP:0000002",)),), "not a current term"),
        (
            (Term("HP:0000001", "a", ("HP:0000002",)), Term("HP:0000002", "b", obsolete=True)),
            "not a current term",
        ),
        (
            (
                Term("HP:0000001", "a", ("HP:0000002",)),
                Term("HP:0000002", "b", ("HP:0000001",)),
            ),
            "in a circle",
        ),
    ],
)
def test_a_graph_that_is_no_ontology_is_refused(terms: tuple[Term, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Ontology(terms, "toy")
