"""What the affected set is made of is all needed: without a part of it the law breaks, and is seen
to break.
"""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest

from reanalysis_world import CHOICES, World, filled, later, members
from varinterp.errors import InternalError
from varinterp.model.change import ChangeKind
from varinterp.pipeline.reanalysis import batch
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.examine import Asked
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.scope import Scopes
from varinterp.pipeline.reanalysis.touched import Index

START = dict.fromkeys(CHOICES, 0)

_readers, _touched = Index._readers, Index.touched


def without_absent_reads(index: Index, changes: pl.DataFrame) -> Any:
    """Reads of what was not there: only a key that came could find them."""
    return _readers(index, changes.filter(pl.col("kind") != ChangeKind.ADDED.value))


def without_reads(index: Index, changes: pl.DataFrame) -> Any:
    return np.empty(0, np.int64)


def without_stretches(index: Index, changes: pl.DataFrame) -> Any:
    return _readers(index, changes.filter(pl.col("source") != "gnomad.coverage"))


def without_carriers(index: Index, delta: Any) -> Any:
    touched = _touched(index, delta)
    return type(touched)(touched.read, touched.gates.clear(), touched.shown, touched.placed)


def without_ranking(scopes: Scopes, case: str, *, observed: bool = False) -> Any:
    scopes.rerank = False
    return _of(scopes, case, observed=observed)


def without_partners(named: Asked, wide: Asked, candidates: Any) -> Asked:
    """The alleles of a gene read one another: examined alone, they would see nobody."""
    return wide


_of = Scopes.of


@pytest.mark.parametrize(
    ("part", "mutant", "moves"),
    [
        ((Index, "_readers"), without_absent_reads, {"clinvar": 2}),
        ((Index, "_readers"), without_reads, {"gene_disease": 3}),
        ((Index, "_readers"), without_stretches, {"gnomad": 1}),
        ((Index, "touched"), without_carriers, {"gnomad": 1}),
        ((Scopes, "of"), without_ranking, {"hpo": 1}),
        ((batch, "beside"), without_partners, {"clinvar": 2}),
    ],
)
def test_without_a_part_of_the_affected_set_the_law_breaks(
    part: tuple[type | ModuleType, str],
    mutant: Callable[..., Any],
    moves: dict[str, int],
    world: World,
    tmp_path: Path,
) -> None:
    drawn = members(world, 6)
    archive = filled(world, tmp_path, drawn, START)
    target = world.target(START | moves)
    try:
        with patch.object(*part, mutant):
            run(archive, target, Options(later(60), exports=False))
    except InternalError:
        return
    found = {each.id: content(archive.registry.result(each.id)) for each in drawn}
    expected = {each.id: content(world.full(each, target, tmp_path / "full")) for each in drawn}
    assert found != expected


def test_what_is_made_anew_is_hardly_more_than_what_changes(world: World, tmp_path: Path) -> None:
    drawn = members(world, 4)
    archive = filled(world, tmp_path, drawn, START)
    moves = {"clinvar": 2}
    target = world.target(START | moves)
    before = {each.id: archive.registry.result(each.id) for each in drawn}
    outcome = run(archive, target, Options(later(60), exports=False))
    truly = 0
    for each in drawn:
        was = {one.key: one.digest for one in before[each.id].assessments}
        now = archive.registry.result(each.id).assessments
        truly += sum(was.get(one.key) != one.digest for one in now)
    assert truly <= outcome.counts["made"] <= truly * 1.1
