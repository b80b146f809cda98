"""The trained weights that are in force are those of the record of their training."""

import yaml

from core_builders import ROOT
from varinterp.phenotype.features import FEATURES
from varinterp.phenotype.fusion import FUSED
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
RECORD = yaml.safe_load((ROOT / "resources/phenotype/logistic-v1.yaml").read_text())


def test_the_weights_in_force_are_those_of_the_record() -> None:
    in_force = {name: RULES.number(f"phenotype.logistic.{name}") for name in FEATURES}
    assert in_force == RECORD["weights"]


def test_the_constants_in_force_are_those_of_the_record() -> None:
    for method, constants in RECORD["calibration"].items():
        assert {
            name: RULES.number(f"phenotype.{method}_{name}") for name in ("slope", "doubt")
        } == constants, method
    assert RECORD["calibration"].keys() == {"fusion", "logistic"}


def test_the_record_says_what_it_was_trained_on() -> None:
    needed = {"hpo_release", "cases", "diseases", "folds", "seed", "date", "command", "figures"}
    assert needed <= RECORD["training"].keys()
    assert any(RECORD["weights"][name] > 0 for name in FUSED)
