"""Our checks catch every illegal one-field mutant of the genetic block, and no legal one."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from core_builders import ROOT
from export_builders import CODES, TODAY, subject
from sdm_mr_mutants import Mutant, N, mutants
from varinterp.registry.exports.sdm_mr import sdm_mr
from varinterp.registry.exports.sdm_mr_checks import check_genetic_block
from varinterp.registry.exports.sdm_mr_settings import SdmMrSettings, read_sdm_mr_settings

SETTINGS: SdmMrSettings = read_sdm_mr_settings(ROOT / Path("resources/registry/sdm-mr-v1.yaml"))


def document() -> Any:
    return etree.fromstring(sdm_mr(subject(), CODES, SETTINGS, TODAY).content)


MUTANTS = tuple(mutants(document()))
ILLEGAL = tuple(mutant for mutant in MUTANTS if not mutant.legal)


def _faults(root: Any) -> list[str]:
    return [fault.column or "" for fault in check_genetic_block(root, SETTINGS.gene_system)]


def test_there_are_26_illegal_mutants_of_32() -> None:
    assert (len(MUTANTS), len(ILLEGAL)) == (32, 26)


def test_the_document_itself_passes() -> None:
    assert _faults(document()) == []


@pytest.mark.parametrize("mutant", ILLEGAL, ids=str)
def test_an_illegal_mutant_is_caught_and_its_field_is_named(mutant: Mutant) -> None:
    assert mutant.field in _faults(mutant.root)


@pytest.mark.parametrize("mutant", [each for each in MUTANTS if each.legal], ids=str)
def test_a_legal_mutant_passes(mutant: Mutant) -> None:
    assert _faults(mutant.root) == []


@pytest.mark.parametrize(
    ("attribute", "value", "rule"),
    [
        ("code", "ORPHA:480864", "sdm_mr.code"),
        ("codeSystem", "9.9.9", "sdm_mr.system"),
        ("code", "616874", "sdm_mr.undiagnosed"),
        ("nullFlavor", "UNK", "sdm_mr.null_flavor"),
    ],
)
def test_the_disease_itself_is_checked(attribute: str, value: str, rule: str) -> None:
    root = document()
    disease = root.xpath("//c:observation[c:code/@code='282291009']/c:value", namespaces=N)[0]
    disease.set(attribute, value)

    assert rule in [fault.rule for fault in check_genetic_block(root, SETTINGS.gene_system)]


def test_an_entry_that_the_volet_does_not_know_is_named() -> None:
    root = document()
    root.xpath("//c:observation/c:code[@code='MED-552']", namespaces=N)[0].set("code", "MED-999")

    assert _faults(root) == ["MED-999"]


def test_a_document_without_a_diagnosis_is_no_genetic_block() -> None:
    root = document()
    for entry in root.xpath("//c:entry[c:act]", namespaces=N):
        entry.getparent().remove(entry)

    assert [each.rule for each in check_genetic_block(root, "9.9")] == ["sdm_mr.section"]


@pytest.mark.parametrize(
    ("code", "attribute", "value", "rule"),
    [
        ("PAT-014", "value", "many", "sdm_mr.quantity"),
        ("PAT-014", "unit", "kg", "sdm_mr.quantity"),
        ("MED-552", "nullFlavor", "UNK", "sdm_mr.null_flavor"),
    ],
)
def test_numbers_and_null_flavours_are_checked(
    code: str, attribute: str, value: str, rule: str
) -> None:
    root = document()
    path = f"//c:observation[c:code/@code='{code}']/c:value"
    root.xpath(path, namespaces=N)[0].set(attribute, value)

    assert rule in [fault.rule for fault in check_genetic_block(root, SETTINGS.gene_system)]
