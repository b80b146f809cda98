"""Phenopackets: sex and features are read, version 1 and typing errors are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from varinterp.errors import InputError
from varinterp.model.family import Sex
from varinterp.sources.phenopacket import read_phenopacket

PACKET: dict[str, Any] = {
    "id": "p",
    "subject": {"id": "x", "sex": "FEMALE", "timeAtLastEncounter": {"age": {}}},
    "phenotypicFeatures": [
        {"type": {"id": "HP:0001250", "label": "Seizure"}, "onset": {"age": {}}},
        {"type": {"id": "HP:0001251"}, "excluded": True},
    ],
    "diseases": [],
    "metaData": {"phenopacketSchemaVersion": "2.0"},
}


def write(folder: Path, document: object) -> Path:
    path = folder / "p.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def test_sex_and_features_are_read(tmp_path: Path) -> None:
    content = read_phenopacket(write(tmp_path, PACKET))
    assert content.sex is Sex.FEMALE
    assert [(term.text, term.excluded, term.number) for term in content.terms] == [
        ("HP:0001250", False, 1),
        ("HP:0001251", True, 2),
    ]


def test_snake_case_and_absent_sex_are_legal(tmp_path: Path) -> None:
    document = {"id": "p", "phenotypic_features": [], "meta_data": {}}
    assert read_phenopacket(write(tmp_path, document)).sex is Sex.UNKNOWN


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({**PACKET, "phenotypicFeature": []}, "phenotypicFeature"),
        ({**PACKET, "subject": {"id": "x", "sex": "WOMAN"}}, "subject.sex"),
        ({**PACKET, "phenotypicFeatures": [{"type": {"label": "Fit"}}]}, "phenotypicFeatures.0"),
        ({**PACKET, "phenotypicFeatures": [{"type": {"id": "HP:1"}, "negated": True}]}, "negated"),
        ({**PACKET, "metaData": {"phenopacketSchemaVersion": "1.0"}}, "metaData"),
        ({**PACKET, "proband": {}}, "proband"),
        ([PACKET], "the whole"),
    ],
)
def test_what_is_not_version_2_is_refused_by_place(
    tmp_path: Path, document: object, place: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_phenopacket(write(tmp_path, document))
    assert all(fault.rule == "phenopacket.field" for fault in caught.value.faults)
    assert any(place in (fault.column or "") for fault in caught.value.faults)


@pytest.mark.parametrize("text", ["{", '{"id": "a", "id": "b"}', "[" * 100_000, ""])
def test_bad_json_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_phenopacket(write(tmp_path, text))
    assert [fault.rule for fault in caught.value.faults] == ["phenopacket.json"]
