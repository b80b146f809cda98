"""The genomic record is what the profile says of what people signed."""

import json
from pathlib import Path
from typing import Any

import pytest

from core_builders import ROOT
from export_builders import CASE, CODES, IMPASSE, RELEASES, TODAY, erased, granted, signed, subject
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass
from varinterp.model.consent import ConsentScope
from varinterp.model.prescription import Prescription
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.profile import read_profile
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.sdm_g import genomic_record, record_json, record_tsv

FILE = ROOT / "resources/registry/profile-v1.yaml"


def _json(about: Subject, profile: Path = FILE, codes: DiseaseCodes = CODES) -> dict[str, Any]:
    written = record_json(genomic_record(about, read_profile(profile), codes, TODAY))
    document: dict[str, Any] = json.loads(written)
    return document


def _codes(row: dict[str, Any], field: str) -> list[str]:
    return [value["code"]["code"] for value in row[field]["values"]]


def test_a_solved_case_is_coded() -> None:
    document = _json(subject())
    first, second = document["findings"]

    assert _codes(document["case"], "genomic_diagnosis") == ["OMIM:616878"]
    assert _codes(document["case"], "progress_status") == ["SOLVED"]
    assert _codes(document["case"], "technique") == ["MED-084"]
    assert _codes(first, "clinical_significance") == ["LA26332-9"]
    assert _codes(first, "zygosity") == ["LA6706-1"]
    assert _codes(first, "interpretation_status") == ["CAUSATIVE"]
    assert _codes(first, "genomic_dna_change") == ["NC_000022.11:g.20061538G>A"]
    assert [_codes(each, "allele_origin") for each in (first, second)] == [
        ["maternal"],
        ["paternal"],
    ]
    assert first["clinical_significance"]["code"]["code"] == "53037-8"


def test_what_nobody_signed_is_no_part_of_it() -> None:
    document = _json(subject(diagnosis=None, findings=()))

    assert document["findings"] == []
    assert document["case"]["genomic_diagnosis"]["values"] == []
    assert _codes(document["case"], "progress_status") == ["IN_PROGRESS"]
    assert "likely_pathogenic" not in json.dumps(document)


def test_a_case_at_a_dead_end_says_so_when_it_was_signed() -> None:
    document = _json(subject(diagnosis=IMPASSE, findings=()))

    assert _codes(document["case"], "genomic_diagnosis") == ["ORPHA:616874"]
    assert _codes(document["case"], "progress_status") == ["UNSOLVED"]


def test_a_signed_class_that_is_not_reportable_is_no_cause() -> None:
    said = [
        _codes(_json(subject(findings=(signed(value=value),)))["findings"][0], field)[0]
        for value in (AcmgClass.UNCERTAIN, AcmgClass.BENIGN)
        for field in ("interpretation_status",)
    ]

    assert said == ["UNKNOWN_STATUS", "REJECTED"]


def test_an_edited_profile_changes_the_record(tmp_path: Path) -> None:
    edited = tmp_path / "profile.yaml"
    text = FILE.read_text("utf-8")
    text = text.replace("  - field: sex\n", "  - field: sexe_naissance\n")
    text = text.replace("code: LA26332-9, label: Likely", "code: LA6668-3, label: Likely")
    edited.write_text(text, "utf-8")
    document = _json(subject(), edited)

    assert "sexe_naissance" in document["case"]
    assert "sex" not in document["case"]
    assert _codes(document["findings"][0], "clinical_significance") == ["LA6668-3"]


def test_a_code_of_another_terminology_than_the_profiles_is_told(tmp_path: Path) -> None:
    edited = tmp_path / "profile.yaml"
    edited.write_text(
        FILE.read_text("utf-8").replace("terminology: OMIM|ORPHA|MONDO", "terminology: MONDO", 1)
    )
    with pytest.raises(InputError) as caught:
        _json(subject(), edited)

    assert [(each.rule, each.column) for each in caught.value.faults] == [
        ("sdm_g.code", "genomic_diagnosis")
    ]


def test_a_required_field_without_a_value_is_told(tmp_path: Path) -> None:
    edited = tmp_path / "profile.yaml"
    text = FILE.read_text("utf-8")
    start = text.index("  - field: meeting_before")
    edited.write_text(text[:start] + text[start:].replace('"0..1"', '"1..1"', 1), "utf-8")
    with pytest.raises(InputError, match="meeting_before"):
        _json(subject(), edited)


def test_the_table_has_a_line_a_finding_and_names_its_sources() -> None:
    record = genomic_record(subject(), read_profile(FILE), CODES, TODAY)
    lines = record_tsv(record).splitlines()
    head = [line for line in lines if line.startswith("#")]
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))

    assert {len(row) for row in rows} == {len(header)}
    assert [row[header.index("allele")] for row in rows] == [
        "GRCh38:22-20061538-G-A",
        "GRCh38:22-20064000-C-T",
    ]
    assert all(f"# {each.source} {each.release}, {each.licence}" in head for each in RELEASES)
    assert any("varinterp's own" in line for line in head)


def test_a_case_without_findings_has_a_line() -> None:
    record = genomic_record(subject(findings=()), read_profile(FILE), CODES, TODAY)
    rows = [line for line in record_tsv(record).splitlines() if not line.startswith("#")]

    assert len(rows) == 2
    assert rows[1].startswith(CASE)


def test_free_text_makes_no_cell_of_its_own() -> None:
    about = subject(prescription=Prescription("my\topathy\nx", "E-1"))
    record = genomic_record(about, read_profile(FILE), CODES, TODAY)

    assert "my opathy x" in record_tsv(record)


def test_the_same_case_has_the_same_bytes() -> None:
    one, two = (genomic_record(subject(), read_profile(FILE), CODES, TODAY) for _ in range(2))

    assert record_json(one) == record_json(two)
    assert record_tsv(one) == record_tsv(two)


def test_readers_and_prescribers_are_not_named() -> None:
    record = genomic_record(subject(), read_profile(FILE), CODES, TODAY)

    assert "Reader" not in record_json(record) + record_tsv(record)


def test_an_erased_case_is_refused() -> None:
    with pytest.raises(InputError, match=r"export\.erased"):
        genomic_record(erased(), read_profile(FILE), CODES, TODAY)


def test_care_needs_no_consent_to_research_and_stops_at_a_withdrawal() -> None:
    assert genomic_record(subject(consents=()), read_profile(FILE), CODES, TODAY).findings
    withdrawn = tuple(
        type(each)(each.scope, False, TODAY, each.person)
        for each in granted(ConsentScope.PRIMARY, people=("mother",))
    )
    with pytest.raises(InputError, match=r"export\.consent"):
        genomic_record(subject(consents=withdrawn), read_profile(FILE), CODES, TODAY)
