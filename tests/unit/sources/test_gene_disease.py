"""Gene-disease links: a closed vocabulary, a date each, and several diseases to a gene."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.sources.gene_disease import (
    COLUMNS,
    FORMER_SCHEMA,
    LINKS,
    LINKS_SCHEMA,
    read_gene_disease,
    read_gene_disease_tsv,
    read_stated_links,
    write_gene_disease,
)
from varinterp.sources.parquet import write_table

RECESSIVE = GeneDisease(
    hgnc="HGNC:25439",
    gene="TANGO2",
    disease="OMIM:616878",
    disease_name="Metabolic crises, recurrent",
    inheritance=Inheritance.AUTOSOMAL_RECESSIVE,
    mechanism=Mechanism.LOSS_OF_FUNCTION,
    known_since="2016-01-31",
    pmid="26805781;26805782",
    constructed=False,
    note="two papers",
)
INVENTED = replace(
    RECESSIVE,
    disease="MONDO:0000001",
    inheritance=Inheritance.AUTOSOMAL_DOMINANT,
    mechanism=Mechanism.NOT_ESTABLISHED,
    pmid=None,
    constructed=True,
    note="",
)
OTHER = replace(RECESSIVE, hgnc="HGNC:2847", gene="DGCR8", disease="PMID:31805011")
TSV = "\n".join(
    (
        "# where the facts come from",
        "\t".join(COLUMNS),
        "HGNC:25439\tTANGO2\tOMIM:616878\tMetabolic crises, recurrent\tautosomal_recessive\t"
        "loss_of_function\t2016-01-31\t26805781;26805782\tfalse\ttwo papers",
        "HGNC:25439\tTANGO2\tMONDO:0000001\tMetabolic crises, recurrent\tautosomal_dominant\t"
        "not_established\t2016-01-31\t\ttrue\t",
        "",
    )
)


def test_the_modes_are_the_four_modes() -> None:
    assert [mode.value for mode in Inheritance] == [
        "autosomal_dominant",
        "autosomal_recessive",
        "x_linked",
        "mitochondrial",
    ]


def test_links_come_back_grouped_by_gene_and_sorted(tmp_path: Path) -> None:
    assert write_gene_disease([OTHER, RECESSIVE, INVENTED], tmp_path) == 3
    assert read_gene_disease(tmp_path) == {
        "HGNC:25439": (INVENTED, RECESSIVE),
        "HGNC:2847": (OTHER,),
    }


def test_the_order_of_the_rows_does_not_change_the_bytes(tmp_path: Path) -> None:
    write_gene_disease([OTHER, RECESSIVE, INVENTED], tmp_path / "a")
    write_gene_disease([INVENTED, RECESSIVE, OTHER], tmp_path / "b")
    assert (tmp_path / "a" / LINKS).read_bytes() == (tmp_path / "b" / LINKS).read_bytes()


def test_a_release_without_links_is_empty(tmp_path: Path) -> None:
    write_gene_disease([], tmp_path)
    assert read_gene_disease(tmp_path) == {}


def test_the_table_reads_as_the_links_that_it_states(tmp_path: Path) -> None:
    path = tmp_path / "gene_disease.tsv"
    path.write_text(TSV)
    assert read_gene_disease_tsv(path) == (RECESSIVE, INVENTED)


def test_one_disease_may_run_in_two_modes(tmp_path: Path) -> None:
    both = [RECESSIVE, replace(RECESSIVE, inheritance=Inheritance.AUTOSOMAL_DOMINANT)]
    write_gene_disease(both, tmp_path)
    assert set(read_gene_disease(tmp_path)["HGNC:25439"]) == set(both)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("autosomal_recessive", "AR", "facts.tsv:3: unknown word 'AR' in column inheritance"),
        ("autosomal_recessive", "de_novo", "unknown word 'de_novo' in column inheritance"),
        ("loss_of_function", "LoF", "facts.tsv:3: unknown word 'LoF' in column mechanism"),
        ("\tfalse\t", "\tno\t", "facts.tsv:3: unknown word 'no' in column constructed"),
        ("\tfalse\t", "\t\t", "facts.tsv:3: unknown word '' in column constructed"),
        ("2016-01-31", "01/2016", "facts.tsv:3: unknown word '01/2016' in column known_since"),
        ("2016-01-31", "2016-02-31", "facts.tsv:3: 2016-02-31 is not a date"),
        ("OMIM:616878", "616878", "facts.tsv:3: unknown word '616878' in column disease"),
        ("HGNC:25439", "25439", "facts.tsv:3: unknown word '25439' in column hgnc"),
        ("26805781;26805782", "PMC1", "facts.tsv:3: unknown word 'PMC1' in column pmid"),
        ("\ttwo papers", "", "facts.tsv:3: 9 columns, expected 10"),
        ("\tmechanism\t", "\tmechanisms\t", "facts.tsv:2: expected the columns hgnc, gene"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_by_line_and_word(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "facts.tsv"
    path.write_text(TSV.replace(old, new, 1))
    with pytest.raises(ReleaseError, match=message):
        read_gene_disease_tsv(path)


def test_the_same_link_twice_is_refused_everywhere(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"HGNC:25439 OMIM:616878 autosomal_recessive .*twice"):
        write_gene_disease([RECESSIVE, replace(RECESSIVE, note="again")], tmp_path)
    path = tmp_path / "facts.tsv"
    path.write_text(TSV + TSV.splitlines()[2] + "\n")
    with pytest.raises(ReleaseError, match="twice"):
        read_gene_disease_tsv(path)


def test_an_unknown_word_in_a_stored_release_is_refused_by_row(tmp_path: Path) -> None:
    row = {
        **{name: getattr(RECESSIVE, name) for name in COLUMNS},
        "known_since": date(2016, 1, 31),
        "inheritance": "semidominant",
        "validity": "not_stated",
        "sources": [],
        "conflicting": False,
    }
    write_table(pa.Table.from_pylist([row], LINKS_SCHEMA), tmp_path / LINKS)
    with pytest.raises(ReleaseError, match=r"row 1: unknown word 'semidominant' in column inher"):
        read_gene_disease(tmp_path)


def test_a_missing_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be read"):
        read_gene_disease(tmp_path)


@pytest.mark.parametrize("validity", Validity)
def test_only_links_that_somebody_asserts_or_nobody_classed_raise_hypotheses(
    validity: Validity, tmp_path: Path
) -> None:
    link = replace(RECESSIVE, validity=validity, sources=(f"{validity}: somebody",))
    write_gene_disease([link], tmp_path)
    read = validity in {"definitive", "strong", "moderate", "supportive", "limited", "not_stated"}

    assert read_stated_links(tmp_path) == (link,)
    assert read_gene_disease(tmp_path) == ({"HGNC:25439": (link,)} if read else {})


def test_a_link_without_a_dated_statement_comes_back_without_a_date(tmp_path: Path) -> None:
    link = replace(RECESSIVE, known_since=None)
    write_gene_disease([link], tmp_path)
    assert read_stated_links(tmp_path) == (link,)


def test_a_release_of_before_the_classes_is_read_as_it_stands(tmp_path: Path) -> None:
    row = {name: getattr(RECESSIVE, name) for name in COLUMNS}
    row["known_since"] = date(2016, 1, 31)
    write_table(pa.Table.from_pylist([row], FORMER_SCHEMA), tmp_path / LINKS)
    assert read_gene_disease(tmp_path) == {"HGNC:25439": (RECESSIVE,)}
