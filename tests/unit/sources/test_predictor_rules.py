"""A laboratory may choose another predictor beforehand, and only one that is calibrated."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from core_builders import ROOT
from varinterp.errors import InputError
from varinterp.model.prediction import MISSENSE
from varinterp.sources.rules import Rules, read_rules

CORE: dict[str, Any] = yaml.safe_load((ROOT / "resources/rules/core-v1.yaml").read_text())
SOURCE = "A publication, PMID 12345678"


def read(tmp_path: Path, without: str = "no such key", /, **rules: object) -> Rules:
    """The core rules without those that start with a word, and with others."""
    kept = {key: entry for key, entry in CORE["rules"].items() if not key.startswith(without)}
    more = {
        key.replace("__", "."): {"value": value, "source": SOURCE} for key, value in rules.items()
    }
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({**CORE, "rules": {**kept, **more}}, sort_keys=False))
    return read_rules(path)


@pytest.mark.parametrize("tool", [tool.value for tool in MISSENSE])
def test_every_calibrated_predictor_may_be_chosen(tool: str, tmp_path: Path) -> None:
    assert read(tmp_path, predictor__missense=tool).values["predictor.missense"].value == tool


@pytest.mark.parametrize("tool", [tool.value for tool in MISSENSE])
@pytest.mark.parametrize("code", ["pp3", "bp4"])
def test_a_choice_whose_cut_offs_are_not_in_the_rules_is_refused(
    tool: str, code: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=f"{tool}, and the rules have no predictor.{tool}.{code}"):
        read(tmp_path, f"predictor.{tool}.{code}", predictor__missense=tool)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"predictor__missense": "spliceai"}, "predictor.missense is one of revel, "),
        ({"predictor__missense": "eve"}, "predictor.missense is one of"),
        ({"predictor__missense": ["revel", "cadd"]}, "predictor.missense is one of"),
        ({"predictor__missense": 0.5}, "predictor.missense is one of"),
        ({"predictor__eve__pp3_supporting": 0.5}, "predictor.eve.pp3_supporting is no cut-off"),
        ({"predictor__revel__pp3_suporting": 0.5}, "predictor.revel.pp3_suporting is no cut-off"),
        ({"predictor__revel__pp3_strong": "high"}, "predictor.revel.pp3_strong is a number"),
        ({"predictor__revel__pp3_strong": 0.7}, "pp3_strong is above predictor.revel.pp3_moderate"),
        ({"predictor__revel__bp4_supporting": 0.7}, "is above predictor.revel.bp4_supporting"),
        ({"predictor__cadd__bp4_strong": 18.0}, "bp4_moderate is above predictor.cadd.bp4_strong"),
    ],
)
def test_unsound_cut_offs_are_refused(
    rules: dict[str, object], message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, **rules)
