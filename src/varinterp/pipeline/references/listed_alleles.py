"""A laboratory's list of founder and regional alleles as a source of references."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.canonical import to_object
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.written_alleles import misspelled
from varinterp.sources.listed_alleles import (
    LISTED_FILE,
    changed_listings,
    read_listed,
    write_listed,
)
from varinterp.sources.listed_rows import ListedRow, read_listed_rows
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules


def _build(material: Material, context: Context, folder: Path) -> Built:
    path = material.one("list")
    rows, aside = read_listed_rows(path, material.dated)
    _check_normal(rows, path.name, context)
    alleles = write_listed(rows, folder)
    counts = {"alleles": alleles, "listings": len(rows)}
    return Built(rows={LISTED_FILE: alleles}, counts=counts, set_aside=aside)


def _check_normal(rows: tuple[ListedRow, ...], name: str, context: Context) -> None:
    """Refuse an allele that no patient's allele would ever equal."""
    found = misspelled([row.allele for row in rows], context)
    faults = [f"{name}:{rows[at].line}: {problem}" for at, problem in found]
    if faults:
        raise ReleaseError("\n".join(faults))


def _lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    allele = Allele.parse(key)
    found = read_listed(folder, pl.Series([allele.key], dtype=pl.UInt64)).get(str(allele))
    return None if found is None else to_object(found)


def _changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    return changed_listings(old, new)


ADAPTER = Adapter(build=_build, lookup=_lookup, changes=_changes)
