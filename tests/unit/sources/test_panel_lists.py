"""A laboratory's panels: the table and the YAML say the same, and every fault is told by line."""

from datetime import date
from pathlib import Path

import pytest

from varinterp.errors import InputError
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity
from varinterp.model.panel import PanelLevel
from varinterp.sources.curations import Curation, write_curations
from varinterp.sources.panel_list import ListedPanel, PanelGene, read_panel_list
from varinterp.sources.panels import (
    changed_panels,
    look_up_panel,
    read_panelapp_panels,
    read_panels,
    write_panels,
)

SYMBOLS = {"HGNC:25439": "TANGO2", "HGNC:2847": "DGCR8"}
TABLE = """# the laboratory's
panel\tversion\ttitle\thgnc\tgene\tlevel\tsource
crises\t1.2\tMetabolic crises\tHGNC:25439\tTANGO2\tgreen\tboard of May
crises\t1.2\tMetabolic crises\tHGNC:2847\tDGCR8\tred\tboard of May
goitre\t3\t\tHGNC:2847\tDGCR8\t\t
"""
YAML = """panels:
  - id: crises
    version: "1.2"
    title: Metabolic crises
    source: board of May
    genes:
      - {hgnc: "HGNC:25439", gene: TANGO2, level: green}
      - {hgnc: "HGNC:2847", gene: DGCR8, level: red}
  - id: goitre
    version: "3"
    genes: [{hgnc: "HGNC:2847", gene: DGCR8}]
"""


def listed(folder: Path, text: str, name: str = "panels.tsv") -> tuple[ListedPanel, ...]:
    (folder / name).write_text(text)
    return read_panel_list(folder / name, SYMBOLS)


def test_table_and_yaml_say_the_same(tmp_path: Path) -> None:
    found = listed(tmp_path, TABLE)
    assert found == listed(tmp_path, YAML, "panels.yaml")
    crises, goitre = found
    assert (crises.id, crises.version, crises.title) == ("crises", "1.2", "Metabolic crises")
    assert crises.genes == (
        PanelGene("HGNC:2847", "DGCR8", PanelLevel.RED),
        PanelGene("HGNC:25439", "TANGO2", PanelLevel.GREEN),
    )
    assert (goitre.title, goitre.genes[0].level) == ("goitre", PanelLevel.GREEN)


def test_every_fault_is_told_with_its_line_and_what_to_type(tmp_path: Path) -> None:
    rows = (
        "panel\tversion\thgnc\tgene\tlevel",
        "a\t1\tHGNC:25439\tDGCR8\tgreen",  # the symbol of another gene
        "a\t2\tHGNC:2847\tDGCR8\tgreen",
        "a\t2\tHGNC:2847\tDGCR8\tpurple",
        "b c\t\t2847\tDGCR8\t",
        "d\t1\tHGNC:2847\tDGCR8\t",
        "d\t2\tHGNC:25439\tTANGO2\t",
        "d\t1\tHGNC:2847\tDGCR8\t",
    )
    with pytest.raises(InputError) as caught:
        listed(tmp_path, "\n".join(rows) + "\n")
    assert [(fault.line, fault.rule) for fault in caught.value.faults] == [
        (2, "panels.gene"),
        (4, "panels.level"),
        (5, "panels.panel"),
        (5, "panels.version"),
        (5, "panels.hgnc"),
        (7, "panels.version"),
        (8, "panels.hgnc"),
    ]
    assert "TANGO2" in caught.value.faults[0].found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "panel\tversion\thgnc\n"),
        ("a.tsv", "panel\tversion\thgnc\tgene\tcolour\n"),
        ("a.tsv", "panel\tversion\thgnc\tgene\na\t1\tHGNC:2847\tDGCR8\tmore\n"),
        ("a.yaml", "panels: {}\n"),
        ("a.yaml", "genes: []\n"),
        ("a.yaml", "panels: [{id: a, version: '1'}]\n"),
        ("a.yaml", "panels: [{id: a, version: '1', genes: [{hgnc: 'HGNC:1', name: X}]}]\n"),
    ],
)
def test_another_form_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError) as caught:
        listed(tmp_path, text, name)
    assert caught.value.faults[0].rule == "panels.list"


def test_a_release_gives_back_what_was_listed_and_its_bytes_are_the_same(tmp_path: Path) -> None:
    panels = listed(tmp_path, TABLE)
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        assert write_panels(panels, folder) == 3
    assert read_panels(folders[0]) == {panel.id: panel for panel in panels}
    one, two = ((folder / "panels.parquet").read_bytes() for folder in folders)
    assert one == two
    assert look_up_panel(folders[0], "crises") == {
        "version": "1.2", "title": "Metabolic crises", "genes": 2,
    }  # fmt: skip
    assert look_up_panel(folders[0], "crises/HGNC:2847") == {"gene": "DGCR8", "level": "red"}
    assert look_up_panel(folders[0], "crises/HGNC:1") is None
    assert look_up_panel(folders[0], "other") is None


def test_two_releases_compare_by_panel_and_by_gene(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("old", "new")]
    later = TABLE.replace("\t1.2\t", "\t1.3\t").replace("DGCR8\tred", "DGCR8\tamber")
    for folder, text in zip(folders, (TABLE, later), strict=True):
        folder.mkdir()
        write_panels(listed(tmp_path, text), folder)
    changes = changed_panels(*folders)
    assert changes.select("key", "kind", "before", "after").rows() == [
        (
            "crises", "restated", "Metabolic crises, version 1.2", "Metabolic crises, version 1.3",
        ),
        ("crises/HGNC:2847", "restated", "DGCR8 red", "DGCR8 amber"),
    ]  # fmt: skip
    assert changed_panels(folders[0], folders[0]).height == 0


def curation(hgnc: str, gene: str, colour: str, mode: Inheritance | None, record: str) -> Curation:
    return Curation(
        source="panelapp_uk",
        hgnc=hgnc,
        gene=gene,
        disease=None,
        disease_name="Epilepsy",
        inheritance=mode,
        stated_inheritance="",
        validity=Validity.STRONG,
        stated_validity=colour,
        mechanism=Mechanism.NOT_ESTABLISHED,
        stated_mechanism="",
        curator="panel 402",
        dated=date(2026, 1, 1),
        pmid="",
        record=record,
    )


def test_panelapp_s_panels_keep_number_version_and_colour(tmp_path: Path) -> None:
    dominant, recessive = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
    write_curations(
        [
            curation("HGNC:1", "A", "green", dominant, "402@4.1"),
            curation("HGNC:1", "A", "green", recessive, "402@4.1"),
            curation("HGNC:2", "B", "not rated", None, "402@4.1"),
            curation("HGNC:2", "B", "red", None, "285@7.0"),
        ],
        tmp_path,
    )
    found = read_panelapp_panels(tmp_path)
    assert found.keys() == {"402", "285"}
    assert (found["402"].version, found["402"].title) == ("4.1", "Epilepsy")
    assert {gene.hgnc: gene.level for gene in found["402"].genes} == {
        "HGNC:1": PanelLevel.GREEN,
        "HGNC:2": PanelLevel.NOT_RATED,
    }


def test_a_panel_that_changed_while_its_pages_were_fetched_says_both_versions(
    tmp_path: Path,
) -> None:
    write_curations(
        [
            curation("HGNC:1", "A", "red", None, "402@4.2"),
            curation("HGNC:2", "B", "green", None, "402@4.1"),
            curation("HGNC:1", "A", "green", None, "402@4.1"),
        ],
        tmp_path,
    )
    panel = read_panelapp_panels(tmp_path)["402"]
    assert panel.version == "4.1 and 4.2"
    assert {gene.hgnc for gene in panel.genes} == {"HGNC:1", "HGNC:2"}
