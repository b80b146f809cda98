"""Random pairs of releases: the changed keys are exactly those that answer otherwise."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import ROOT
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.sources.curations import (
    Curation,
    changed_curations,
    look_up_curations,
    write_curations,
)
from varinterp.sources.gene_disease import (
    changed_links,
    look_up_links,
    read_gene_disease,
    write_gene_disease,
)
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
GENES = ("HGNC:1", "HGNC:2", "HGNC:3")
DISEASES = ("OMIM:1", "OMIM:2")
FEW = settings(max_examples=40, deadline=None)

curation = st.builds(
    Curation,
    source=st.just("gencc"),
    hgnc=st.sampled_from(GENES),
    gene=st.sampled_from(("A", "B")),
    disease=st.sampled_from((*DISEASES, None)),
    disease_name=st.sampled_from(("a name", "another")),
    inheritance=st.sampled_from((*Inheritance, None)),
    stated_inheritance=st.sampled_from(("digenic", "somatic")),
    validity=st.sampled_from(Validity),
    stated_validity=st.sampled_from(("word", "other word")),
    mechanism=st.sampled_from(Mechanism),
    stated_mechanism=st.sampled_from(("", "gain of function")),
    curator=st.sampled_from(("one", "two")),
    dated=st.sampled_from((None, date(2020, 1, 1), date(2021, 1, 1))),
    pmid=st.sampled_from(("", "1;2")),
    record=st.sampled_from(("a", "b")),
)
link = st.builds(
    GeneDisease,
    hgnc=st.sampled_from(GENES),
    gene=st.just("A"),
    disease=st.sampled_from(DISEASES),
    disease_name=st.sampled_from(("a name", "another")),
    inheritance=st.sampled_from(Inheritance),
    mechanism=st.sampled_from(Mechanism),
    known_since=st.sampled_from((None, "2020-01-01", "2021-01-01")),
    pmid=st.sampled_from((None, "1;2")),
    validity=st.sampled_from(Validity),
    sources=st.sampled_from(((), ("limited: one",))),
    conflicting=st.booleans(),
)


@FEW
@given(st.lists(curation, max_size=6), st.lists(curation, max_size=6), st.data())
def test_changed_genes_are_those_whose_curations_differ(
    old: list[Curation], new: list[Curation], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(old), max_size=6)) if old else []
    with TemporaryDirectory() as root:
        before, after = Path(root, "old"), Path(root, "new")
        write_curations(old, before)
        write_curations([*new, *(replace(row, record="moved") for row in kept)], after)
        found = changed_curations(before, after, RULES)
        differing = {
            gene
            for gene in GENES
            if look_up_curations(before, gene) != look_up_curations(after, gene)
        }

    assert set(found["key"]) == differing
    assert not found.select("key", "kind").is_duplicated().any()


def unique(links: Iterable[GeneDisease]) -> list[GeneDisease]:
    return list({(each.hgnc, each.disease, each.inheritance): each for each in links}.values())


@FEW
@given(st.lists(link, max_size=6), st.lists(link, max_size=6))
def test_changed_genes_are_those_whose_links_differ_and_hold_every_changed_fact(
    old: list[GeneDisease], new: list[GeneDisease]
) -> None:
    with TemporaryDirectory() as root:
        before, after = Path(root, "old"), Path(root, "new")
        write_gene_disease(unique(old), before)
        write_gene_disease(unique([*new, *old[:3]]), after)
        found = changed_links(before, after, RULES)
        differing = {
            gene for gene in GENES if look_up_links(before, gene) != look_up_links(after, gene)
        }
        facts = [read_gene_disease(folder) for folder in (before, after)]
        moved = {gene for gene in GENES if facts[0].get(gene) != facts[1].get(gene)}

    assert set(found["key"]) == differing
    assert moved <= differing
