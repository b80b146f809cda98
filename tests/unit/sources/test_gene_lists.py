"""Gene lists: what is read of them, what is refused, and what stands among the rules."""

from collections import Counter
from pathlib import Path

import pytest

from core_builders import ROOT
from varinterp.errors import InputError
from varinterp.model.facts import Rule
from varinterp.priority.weights import ListUse, Weights
from varinterp.sources.gene_lists import gene_list_files, read_gene_list, read_gene_lists
from varinterp.sources.rules import read_rules

LISTS = ROOT / "resources/gene_lists"
CORE = ROOT / "resources/rules/core-v1.yaml"
OWN = """
id: ours
version: "1"
date: 2026-11-23
use: laboratory
title: Our artefacts
entries:
  - says: strand bias
    source: internal note 14
    genes: [HGNC:25439 TANGO2]
    alleles: [22-20061538-G-A]
"""


def written(folder: Path, text: str = OWN, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_shipped_lists_are_among_the_rules_and_change_their_digest() -> None:
    plain, listed = read_rules(CORE), read_rules(CORE, (), [LISTS])
    weights = Weights.read(listed.values)

    assert weights.listed.keys() > Weights.read(plain.values).listed.keys() == set()
    assert listed.digest != plain.digest
    hla = weights.entry(ListUse.NOISE, "HGNC:4931")
    assert hla is not None
    assert (hla.says, "PMID 22294350" in hla.source) == ("hla", True)
    assert weights.entry(ListUse.SECONDARY, "HGNC:1100") is not None


def test_every_shipped_entry_has_a_published_source() -> None:
    for path in gene_list_files([LISTS]):
        for entry in read_gene_list(path).entries:
            assert "PMID" in entry.source or "doi" in entry.source


def test_acmgs_list_has_its_84_genes() -> None:
    found = read_gene_list(LISTS / "acmg-sf.yaml")

    assert found.title == "ACMG SF v3.3"
    assert len(found.values()) == 84
    assert {"secondary/HGNC:61", "secondary/HGNC:9080"} <= found.values().keys()  # ABCD1, PLN


def test_genes_that_ask_for_every_copy_name_their_mode() -> None:
    weights = Weights.read(read_rules(CORE, (), [LISTS]).values)
    modes = {
        name: weights.listed[use, name].mode
        for use, name in weights.listed
        if use is ListUse.SECONDARY
    }

    assert modes["HGNC:7527"] == modes["HGNC:4886"] == "autosomal_recessive"  # MUTYH, HFE
    assert modes["HGNC:1100"] == modes["HGNC:4296"] == ""  # BRCA1, GLA
    assert modes["HGNC:61"] == "x_linked"  # ABCD1: a woman with one allele has no finding
    assert Counter(modes.values()) == {"": 74, "autosomal_recessive": 9, "x_linked": 1}


def test_a_laboratorys_own_list_names_genes_and_alleles(tmp_path: Path) -> None:
    found = read_gene_lists([written(tmp_path)])

    said = Rule(("Our artefacts", "strand bias", "internal note 14"))
    assert found == {"laboratory/HGNC:25439": said, "laboratory/22-20061538-G-A": said}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("use: laboratory", "use: noise", "gene_list.schema"),
        ("use: laboratory", "use: decoration", "gene_list.schema"),
        ("HGNC:25439 TANGO2", "TANGO2", "gene_list.schema"),
        ("22-20061538-G-A", "22-20061538-G-G", "gene_list.schema"),
        ("genes: [", "inheritance: autosomal_recessive\n    genes: [", "gene_list.schema"),
        ("22-20061538-G-A", "22-20061538-GT-AT", "gene_list.schema"),
        ("22-20061538-G-A", "22-20061537-TG-TA", "gene_list.schema"),
        ("22-20061538-G-A]", "22-20061538-G-A, 22-20061538-G-A]", "gene_list.schema"),
        ("source: internal note 14", "source: me", "gene_list.schema"),
        ("id: ours", "id: theirs", "gene_list.name"),
    ],
)
def test_a_list_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert old in OWN
    with pytest.raises(InputError) as caught:
        read_gene_lists([written(tmp_path, OWN.replace(old, new))])

    assert caught.value.faults[0].rule == rule


def test_an_entry_of_nothing_is_refused(tmp_path: Path) -> None:
    text = OWN.partition("    genes:")[0]
    with pytest.raises(InputError, match="gene or allele"):
        read_gene_lists([written(tmp_path, text)])


def test_what_two_lists_name_is_refused(tmp_path: Path) -> None:
    one = written(tmp_path)
    two = written(tmp_path, OWN.replace("id: ours", "id: again"), "again.yaml")
    with pytest.raises(InputError) as caught:
        read_gene_lists([one, two])

    assert {fault.rule for fault in caught.value.faults} == {"gene_list.twice"}


def test_a_place_where_nothing_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        gene_list_files([tmp_path / "nowhere"])

    assert caught.value.faults[0].advice == "correct `gene_lists` in the configuration"
