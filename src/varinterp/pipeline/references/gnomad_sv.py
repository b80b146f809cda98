"""gnomAD's structural variants: role ``sites``, one file or one a chromosome."""

from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.gnomad_sv import (
    COPIES,
    build_population_copies,
    changed_population_copies,
    look_up_population_copy,
)
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the losses and gains that passed the resource's filters."""
    if material.settings:
        raise ReleaseError("gnomad_sv has no build settings")
    rows, aside = build_population_copies(material.every("sites"), folder)
    return Built({COPIES: rows}, {"copies": rows}, dict(aside))


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases by id."""
    return changed_population_copies(old, new)


ADAPTER = Adapter(build=build, lookup=look_up_population_copy, changes=changes)
