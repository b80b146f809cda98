"""The ontology in numbers: ancestors with the least steps to them, and the organ of a term."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from phenotype_world import FIT, FOCAL, HEART, LEARNING, MODE, NERVE, ONTOLOGY, PHENOTYPE, ROOT
from varinterp.phenotype.graph import TermGraph
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.phenotype.ragged import Ragged, over_rows

GRAPH = TermGraph.of(ONTOLOGY)


def above(graph: TermGraph, term: str) -> dict[str, int]:
    """The ancestors of a term with the steps to them."""
    span = graph.above.span(graph.number[term])
    tops = zip(graph.above.values[span].tolist(), graph.steps[span].tolist(), strict=True)
    return {graph.ids[top]: far for top, far in tops}


def organ(graph: TermGraph, term: str) -> str | None:
    number = int(graph.organs[graph.number[term]])
    return None if number < 0 else graph.ids[number]


def test_it_holds_phenotypes_and_what_is_above_them() -> None:
    assert {ROOT, PHENOTYPE, FOCAL} <= GRAPH.number.keys()
    assert MODE not in GRAPH.number
    assert list(GRAPH.ids) == sorted(GRAPH.ids)


def test_ancestors_come_with_the_steps_to_them() -> None:
    assert above(GRAPH, FOCAL) == {FOCAL: 0, FIT: 1, NERVE: 2, PHENOTYPE: 3, ROOT: 4}


def test_of_two_ways_up_the_shorter_counts_and_gives_the_organ() -> None:
    both, near = "HP:0000040", "HP:0000041"
    graph = TermGraph.of(
        Ontology([*ONTOLOGY, Term(near, "near", (HEART,)), Term(both, "both", (FIT, HEART))], "toy")
    )
    assert above(graph, both)[PHENOTYPE] == 2
    assert organ(graph, both) == HEART
    assert [organ(graph, term) for term in (near, LEARNING, HEART)] == [HEART, NERVE, HEART]
    assert organ(graph, PHENOTYPE) is organ(graph, ROOT) is None


def test_of_two_organs_as_near_the_lower_id_is_shown() -> None:
    both = "HP:0000040"
    graph = TermGraph.of(Ontology([*ONTOLOGY, Term(both, "both", (HEART, NERVE))], "toy"))
    assert organ(graph, both) == NERVE


def test_an_ontology_without_phenotypes_is_empty() -> None:
    graph = TermGraph.of(Ontology([Term(ROOT, "All")], "toy"))
    assert len(graph) == len(graph.above) == len(graph.below) == 0


@st.composite
def ontologies(draw: st.DrawFn) -> Ontology:
    ids = [PHENOTYPE, *(f"HP:{number:07}" for number in range(200, 212))]
    terms = [Term(PHENOTYPE, "phenotype")]
    for place, id_ in enumerate(ids[1:], start=1):
        parents = draw(st.sets(st.sampled_from(ids[:place]), min_size=1, max_size=3))
        terms.append(Term(id_, "a term", tuple(sorted(parents))))
    return Ontology(terms, "drawn")


@given(ontologies())
def test_above_and_below_are_the_ontology_s(ontology: Ontology) -> None:
    graph = TermGraph.of(ontology)
    for number, id_ in enumerate(graph.ids):
        assert above(graph, id_).keys() == ontology.ancestors(id_)
        below = {graph.ids[each] for each in graph.below[number].tolist()}
        assert below == ontology.descendants(id_)


rows = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6)


@given(rows)
def test_rows_of_different_lengths_come_back(held: list[list[int]]) -> None:
    ragged = Ragged.of(held)
    assert [ragged[row].tolist() for row in range(len(ragged))] == held
    places, which = ragged.gather(np.arange(len(held))[::-1])
    expected = [(row, value) for row, values in enumerate(held[::-1]) for value in values]
    assert list(zip(which.tolist(), ragged.values[places].tolist(), strict=True)) == expected


@given(rows)
def test_rows_are_reduced_one_by_one_and_an_empty_one_is_zero(held: list[list[int]]) -> None:
    ragged = Ragged.of(held)
    values = ragged.values.astype(float)
    assert over_rows(np.add, values, ragged.starts).tolist() == [sum(row) for row in held]
    most = [max(row, default=0) for row in held]
    assert over_rows(np.maximum, values, ragged.starts).tolist() == most
