"""When the disease began: terms by id or name, ages by HPO's limits, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from varinterp.errors import InputError, Severity
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.sources.hpo_onset import OnsetInput, check_onset, onset_of_age
from varinterp.sources.phenopacket import read_phenopacket
from varinterp.sources.sample_sheet import read_sheet

ONTOLOGY = Ontology(
    (
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",)),
        Term("HP:0003674", "Onset", ("HP:0000001",)),
        Term("HP:0003593", "Infantile onset", ("HP:0003674",), alt_ids=("HP:0003594",)),
        Term("HP:0003577", "Congenital onset", ("HP:0003674",)),
        Term("HP:0003599", "obsolete Onset", obsolete=True),
        Term("HP:0003600", "obsolete Old", obsolete=True, consider=("HP:0003577", "HP:0003593")),
    ),
    "2026-01-01",
)


def written(text: str) -> OnsetInput:
    return OnsetInput(text, "samples.tsv", 2, "onset")


@pytest.mark.parametrize("text", ["HP:0003593", "Infantile onset", "infantile", "INFANTILE ONSET"])
def test_a_term_is_given_by_its_id_or_its_name(text: str) -> None:
    assert check_onset(written(text), ONTOLOGY).term == "HP:0003593"


def test_a_replaced_id_is_brought_up_to_date_with_a_warning() -> None:
    found = check_onset(written("HP:0003594"), ONTOLOGY)
    assert found.term == "HP:0003593"
    assert [(each.rule, each.severity) for each in found.warnings] == [
        ("onset.replaced", Severity.WARN)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("HP:0001250", "onset.not_an_onset", "onset"),
        ("HP:0003674", "onset.not_an_onset", "onset"),
        ("HP:0003599", "onset.retired", "another"),
        ("HP:0003600", "onset.ambiguous", "HP:0003577"),
        ("HP:9999999", "onset.unknown", "Congenital onset"),
        ("early", "onset.unknown", "Infantile onset"),
        ("3 years", "onset.unknown", "Infantile onset"),
    ],
)
def test_what_is_no_onset_is_refused_with_what_to_type(text: str, rule: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        check_onset(written(text), ONTOLOGY)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.line, fault.column) == (rule, 2, "onset")
    assert told in f"{fault.expected} {fault.advice}"


def test_nothing_written_is_no_onset() -> None:
    assert check_onset(None, ONTOLOGY).term is None


@pytest.mark.parametrize(
    ("age", "term"),
    [
        ("P0D", "HP:0003623"),
        ("P27D", "HP:0003623"),
        ("P4W", "HP:0003593"),
        ("P11M", "HP:0003593"),
        ("P1Y", "HP:0011463"),
        ("P4Y11M", "HP:0011463"),
        ("P5Y", "HP:0003621"),
        ("P15Y6M", "HP:0003621"),
        ("P16Y", "HP:0011462"),
        ("P40Y", "HP:0003596"),
        ("P60Y", "HP:0003584"),
        ("P3Y6M2DT4H", "HP:0011463"),
        ("P", None),
        ("3Y", None),
        ("", None),
        ("PT4H", None),
    ],
)
def test_an_age_becomes_the_term_whose_limits_it_lies_in(age: str, term: str | None) -> None:
    assert onset_of_age(age) == term


def packet(folder: Path, **more: object) -> Path:
    path = folder / "p.json"
    document = {"id": "p", "subject": {"id": "x"}, "phenotypicFeatures": [], "metaData": {}}
    path.write_text(json.dumps({**document, **more}))
    return path


DISEASE = {"term": {"id": "OMIM:1", "label": "a disease"}}


@pytest.mark.parametrize(
    ("onset", "text"),
    [
        ({"ontologyClass": {"id": "HP:0003593", "label": "Infantile onset"}}, "HP:0003593"),
        ({"age": {"iso8601duration": "P7M"}}, "HP:0003593"),
        ({"gestationalAge": {"weeks": 20}}, "HP:0030674"),
    ],
)
def test_a_phenopacket_gives_the_onset_of_its_disease(
    tmp_path: Path, onset: object, text: str
) -> None:
    found = read_phenopacket(packet(tmp_path, diseases=[{**DISEASE, "onset": onset}]))
    assert found.onset is not None
    assert found.onset.text == text
    assert not found.onset_unclear


@pytest.mark.parametrize(
    "more",
    [
        {"subject": {"id": "x", "timeAtLastEncounter": {"age": {"iso8601duration": "P7M"}}}},
        {
            "phenotypicFeatures": [
                {
                    "type": {"id": "HP:0001250"},
                    "onset": {"ontologyClass": {"id": "HP:0003593"}},
                }
            ]
        },
        {"diseases": [DISEASE]},
        {"diseases": [{**DISEASE, "excluded": True, "onset": {"age": {"iso8601duration": "P1Y"}}}]},
    ],
)
def test_the_age_at_a_visit_or_of_a_feature_is_no_onset(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    found = read_phenopacket(packet(tmp_path, **more))
    assert (found.onset, found.onset_unclear) == (None, False)


def test_a_date_or_two_different_onsets_cannot_be_used_and_are_said(tmp_path: Path) -> None:
    dated = {**DISEASE, "onset": {"timestamp": "2020-01-01T00:00:00Z"}}
    two = [
        {**DISEASE, "onset": {"age": {"iso8601duration": age}}} for age in ("P1D", "P30Y")
    ]  # fmt: skip
    for diseases in ([dated], two):
        found = read_phenopacket(packet(tmp_path, diseases=diseases))
        assert (found.onset, found.onset_unclear) == (None, True)


def sheet(folder: Path, **cells: str) -> Path:
    (folder / "a.vcf").touch()
    row = {"family": "F", "person": "P", "affected": "yes", "vcf": "a.vcf", **cells}
    path = folder / "samples.tsv"
    path.write_text("\t".join(row) + "\n" + "\t".join(row.values()) + "\n")
    return path


def test_the_sheet_s_onset_goes_before_the_phenopacket_s(tmp_path: Path) -> None:
    said = {"onset": {"age": {"iso8601duration": "P7M"}}}
    packet(tmp_path, diseases=[{**DISEASE, **said}])
    read = read_sheet(sheet(tmp_path, phenopacket="p.json", onset="Congenital onset"))
    (family,) = read.families
    assert family.onset is not None
    assert family.onset.text == "Congenital onset"
    assert [each.rule for each in read.warnings] == ["sheet.two_onsets"]


def test_a_relative_s_onset_is_not_used(tmp_path: Path) -> None:
    path = sheet(tmp_path, hpo="HP:0001250", onset="", proband="yes")
    path.write_text(path.read_text() + "F\tM\tno\ta.vcf\t\tHP:0003577\tno\n")
    read = read_sheet(path)
    assert read.families[0].onset is None
    assert [each.rule for each in read.warnings] == ["sheet.relative_terms"]


def test_another_onset_is_another_input_of_the_family(tmp_path: Path) -> None:
    one, other = (
        read_sheet(sheet(tmp_path, hpo="HP:0001250", onset=onset)).families[0].facts()
        for onset in ("", "HP:0003577")
    )
    assert one != other
