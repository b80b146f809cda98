"""Phenopackets: sex and features are read, version 1 and typing errors are refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToJson  # type: ignore[import-untyped]
from phenopackets.schema import v2

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
        ({"id": "p", "meta_data": {"phenopacket_schema_version": "1.0"}}, "metaData"),
        ({**PACKET, "proband": {}}, "proband"),
        ({"proband": 1, "pedigree": {}}, "the whole"),
    ],
)
def test_what_is_not_version_2_is_refused_by_place(
    tmp_path: Path, document: object, place: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_phenopacket(write(tmp_path, document))
    assert all(fault.rule == "phenopacket.field" for fault in caught.value.faults)
    assert any(place in (fault.column or "") for fault in caught.value.faults)


@pytest.mark.parametrize(
    "text",
    ["{", '{"id": "a", "id": "b"}', "[" * 100_000, "", '{"id": ' + "9" * 5000 + "}", "[]", "null"],
    ids=["cut", "a key twice", "too deep", "nothing", "a long number", "a list", "null"],
)
def test_bad_json_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_phenopacket(write(tmp_path, text))
    assert [fault.rule for fault in caught.value.faults] == ["phenopacket.json"]


def test_null_is_what_is_not_there_as_in_protobuf_s_json(tmp_path: Path) -> None:
    feature = {"type": {"id": "HP:0001250", "label": None}, "excluded": None, "onset": None}
    document = {**PACKET, "phenotypicFeatures": [feature], "diseases": None, "subject": None}
    content = read_phenopacket(write(tmp_path, document))
    assert content.sex is Sex.UNKNOWN
    assert [(term.text, term.excluded) for term in content.terms] == [("HP:0001250", False)]


@pytest.mark.parametrize(
    ("number", "sex"), [(0, Sex.UNKNOWN), (1, Sex.FEMALE), (2, Sex.MALE), (3, Sex.UNKNOWN)]
)
def test_a_sex_may_be_written_as_its_number(tmp_path: Path, number: int, sex: Sex) -> None:
    document = {**PACKET, "subject": {"id": "x", "sex": number}}
    assert read_phenopacket(write(tmp_path, document)).sex is sex


@pytest.mark.parametrize("sex", [4, -1, True, 1.0])
def test_a_number_that_is_no_sex_is_refused(tmp_path: Path, sex: object) -> None:
    with pytest.raises(InputError):
        read_phenopacket(write(tmp_path, {**PACKET, "subject": {"id": "x", "sex": sex}}))


@pytest.mark.parametrize("names_of_the_schema", [False, True])
def test_every_field_of_the_schema_is_legal(tmp_path: Path, names_of_the_schema: bool) -> None:
    packet = v2.Phenopacket()
    fill(packet)
    packet.meta_data.phenopacket_schema_version = "2.0.2"
    text = MessageToJson(packet, preserving_proto_field_name=names_of_the_schema)
    content = read_phenopacket(write(tmp_path, text))
    assert [(term.text, term.excluded) for term in content.terms] == [("HP:0001250", True)]
    assert content.sex is Sex.FEMALE


def fill(message: Any, depth: int = 0) -> None:
    """Set every field, of a choice the first; messages within messages to a depth of six."""
    chosen: set[str] = set()
    for field in message.DESCRIPTOR.fields:
        choice = field.containing_oneof
        if choice is not None and choice.name in chosen:
            continue
        chosen.update([] if choice is None else [choice.name])
        if field.message_type is None:
            set_value(message, field)
        elif depth < 6 and not field.message_type.GetOptions().map_entry:
            held = getattr(message, field.name)
            inner = held.add() if field.is_repeated else held
            inner.SetInParent()
            fill(inner, depth + 1)


def set_value(message: Any, field: Any) -> None:
    text = "HP:0001250" if field.name == "id" else "x"
    value = text if field.type == field.TYPE_STRING else 1
    if field.is_repeated:
        getattr(message, field.name).append(value)
    else:
        setattr(message, field.name, value)


def test_defaults_that_are_printed_are_legal(tmp_path: Path) -> None:
    packet = v2.Phenopacket(id="a")
    packet.meta_data.SetInParent()
    text = MessageToJson(packet, always_print_fields_with_no_presence=True)
    assert read_phenopacket(write(tmp_path, text)).terms == ()
