"""The rules file: every threshold has its source, and a wrong file is refused with every fault."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from core_builders import ROOT, RULES
from varinterp.errors import InputError
from varinterp.model.facts import RULE, Rule
from varinterp.sources.rules import Rules, read_rules

CORE = ROOT / "resources/rules/core-v1.yaml"
SOURCE = "Ghosh 2018, PMID 30311383"
VALID: dict[str, Any] = {
    "name": "core",
    "version": "1",
    "date": "2026-11-22",
    "rules": {"population.ba1": {"value": 0.05, "source": SOURCE}},
}


def read(folder: Path, document: object) -> Rules:
    path = folder / "rules.yaml"
    path.write_text(yaml.safe_dump(document))
    return read_rules(path)


def test_the_core_rules_are_read() -> None:
    rules = read_rules(CORE)

    assert (rules.name, rules.version) == ("core", "1")
    assert rules.number("population.ba1") == 0.05
    assert rules.facts()[(RULE.source, "population.ba1")] == Rule(0.05)
    assert len(rules.facts()) == len(rules.values) == len(RULES)


def test_every_threshold_names_a_publication_or_says_that_it_is_ours_or_unchecked() -> None:
    for key, entry in yaml.safe_load(CORE.read_text())["rules"].items():
        source = entry["source"]
        named = (
            r"PMID \d{7,8}|ClinGen SVI|ACGS|medRxiv 10|GATK|[Oo]ur|untrained|BA1|Li 2017"
            r"|not checked|Neither was"
        )
        assert re.search(named, source), key


def test_benign_thresholds_are_above_pathogenic_ones() -> None:
    number = read_rules(CORE).number

    assert number("population.pm2_recessive_max") < number("population.bs1")
    assert number("population.bs1") < number("population.ba1")
    assert number("predictor.spliceai.bp4") < number("predictor.spliceai.pp3")
    assert number("predictor.revel.bp4_supporting") < number("predictor.revel.pp3_supporting")


def test_the_gates_let_through_what_the_criteria_must_see() -> None:
    number = read_rules(CORE).number

    assert number("gate.rare_max") >= number("population.bs1")
    assert number("gate.stored_max") >= number("gate.rare_max")
    # alleles that ClinGen excepts from BA1 are more common than its limit
    assert number("gate.known_max") > number("population.ba1")


@pytest.mark.parametrize("day", ["2026-11-22", date(2026, 11, 22)])
def test_a_date_may_be_written_with_or_without_quotes(tmp_path: Path, day: object) -> None:
    assert read(tmp_path, {**VALID, "date": day}).date == "2026-11-22"


@pytest.mark.parametrize(
    ("value", "kept"),
    [(1, 1.0), (0.5, 0.5), ("revel", "revel"), (["a", "b"], ("a", "b")), ("0.5", "0.5")],
)
def test_a_value_is_a_number_a_word_or_a_list_of_words(
    tmp_path: Path, value: object, kept: object
) -> None:
    rules = read(tmp_path, {**VALID, "rules": {"a": {"value": value, "source": SOURCE}}})

    assert rules.values["a"].value == kept
    assert type(rules.values["a"].value) is type(kept)


@pytest.mark.parametrize(
    ("document", "column"),
    [
        (None, ""),
        ([1], ""),
        ({**VALID, "extra": 1}, "extra"),
        ({key: VALID[key] for key in ("name", "version", "rules")}, "date"),
        ({**VALID, "date": "yesterday"}, "date"),
        ({**VALID, "date": ""}, "date"),
        ({**VALID, "name": "Core Rules"}, "name"),
        ({**VALID, "version": 1}, "version"),
        ({**VALID, "rules": {}}, "rules"),
        ({**VALID, "rules": {"a": {"value": 1}}}, "rules.a.source"),
        ({**VALID, "rules": {"a": {"value": 1, "source": "me"}}}, "rules.a.source"),
        ({**VALID, "rules": {"a": {"source": SOURCE}}}, "rules.a.value"),
        ({**VALID, "rules": {"a": {"value": True, "source": SOURCE}}}, "rules.a.value.float"),
        (
            {**VALID, "rules": {"a": {"value": float("nan"), "source": SOURCE}}},
            "rules.a.value.float",
        ),
        ({**VALID, "rules": {"a": {"value": 1, "source": SOURCE, "unit": "%"}}}, "rules.a.unit"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, document: object, column: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, document)

    assert (column or None) in [fault.column for fault in caught.value.faults]
    assert {fault.rule for fault in caught.value.faults} == {"rules.schema"}


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, {**VALID, "name": "", "version": 1, "date": "never"})

    assert {fault.column for fault in caught.value.faults} == {"name", "version", "date"}


def test_a_threshold_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("name: core\nname: core\n")

    with pytest.raises(InputError, match="given twice"):
        read_rules(path)


def test_a_word_is_no_number() -> None:
    rules = read_rules(CORE)

    for key in ("predictor.missense", "population.ba1_exceptions"):
        with pytest.raises(TypeError, match=key):
            rules.number(key)
    with pytest.raises(KeyError):
        rules.number("no.such.rule")


@pytest.mark.parametrize("word", [0.5, "yes", ["shown"]])
def test_a_rule_that_is_one_word_of_a_few_takes_no_other(tmp_path: Path, word: object) -> None:
    rules = {"population.local_use": {"value": word, "source": SOURCE}}
    with pytest.raises(InputError, match=r"population\.local_use is one of shown, counted"):
        read(tmp_path, {**VALID, "rules": rules})


@pytest.mark.parametrize("word", ["shown", "counted"])
def test_a_laboratory_says_whether_its_own_counts_count(tmp_path: Path, word: str) -> None:
    rules = {"population.local_use": {"value": word, "source": SOURCE}}
    assert read(tmp_path, {**VALID, "rules": rules}).values["population.local_use"] == Rule(word)
