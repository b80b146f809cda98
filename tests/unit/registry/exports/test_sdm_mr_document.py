"""The SDM-MR document says what people signed, with its codes, and nothing that they did not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from core_builders import ROOT
from export_builders import (
    CODES,
    IMPASSE,
    RELEASES,
    TANGO2_DISEASE,
    TODAY,
    erased,
    result,
    signed,
    subject,
)
from sdm_mr_mutants import N
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_mr import sdm_mr
from varinterp.registry.exports.sdm_mr_settings import read_sdm_mr_settings

FILE = ROOT / "resources/registry/sdm-mr-v1.yaml"
SETTINGS = read_sdm_mr_settings(FILE)
PARENT = DiseaseCodes(
    release="2026-08-04",
    same={"MONDO:1": (TANGO2_DISEASE,), "MONDO:2": ("ORPHA:98006",)},
    classes={TANGO2_DISEASE: ("MONDO:1",), "ORPHA:98006": ("MONDO:2",)},
    parents={"MONDO:1": ("MONDO:2",)},
)


def _root(about: Subject, codes: DiseaseCodes = CODES, **options: Any) -> Any:
    return etree.fromstring(sdm_mr(about, codes, SETTINGS, TODAY, **options).content)


def _values(root: Any, code: str, attribute: str = "code") -> list[str]:
    path = f"//c:observation[c:code/@code='{code}']/c:value/@{attribute}"
    return [str(found) for found in root.xpath(path, namespaces=N)]


def test_a_signed_diagnosis_has_its_codes() -> None:
    root = _root(subject())

    assert root.xpath("string(c:templateId[3]/@root)", namespaces=N) == "1.2.250.1.213.1.1.1.30"
    assert root.xpath("string(c:code/@code)", namespaces=N) == "34133-9"
    assert _values(root, "282291009") == ["480864"]
    assert _values(root, "MED-072") == ["255545003"]
    assert _values(root, "MED-1284") == ["HP:0003201"]
    assert _values(root, "PAT-013") == ["767023003"]
    assert _values(root, "PAT-014", "value") == ["14"]
    assert _values(root, "PAT-062") == ["373068000"]
    assert _values(root, "MED-1286") == ["MED-084"]
    assert _values(root, "MED-552") == ["HGNC:25439"]
    assert _values(root, "MED-552", "codeSystem") == [SETTINGS.gene_system]


def test_both_alleles_are_described_with_the_signed_class() -> None:
    (said,) = _root(subject()).xpath(
        "//c:observation[c:code/@code='MED-1287']/c:value/text()", namespaces=N
    )

    assert "GRCh38:22-20061538-G-A" in said
    assert "GRCh38:22-20064000-C-T" in said
    assert said.count("classe 4 (probablement pathogène), signée le 2026-07-04") == 2


def test_what_nobody_signed_is_no_diagnosis() -> None:
    root = _root(subject(diagnosis=None, findings=()))

    assert _values(root, "282291009") == []
    assert _values(root, "282291009", "nullFlavor") == ["UNK"]
    assert _values(root, "MED-072") == ["385651009"]
    assert [_values(root, code) for code in ("MED-552", "MED-1286")] == [[], []]
    assert b"616878" not in etree.tostring(root)


def test_a_benign_finding_names_no_gene() -> None:
    root = _root(subject(findings=(signed(value=AcmgClass.BENIGN),)))

    assert _values(root, "MED-552") == []


def test_only_a_signed_act_writes_that_there_is_no_diagnosis_after_full_investigation() -> None:
    assert _values(_root(subject(diagnosis=IMPASSE, findings=())), "282291009") == ["616874"]
    assert b"616874" not in sdm_mr(subject(diagnosis=None), CODES, SETTINGS, TODAY).content


def test_a_broader_code_is_never_written_as_the_disease() -> None:
    root = _root(subject(), PARENT)
    (said,) = root.xpath("//c:observation[c:code/@code='MED-1287']/c:value/text()", namespaces=N)

    assert _values(root, "282291009", "nullFlavor") == ["OTH"]
    assert root.xpath("//c:translation/@code", namespaces=N) == ["616878"]
    assert f"{TANGO2_DISEASE} → ORPHA:98006 (broader, 1 step(s), Mondo 2026-08-04)" in said


def test_a_disease_without_a_mapping_is_said_to_have_none() -> None:
    root = _root(subject(), DiseaseCodes())
    (said,) = root.xpath("//c:observation[c:code/@code='MED-1287']/c:value/text()", namespaces=N)

    assert "OMIM:616878: not mapped" in said


def test_the_identity_is_masked() -> None:
    root = _root(subject())

    assert root.xpath("//c:patient//c:family/@nullFlavor", namespaces=N) == ["MSK"]
    assert root.xpath("//c:birthTime/@nullFlavor", namespaces=N) == ["MSK"]
    assert root.xpath("//c:patient//text()[normalize-space()]", namespaces=N) == []
    assert b"Reader" not in etree.tostring(root)


def test_the_document_names_releases_and_licences() -> None:
    content = sdm_mr(subject(), CODES, SETTINGS, TODAY).content.decode()

    assert all(f"{each.source} {each.release} ({each.licence})" in content for each in RELEASES)


def test_the_same_case_has_the_same_bytes_and_a_correction_names_what_it_corrects() -> None:
    first, again = (sdm_mr(subject(), CODES, SETTINGS, TODAY) for _ in range(2))
    corrected = sdm_mr(
        subject(diagnosis=IMPASSE), CODES, SETTINGS, TODAY, version=2, replaces=first.id
    )
    root = etree.fromstring(corrected.content)

    assert first == again
    assert corrected.id != first.id
    assert root.xpath("//c:parentDocument/c:id/@root", namespaces=N) == [first.id]
    assert root.xpath("c:setId/@root", namespaces=N) == etree.fromstring(first.content).xpath(
        "c:setId/@root", namespaces=N
    )


def test_every_reference_of_an_entry_leads_to_the_narrative() -> None:
    root = _root(subject())
    places = set(root.xpath("//c:content/@ID", namespaces=N))

    assert {value[1:] for value in root.xpath("//c:reference/@value", namespaces=N)} <= places


@pytest.mark.parametrize(
    ("about", "rule"),
    [
        (erased(), "export.erased"),
        (subject(appreciation=None), "sdm_mr.appreciation"),
    ],
)
def test_a_case_that_cannot_be_written_is_refused(about: Subject, rule: str) -> None:
    with pytest.raises(InputError) as caught:
        sdm_mr(about, CODES, SETTINGS, TODAY)

    assert [fault.rule for fault in caught.value.faults] == [rule]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('confirmed: "255545003"', 'confirmed: "999"'),
        ('  probable: "42425007"\n', ""),
        ("gene_system: 2.16.840.1.113883.6.281", "gene_system: HGNC"),
        ("appreciation: null", "appreciation: perhaps"),
        ("schema_version: 1", "schema_version: 1\nsurprise: 1"),
    ],
)
def test_wrong_settings_are_refused(before: str, after: str, tmp_path: Path) -> None:
    text = FILE.read_text("utf-8")
    assert before in text
    path = tmp_path / "sdm-mr.yaml"
    path.write_text(text.replace(before, after), "utf-8")

    with pytest.raises(InputError):
        read_sdm_mr_settings(path)


def test_the_gene_system_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "sdm-mr.yaml"
    path.write_text(FILE.read_text("utf-8").replace("113883.6.281\n", "113883.4.642.2.468\n"))
    settings = read_sdm_mr_settings(path)
    root = etree.fromstring(sdm_mr(subject(), CODES, settings, date(2026, 1, 1)).content)

    assert _values(root, "MED-552", "codeSystem") == ["2.16.840.1.113883.4.642.2.468"]


def test_a_document_of_another_phenotype_uses_the_document_when_nothing_was_observed() -> None:
    root = _root(subject(result(), observations=()))

    assert _values(root, "MED-1284") == ["HP:0003201"]
