"""The difference of two releases of a source, as a table of changed keys."""

from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.files import atomic_write
from varinterp.pipeline.references.adapters import adapter_of
from varinterp.refs.catalogue import Source
from varinterp.refs.release import Release
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import write_table
from varinterp.sources.rules import Rules


def compare(source: Source, old: Release, new: Release, rules: Rules) -> pl.DataFrame:
    """Return what changed from one release of a source to another, as `CHANGES_SCHEMA`."""
    name = old.manifest.source
    if new.manifest.source != name:
        raise ReleaseError(f"{old.name} and {new.name} are releases of two sources")
    return adapter_of(name, source).changes(old.folder, new.folder, rules)


def kinds(changes: pl.DataFrame) -> list[tuple[str, str, int]]:
    """Count changes by source of facts and kind, in that order."""
    counted = changes.group_by("source", "kind").len().sort("source", "kind")
    return [(str(source), str(kind), int(count)) for source, kind, count in counted.iter_rows()]


def write_changes(changes: pl.DataFrame, path: Path) -> None:
    """Write a table of changes: Parquet, or tab-separated text for a name that ends so."""
    if path.suffix == ".parquet":
        write_table(changes.to_arrow().cast(CHANGES_SCHEMA), path)
    elif path.suffix in (".tsv", ".txt"):
        with atomic_write(path) as temporary:
            changes.write_csv(temporary, separator="\t")
    else:
        raise ReleaseError(f"{path.name}: give a name that ends with .parquet or .tsv")
