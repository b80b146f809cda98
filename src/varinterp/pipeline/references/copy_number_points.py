"""Curators' points for copy numbers: role ``list``."""

from pathlib import Path

import polars as pl

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.copy_number_points import (
    POINTS_FILE,
    build_points,
    changed_points,
    look_up_points,
)
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the entries of the list."""
    rows = build_points(material.one("list"), folder)
    return Built({POINTS_FILE: rows}, {"entries": rows})


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases by place."""
    return changed_points(old, new)


ADAPTER = Adapter(build=build, lookup=look_up_points, changes=changes)
