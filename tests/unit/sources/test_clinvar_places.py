"""Genes and diseases as ClinVar writes them, and what a release answers under their keys."""

import polars as pl
import pytest

from varinterp.sources.clinvar_places import Texts, diseases_of, genes_of, is_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("FBN1:2200", ["HGNC:3603"]),
        ("LOC113939944:113939944|FBN1:2200", ["HGNC:3603", "NCBIGene:113939944"]),
        ("FBN1:2200|FBN1:2200", ["HGNC:3603"]),
        ("FBN1:22001", ["NCBIGene:22001"]),
    ],
)
def test_a_gene_has_hgncs_id_or_ncbis(text: str, expected: list[str]) -> None:
    assert genes_of(pl.Series([text]), {"2200": "HGNC:3603"}).to_list() == [expected]


def test_without_hgncs_ids_every_gene_has_ncbis() -> None:
    assert genes_of(pl.Series(["FBN1:2200"]), {}).to_list() == [["NCBIGene:2200"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (".|.", []),
        ("MedGen:C3661900", []),
        (
            "MONDO:MONDO:0007947,MedGen:C0024796,OMIM:154700,Orphanet:558",
            ["MONDO:0007947", "OMIM:154700", "ORPHA:558"],
        ),
        ("MedGen:C4015293,OMIM:616126,Orphanet:ORPHA319563", ["OMIM:616126", "ORPHA:319563"]),
        (
            "Human_Phenotype_Ontology:HP:0000090,MONDO:MONDO:0019005,OMIM:PS256100,"
            "SNOMED_CT:204958008|.|MONDO:MONDO:0019005,OMIM:606966",
            ["MONDO:0019005", "OMIM:606966", "OMIM:PS256100"],
        ),
    ],
)
def test_a_disease_has_every_id_that_is_kept_once(text: str, expected: list[str]) -> None:
    assert diseases_of(pl.Series([text])).to_list() == [expected]


def test_a_text_has_one_number_in_every_block() -> None:
    texts = Texts()
    first = texts.numbers(pl.Series(["b", None, "a", "b"]))
    second = texts.numbers(pl.Series(["c", "a", ""]))
    every = pl.concat([first, second])
    assert texts.texts().gather(every).to_list() == ["b", "", "a", "b", "c", "a", ""]
    assert texts.texts().len() == 4
    assert texts.numbers(pl.Series([], dtype=pl.String)).len() == 0


def test_only_ids_of_genes_and_diseases_are_places() -> None:
    assert all(map(is_place, ("HGNC:1", "NCBIGene:1", "OMIM:154700", "MONDO:0007947", "ORPHA:1")))
    assert not any(map(is_place, ("ENST00000327374.9:154", "22-20061538-G-A", "T1:154")))
