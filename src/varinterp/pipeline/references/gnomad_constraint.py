"""gnomAD's constraint metrics: role ``metrics``, by Ensembl transcript."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.gnomad_constraint import (
    CONSTRAINT,
    CONSTRAINT_SCHEMA,
    constraint_changes,
    lookup_constraint,
    read_constraint,
)
from varinterp.sources.material import Built, Material
from varinterp.sources.parquet import write_table
from varinterp.sources.rules import Rules


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the metrics of every Ensembl transcript."""
    if material.settings:
        raise ReleaseError("gnomad_constraint has no build settings")
    set_aside: Counter[str] = Counter()
    rows = read_constraint(material.one("metrics"), set_aside)
    table = rows.select(CONSTRAINT_SCHEMA.names).to_arrow().cast(CONSTRAINT_SCHEMA)
    counts = {
        "transcripts": rows.height,
        "genes": rows["gene"].n_unique(),
        "with_loeuf": rows.height - rows["loeuf"].null_count(),
    }
    return Built({CONSTRAINT: write_table(table, folder / CONSTRAINT)}, counts, dict(set_aside))


def lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return a transcript's metrics."""
    return lookup_constraint(folder, key)


def changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Return the transcripts whose metrics differ; no rule has a threshold of them."""
    return constraint_changes(old, new)


ADAPTER = Adapter(build=build, lookup=lookup, changes=changes)
