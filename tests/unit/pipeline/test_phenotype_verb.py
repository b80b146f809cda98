"""`varinterp phenotype`: diseases for a list of terms, and what became of terms that are none."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo_runs import demo_config
from program import CliRunner, app
from varinterp.errors import InputError
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.pipeline.asked_terms import asked_terms

TANGO2_DISEASE = "OMIM:616878"
TERMS = ("HP:0003201", "HP:0002913", "HP:0001943")
ONTOLOGY = Ontology(
    (
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",), alt_ids=("HP:0002279",)),
        Term("HP:0002069", "Tonic seizure", ("HP:0001250",)),
        Term("HP:0000006", "Autosomal dominant inheritance", ("HP:0000001",)),
        Term("HP:0000100", "obsolete Old", obsolete=True, consider=("HP:0001250", "HP:0002069")),
        Term("HP:0000101", "obsolete Gone", obsolete=True),
    ),
    "2026-01-01",
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phenotype")
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(demo_config(folder)))
    return path


def typed(config: Path, *words: str) -> Any:
    done = CliRunner().invoke(app, ["phenotype", *words, "-c", str(config), "--json"])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_diseases_come_best_first_with_genes_and_modes(config: Path) -> None:
    told = typed(config, *TERMS, "--top", "5")
    weights = [each["log_lr"] for each in told["diseases"]]
    assert [each["rank"] for each in told["diseases"]] == [1, 2, 3, 4, 5]
    assert weights == sorted(weights, reverse=True)
    assert told["hpo"] == "2025-01-16"
    assert told["patient"]["observed"] == sorted(TERMS)
    assert all(each["match"] is None for each in told["diseases"])
    (of_gene,) = typed(config, *TERMS, "--gene", "tango2")["diseases"]
    assert of_gene["disease"] == TANGO2_DISEASE
    assert [gene["symbol"] for gene in of_gene["genes"]] == ["TANGO2"]
    assert of_gene["modes"] == ["autosomal_recessive"]
    assert of_gene["rank"] > 0


def test_a_gene_leaves_the_ranks_as_they_are_among_all(config: Path) -> None:
    everything = {
        each["disease"]: each["rank"]
        for each in typed(config, *TERMS, "--top", "20000")["diseases"]
    }
    (of_gene,) = typed(config, *TERMS, "--gene", "HGNC:25439")["diseases"]
    assert of_gene["rank"] == everything[TANGO2_DISEASE]
    (on_panel,) = typed(config, *TERMS, "--panel", "HP:0003201")["diseases"]
    assert on_panel == of_gene


def test_each_term_is_shown_beside_the_first_ones_on_request(config: Path) -> None:
    told = typed(config, *TERMS, "--top", "3", "--terms", "2")
    first, second, third = (each["match"] for each in told["diseases"])
    assert {row["term"] for row in first["rows"]} == set(TERMS)
    assert second is not None
    assert third is None


def test_a_phenopacket_brings_terms_sex_and_onset(config: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(
        json.dumps(
            {
                "id": "p",
                "subject": {"id": "x", "sex": "FEMALE"},
                "phenotypicFeatures": [
                    {"type": {"id": "HP:0003201"}},
                    {"type": {"id": "HP:0001250"}, "excluded": True},
                ],
                "diseases": [{"term": {"id": "X:1"}, "onset": {"age": {"iso8601duration": "P7M"}}}],
                "metaData": {},
            }
        )
    )
    told = typed(config, "--phenopacket", str(path), "--top", "1")
    assert told["patient"] == {
        "observed": ["HP:0003201"],
        "excluded": ["HP:0001250"],
        "onset": "HP:0003593",
        "sex": "female",
    }


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ((), "phenotype.nothing"),
        (("HP:9999999",), "phenotype.unknown"),
        (("seizure",), "phenotype.unknown"),
        (("HP:0003201", "--onset", "HP:0003201"), "onset.not_an_onset"),
        (("HP:0003201", "--gene", "NOSUCH"), "phenotype.gene"),
        (("HP:0003201", "--panel", "nosuch"), "phenotype.panel"),
        (("HP:0001250", "--excluded", "HP:0001250"), "phenotype.contradiction"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_rule(
    config: Path, words: tuple[str, ...], rule: str
) -> None:
    done = CliRunner().invoke(app, ["phenotype", *words, "-c", str(config)])
    assert isinstance(done.exception, InputError)
    assert rule in {fault.rule for fault in done.exception.faults}


def test_what_became_of_a_term_is_told() -> None:
    with pytest.raises(InputError) as caught:
        asked_terms(["HP:0000100", "HP:0000101", "HP:0000006", "tonic seizure"], [], ONTOLOGY)
    told = {fault.rule: str(fault) for fault in caught.value.faults}
    assert "HP:0001250 Seizure, HP:0002069 Tonic seizure" in told["phenotype.ambiguous"]
    assert "without a successor" in told["phenotype.retired"]
    assert "--onset" in told["phenotype.not_a_phenotype"]
    assert "type HP:0002069 for Tonic seizure" in told["phenotype.unknown"]


@pytest.mark.parametrize(
    ("typed_word", "advice"),
    [
        ("hp:0001250", "type HP:0001250 for Seizure"),
        ("HP_0001250", "type HP:0001250 for Seizure"),
        ("1250", "type HP:0001250 for Seizure"),
        ("HP:1251", "check the digits"),
        ("HP:9999999", "check the digits"),
        ("HP:0001250,HP:0002069", "separate terms by spaces"),
        ("HP:0001250; HP:0002069", "separate terms by spaces"),
        ("!HP:0001250", "--excluded"),
    ],
)
def test_a_misspelt_id_is_told_how_to_be_typed(typed_word: str, advice: str) -> None:
    with pytest.raises(InputError) as caught:
        asked_terms([typed_word], [], ONTOLOGY)
    (fault,) = caught.value.faults
    assert advice in fault.advice


def test_an_onset_of_a_phenopacket_that_cannot_be_used_is_said(
    config: Path, tmp_path: Path
) -> None:
    path = tmp_path / "p.json"
    began = {"ageRange": {"start": {"iso8601duration": "P3Y"}, "end": {"iso8601duration": "P9Y"}}}
    path.write_text(
        json.dumps(
            {
                "id": "p",
                "phenotypicFeatures": [{"type": {"id": "HP:0003201"}}],
                "diseases": [{"term": {"id": "X:1"}, "onset": began}],
                "metaData": {},
            }
        )
    )
    words = ["phenotype", "--phenopacket", str(path), "--top", "1", "-c", str(config)]
    assert "onset" in CliRunner().invoke(app, words).stderr
    assert "onset" not in CliRunner().invoke(app, [*words, "--onset", "childhood"]).stderr


def test_a_misspelt_gene_is_told_what_it_may_be(config: Path) -> None:
    done = CliRunner().invoke(app, ["phenotype", TERMS[0], "--gene", "TANGO22", "-c", str(config)])
    assert isinstance(done.exception, InputError)
    assert "is it TANGO2?" in str(done.exception.faults[0])


def test_a_replaced_id_is_used_and_said() -> None:
    asked = asked_terms(["HP:0002279"], [], ONTOLOGY)
    assert asked.patient.observed == ("HP:0001250",)
    assert [(each.written, each.term.id) for each in asked.replaced] == [
        ("HP:0002279", "HP:0001250")
    ]


@pytest.mark.parametrize(("language", "word"), [("en", "weight"), ("fr", "poids")])
def test_the_table_is_written_in_either_language(config: Path, language: str, word: str) -> None:
    words = ["phenotype", *TERMS, "--terms", "1", "--top", "2", "-l", language, "-c", str(config)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert word in done.output
    assert "OMIM:" in done.output
    assert "phenotype." not in done.output


def test_what_was_asked_is_printed_with_what_the_default_does_not_count(config: Path) -> None:
    asked = [TERMS[0], "-x", "HP:0001250", "--onset", "infantile", "--sex", "female"]
    shown = ["--gene", "TANGO2", "--terms", "20000", "-l", "fr", "-c", str(config)]
    printed = CliRunner().invoke(app, ["phenotype", *asked, *shown]).output
    assert "Recherchés et absents\N{NO-BREAK SPACE}: Seizure (HP:0001250)" in printed
    assert "Début\N{NO-BREAK SPACE}: Infantile onset (HP:0003593)" in printed
    assert "Sexe\N{NO-BREAK SPACE}: féminin" in printed
    (excluded,) = [line for line in printed.splitlines() if "recherché et absent " in line]
    assert excluded.rstrip().endswith("non compté")
