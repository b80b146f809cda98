"""SDM-MR against the agency's own schematron and examples, and the schematron against our checks.

Opt-in: `VARINTERP_SHARED_DATA` names a folder with `sdm-mr/`, a copy of the agency's public test
repository (ExemplesCDA, testcontenu/schematrons). It states no licence, so nothing of it is here.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from core_builders import ROOT
from export_builders import CODES, IMPASSE, TODAY, subject
from schematron import Schematron
from sdm_mr_mutants import N, mutants
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_mr import sdm_mr
from varinterp.registry.exports.sdm_mr_checks import check_genetic_block
from varinterp.registry.exports.sdm_mr_settings import read_sdm_mr_settings

pytestmark = pytest.mark.validation
saxonche = pytest.importorskip("saxonche")

FOLDER = Path(os.environ.get("VARINTERP_SHARED_DATA", "/nowhere")) / "sdm-mr"
EXAMPLES = ("nouveau-ne", "patiente-enceinte", "patiente-post-grossesse")
EXAMPLE_GENE_SYSTEM = "2.16.840.1.113883.4.642.2.468"
SETTINGS = read_sdm_mr_settings(ROOT / "resources/registry/sdm-mr-v1.yaml")


@pytest.fixture(scope="module")
def official() -> Schematron:
    if not FOLDER.is_dir():
        pytest.skip("VARINTERP_SHARED_DATA holds no sdm-mr")
    path = FOLDER / "testcontenu" / "schematrons" / "CI-SIS_SDM-MR_2024.01.sch"
    return Schematron(path, saxonche.PySaxonProcessor(license=False))


def _example(name: str) -> Any:
    return etree.parse(FOLDER / "ExemplesCDA" / f"SDM-MR_2024.01_{name}.xml").getroot()


def _text(root: Any) -> str:
    return str(etree.tostring(root, encoding="unicode"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_official_example_passes_the_schematron_and_our_checks(
    name: str, official: Schematron
) -> None:
    assert official.failures(_text(_example(name))) == []
    assert check_genetic_block(_example(name), EXAMPLE_GENE_SYSTEM) == ()


@pytest.mark.parametrize(
    ("about", "codes"),
    [
        (subject(), CODES),
        (subject(), DiseaseCodes()),
        (subject(diagnosis=None, findings=()), CODES),
        (subject(diagnosis=IMPASSE, findings=(), milestones=()), CODES),
    ],
    ids=["confirmed", "not mapped", "unsigned", "undiagnosed"],
)
def test_our_document_passes_the_schematron(
    about: Subject, codes: DiseaseCodes, official: Schematron
) -> None:
    content = sdm_mr(about, codes, SETTINGS, TODAY).content

    assert official.failures(content.decode().partition("?>")[2]) == []


def test_our_checks_catch_what_the_schematron_lets_pass(official: Schematron) -> None:
    caught: dict[str, list[str]] = {"schematron": [], "ours": [], "illegal": []}
    for mutant in mutants(_example("nouveau-ne")):
        ours = check_genetic_block(mutant.root, EXAMPLE_GENE_SYSTEM)
        theirs = official.failures(_text(mutant.root))
        if mutant.legal:
            assert (ours, theirs) == ((), []), mutant
            continue
        caught["illegal"].append(str(mutant))
        caught["ours"] += [str(mutant)] * (mutant.field in {fault.column for fault in ours})
        caught["schematron"] += [str(mutant)] * bool(theirs)
    print({name: len(found) for name, found in caught.items()})

    assert len(caught["illegal"]) == 26
    assert caught["ours"] == caught["illegal"]
    assert len(caught["schematron"]) == 11


def test_our_codes_are_those_of_the_examples(official: Schematron) -> None:
    ours = etree.fromstring(sdm_mr(subject(), CODES, SETTINGS, TODAY).content)
    path = "//c:section[c:templateId/@root='1.2.250.1.213.1.1.2.129']//c:observation/c:code"

    def named(root: Any) -> dict[str, tuple[str, str]]:
        return {
            each.get("code"): (each.get("codeSystem"), each.get("displayName"))
            for each in root.xpath(path, namespaces=N)
        }

    theirs = named(_example("nouveau-ne"))
    assert named(ours).items() <= theirs.items()
