"""Scores are read back as upstream printed them, to the last bit: cut-offs are compared with >=."""

import json
from pathlib import Path

import polars as pl
import pytest

from core_builders import ROOT
from varinterp.errors import ReleaseError
from varinterp.sources.alphamissense import LAYOUT as ALPHAMISSENSE
from varinterp.sources.cadd import LAYOUT as CADD
from varinterp.sources.phylop import LAYOUT as PHYLOP
from varinterp.sources.revel import LAYOUT as REVEL
from varinterp.sources.rules import read_rules
from varinterp.sources.score_layout import ScoreLayout, read_layout, write_layout
from varinterp.sources.spliceai import layout

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
LAYOUTS = (ALPHAMISSENSE, CADD, PHYLOP, REVEL, layout("masked"))


@pytest.mark.parametrize("shape", LAYOUTS, ids=lambda shape: shape.predictor)
def test_every_printed_score_comes_back_as_it_was(shape: ScoreLayout) -> None:
    unit = 10**shape.decimals
    texts = [
        f"{number / unit:.{shape.decimals}f}"
        for number in range(int(shape.least * unit), int(min(shape.most, 40) * unit))
    ]
    frame = pl.DataFrame({"score": [float(text) for text in texts]}).with_row_index("line")
    stored = shape.stored(frame, "score", Path("upstream"))

    assert shape.values(stored).to_list() == frame["score"].to_list()


@pytest.mark.parametrize("shape", LAYOUTS, ids=lambda shape: shape.predictor)
def test_every_cut_off_of_the_rules_can_be_met_exactly(shape: ScoreLayout) -> None:
    stem = f"predictor.{shape.predictor}."
    limits = [RULES.number(key) for key in RULES.values if key.startswith(stem)]
    frame = pl.DataFrame({"score": limits, "line": range(len(limits))})

    assert limits
    found = shape.values(shape.stored(frame, "score", Path("upstream")))
    assert found.to_list() == limits


@pytest.mark.parametrize("score", [-0.001, 1.001, 0.0001, float("nan"), float("inf")])
def test_what_is_no_score_is_refused(score: float) -> None:
    frame = pl.DataFrame({"score": [0.5, score], "line": [7, 8]})

    with pytest.raises(ReleaseError, match="upstream:8"):
        REVEL.stored(frame, "score", Path("upstream"))


def test_the_layout_is_written_and_read(tmp_path: Path) -> None:
    write_layout(tmp_path, layout("raw"))

    assert read_layout(tmp_path) == layout("raw")


@pytest.mark.parametrize("fault", ["{}", "[]", "x", '{"schema_version": 2}'])
def test_another_layout_is_refused(tmp_path: Path, fault: str) -> None:
    (tmp_path / "scores.json").write_text(fault)

    with pytest.raises(ReleaseError, match="rebuild the release"):
        read_layout(tmp_path)


def test_an_unknown_predictor_is_refused(tmp_path: Path) -> None:
    write_layout(tmp_path, REVEL)
    document = json.loads((tmp_path / "scores.json").read_text())
    (tmp_path / "scores.json").write_text(json.dumps({**document, "predictor": "eve"}))

    with pytest.raises(ReleaseError, match="eve"):
        read_layout(tmp_path)
