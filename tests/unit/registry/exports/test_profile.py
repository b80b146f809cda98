"""The profile is ours, is edited by hand, and every wrong path, word or code in it is told."""

from pathlib import Path

import pytest

from core_builders import ROOT
from varinterp.errors import Fault, InputError
from varinterp.registry.exports.profile import Level, Profile, read_profile

FILE = ROOT / "resources/registry/profile-v1.yaml"
RD_CDM = {
    "62374-4", "LP7824-8", "81290-9", "48004-6", "48005-3", "48018-6", "53034-5", "48002-0",
    "48019-4", "53037-8", "81304-8", "106221001", "progress_status", "interpretation_status",
}  # fmt: skip


def _edited(tmp_path: Path, before: str, after: str) -> Path:
    text = FILE.read_text("utf-8")
    assert before in text
    path = tmp_path / "profile.yaml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    return path


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_profile(path)
    return caught.value.faults


def test_the_profile_says_that_it_is_ours() -> None:
    profile = read_profile(FILE)

    assert "varinterp's own" in profile.notice
    assert "no public field list" in profile.notice


def test_the_genomic_elements_of_rd_cdm_are_in_it() -> None:
    codes = {field.code.code for field in read_profile(FILE).fields if field.code is not None}

    assert codes >= RD_CDM


def test_every_field_has_both_labels_and_a_path_of_its_level() -> None:
    profile: Profile = read_profile(FILE)

    assert all(field.label.en and field.label.fr and field.path for field in profile.fields)
    assert profile.at(Level.CASE) + profile.at(Level.FINDING) == profile.fields


@pytest.mark.parametrize(
    ("before", "after", "rule", "column"),
    [
        ("source: case.sex", "source: case.gender", "profile.path", "sex"),
        ("source: case.sex", "source: finding.gene", "profile.path", "sex"),
        ("code: 53037-8", "code: 53037-9", "profile.code", "clinical_significance"),
        ('code: "8116006"', 'code: "8116007"', "profile.code", "phenotypic_feature"),
        ("system: LOINC, code: 62374-4", "system: LIONC, code: 62374-4", "profile.system",
         "reference_genome"),
        ("terminology: HGNC", "terminology: HUGO", "profile.terminology", "gene"),
        ("      homozygous: {system: LOINC, code: LA6705-3, label: Homozygous}\n", "",
         "profile.values", "zygosity"),
        ("      homozygous:", "      homozygote:", "profile.values", "zygosity"),
        ("    type: decimal", "    type: integer", "profile.type", "mean_coverage"),
        ("  - field: prescription\n", "  - field: case\n", "profile.repeated", "case"),
        ("    source: finding.symbol", "    source: finding.symbol\n    values: {A: {system: HGNC,"
         " code: \"HGNC:1\", label: x}}", "profile.values", "gene_symbol"),
    ],
)  # fmt: skip
def test_a_wrong_edit_is_told_with_its_line(
    before: str, after: str, rule: str, column: str, tmp_path: Path
) -> None:
    path = _edited(tmp_path, before, after)
    (fault,) = _faults(path)

    assert (fault.rule, fault.column) == (rule, column)
    assert fault.line is not None
    assert f"field: {column}" in path.read_text("utf-8").splitlines()[fault.line - 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("schema_version: 1", "schema_version: 2"),
        ('cardinality: "1..1"', "cardinality: some"),
        ("    level: case", "    level: family"),
        ("label: {en: Sex, fr: Sexe}", "label: {en: Sex}"),
        ("source: case.sex", "source: case.sex\n    surprise: 1"),
    ],
)
def test_a_profile_of_another_shape_is_refused(before: str, after: str, tmp_path: Path) -> None:
    assert {fault.rule for fault in _faults(_edited(tmp_path, before, after))} == {"profile.schema"}


def test_every_fault_of_a_profile_is_told_at_once(tmp_path: Path) -> None:
    path = _edited(tmp_path, "source: case.sex", "source: case.gender")
    path.write_text(path.read_text("utf-8").replace("code: 53037-8", "code: 53037-9"), "utf-8")

    assert [fault.rule for fault in _faults(path)] == ["profile.path", "profile.code"]
