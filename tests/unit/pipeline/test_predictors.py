"""Predictors' scores of the candidates: the release before `CSQ`, the row's own transcript."""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sealed_releases import sealed
from upstream import alphamissense, cadd, phylop, revel, spliceai
from varinterp.annotate.key import keys
from varinterp.model.prediction import Predictor
from varinterp.pipeline.predictors import SCORE_FIELDS, with_scores
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material

UPSTREAM = {
    "alphamissense": alphamissense,
    "cadd": cadd,
    "phylop": phylop,
    "revel": revel,
    "spliceai": spliceai,
}
ROWS = pl.DataFrame(
    {
        "chromosome": ["22"] * 5,
        "position": pl.Series([20061538, 20061538, 20061538, 20061684, 20061529], dtype=pl.Int32),
        "ref": ["G", "G", "G", "G", "AGCAC"],
        "alt": ["A", "A", "A", "A", "A"],
        "transcript": [
            "ENST00000327374.9", "ENST00000456048.6", "ENST00000999999.1", None,
            "ENST00000327374.9",
        ],
        "gene": ["TANGO2", "DGCR8", "COMT", None, "TANGO2"],
        "revel": [0.1, None, 0.3, None, None],
        "alphamissense": [None, None, None, None, None],
        "bayesdel": [0.2, 0.2, None, None, None],
        "cadd": [1.0, 1.0, 1.0, 1.0, 1.0],
        "phylop": [None, None, None, None, None],
        "spliceai": [0.4, None, None, None, None],
        "spliceai_effect": ["donor_loss", None, None, None, None],
    },
    schema_overrides={name: pl.Float64 for name in ("alphamissense", "phylop")},
)  # fmt: skip
ROWS = ROWS.with_columns(keys(ROWS))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    root = tmp_path_factory.mktemp("refs")
    found = {}
    for source, module in UPSTREAM.items():
        files: Mapping[str, tuple[Path, ...]] = module.write(root / "upstream" / source)
        folder, scratch = root / source / "1", root / "scratch" / source
        folder.mkdir(parents=True)
        scratch.mkdir(parents=True)
        material = Material(source, "1", date(2026, 1, 1), files, {"scores": "raw"})
        adapter = import_module(f"varinterp.pipeline.references.{source}").ADAPTER
        built = adapter.build(material, Context(None, Releases({}), scratch), folder)
        found[source] = sealed(folder, built.rows, constructed=source == "spliceai")
    return Releases(found)


def cells(rows: pl.DataFrame, predictor: str) -> list[tuple[Any, ...] | None]:
    return [
        None if cell is None or cell["value"] is None else tuple(cell.values())
        for cell in rows[predictor]
    ]


def test_a_release_is_read_for_the_rows_own_transcript_or_gene(releases: Releases) -> None:
    found = with_scores(ROWS, releases)
    at = "release"

    assert cells(found, "revel") == [
        (0.772, at, None, False), (0.644, at, None, False), None, None, None,
    ]  # fmt: skip
    assert cells(found, "alphamissense") == [
        (0.7919, at, None, False), (0.5, at, None, False), None, None, None,
    ]  # fmt: skip
    assert cells(found, "spliceai") == [
        (0.1, at, "donor_gain", True), (0.3, at, "acceptor_gain", True), None, None,
        (0.6, at, "acceptor_loss", True),
    ]  # fmt: skip
    assert cells(found, "cadd") == [(28.1, at, None, False)] * 3 + [
        None, (23.5, at, None, False),
    ]  # fmt: skip
    assert cells(found, "phylop") == [(7.366, at, None, False)] * 3 + [None, None]


def test_without_a_release_the_laboratorys_own_scores_stand() -> None:
    found = with_scores(ROWS, Releases({}))

    assert cells(found, "revel")[:3] == [
        (0.1, "laboratory", None, False), None, (0.3, "laboratory", None, False),
    ]  # fmt: skip
    assert cells(found, "spliceai")[0] == (0.4, "laboratory", "donor_loss", False)


def test_a_release_that_lacks_an_allele_is_not_completed_from_elsewhere(
    releases: Releases,
) -> None:
    only_revel = Releases({"revel": releases["revel"]})
    found = with_scores(ROWS, only_revel)

    assert cells(found, "revel")[2] is None
    assert cells(found, "cadd")[3] == (1.0, "laboratory", None, False)


def test_rows_keep_their_order_and_their_other_columns(releases: Releases) -> None:
    found = with_scores(ROWS, releases)
    kept = ["key", "transcript", "gene"]

    assert found.select(kept).equals(ROWS.select(kept))
    assert {field.name for field in SCORE_FIELDS} == set(Predictor)
    assert with_scores(ROWS.clear(), releases).height == 0
