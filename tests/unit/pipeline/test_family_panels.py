"""A family's panels: where each is found, what it holds, and what the gate refuses."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core_builders import DISEASES, HET, SINGLETON, TANGO2, candidate, case, link
from varinterp.model.case import Candidate
from varinterp.model.facts import FamilyGenotypes, GeneLinks
from varinterp.model.gene_disease import Validity
from varinterp.model.panel import AskedPanel, Panel, PanelLevel, PanelUse
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.pipeline.panels import Annotated, missing, no_panels, resolve, split
from varinterp.sources.panel_list import ListedPanel, PanelGene

OTHER = "HGNC:2847"
ONTOLOGY = Ontology(
    (
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",), alt_ids=("HP:0002279",)),
        Term("HP:0002069", "Tonic seizure", ("HP:0001250",)),
        Term("HP:0003201", "Rhabdomyolysis", ("HP:0000118",)),
    ),
    "2026-01-01",
)
DISEASE = DISEASES[TANGO2.hgnc]
ANNOTATED = Annotated(
    ONTOLOGY,
    {DISEASE: frozenset({"HP:0002069", "HP:0003201"}), "OMIM:100000": frozenset({"HP:0003201"})},
    {TANGO2.hgnc: GeneLinks((link(),)), OTHER: GeneLinks((link(hgnc=OTHER),))},
)
EPILEPSY = ListedPanel(
    "epilepsy", "2.1", "Epilepsies", "board",
    (
        PanelGene(TANGO2.hgnc, "TANGO2", PanelLevel.AMBER),
        PanelGene("HGNC:1", "A", PanelLevel.GREEN),
    ),
)  # fmt: skip


def carried(*genes: str) -> tuple[Candidate, ...]:
    calls = FamilyGenotypes((("proband", HET),))
    return tuple(candidate(f"22-{20061538 + at}-G-A", calls, hgnc) for at, hgnc in enumerate(genes))


def read(source: str) -> Mapping[str, ListedPanel] | None:
    held = {"panels": {"epilepsy": EPILEPSY}, "panelapp_uk": {"402": EPILEPSY}}
    return held.get(source)


def panel(name: str, annotated: Annotated = ANNOTATED) -> Panel:
    asked = replace(case(SINGLETON), panels=(AskedPanel(name, PanelUse.FILTER),))
    (found,) = resolve(asked, carried(TANGO2.hgnc, OTHER), read, annotated)
    assert found.asked == AskedPanel(name, PanelUse.FILTER)
    return found


@pytest.mark.parametrize(
    ("name", "source"), [("epilepsy", "panels"), ("panelapp_uk:402", "panelapp_uk")]
)
def test_a_listed_panel_gives_version_size_and_the_levels_of_the_case_s_genes(
    name: str, source: str
) -> None:
    found = panel(name)
    assert (found.source, found.title, found.version, found.size) == (
        source, "Epilepsies", "2.1", 2,
    )  # fmt: skip
    assert found.levels == ((TANGO2.hgnc, PanelLevel.AMBER),)


def test_a_derived_panel_holds_genes_of_diseases_with_the_term_or_a_kind_of_it() -> None:
    found = panel("HP:0001250")
    assert (found.title, found.version, found.size) == ("Seizure", "2026-01-01", None)
    assert found.levels == ((TANGO2.hgnc, PanelLevel.GREEN),)


def test_terms_joined_by_plus_have_to_be_one_disease_s_and_an_old_id_means_its_successor() -> None:
    assert len(panel("HP:0003201").levels) == 2
    assert panel("HP:0002279+HP:0003201").levels == ((TANGO2.hgnc, PanelLevel.GREEN),)


def test_a_disputed_link_puts_no_gene_on_a_derived_panel() -> None:
    disputed = replace(link(), validity=Validity.DISPUTED)
    links = {TANGO2.hgnc: GeneLinks((disputed,))}
    assert panel("HP:0001250", replace(ANNOTATED, links=links)).levels == ()


@pytest.mark.parametrize("name", ["goitre", "panelapp_uk:1", "panelapp_au:402", "HP:9999999"])
def test_a_panel_that_the_releases_lost_is_kept_as_asked_and_holds_nothing(name: str) -> None:
    found = panel(name)
    assert not found.known
    assert found.levels == ()


def test_the_gate_says_which_panels_are_not_there_and_why() -> None:
    asked = [
        AskedPanel(name)
        for name in ("epilepsy", "HP:0001250", "goitre", "panelapp_au:402", "HP:9999999")
    ]
    assert missing(asked, read, ONTOLOGY) == [
        "goitre, which the release of panels does not hold",
        "panelapp_au:402, of panelapp_au, which the lock does not name",
        "HP:9999999, which is no one current term",
    ]
    assert missing(asked[:1], no_panels, ONTOLOGY)


def test_a_panel_of_what_is_no_finding_would_be_empty_and_is_refused() -> None:
    asked = (AskedPanel("HP:0001250+HP:0000001"), AskedPanel("HP:0002279"))
    assert missing(asked, no_panels, ONTOLOGY) == ["HP:0000001, which describes no phenotype"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("epilepsy", ("panels", "epilepsy")),
        ("panelapp_uk:402", ("panelapp_uk", "402")),
        ("HP:0001250+HP:0003201", ("hpo", "HP:0001250+HP:0003201")),
    ],
)
def test_a_name_says_where_the_panel_is_from(name: str, place: tuple[str, str]) -> None:
    assert split(name) == place
