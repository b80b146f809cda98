"""The laboratory's curated entries as a source of references: role ``list``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import Fault, InputError, ReleaseError
from varinterp.model.canonical import to_object
from varinterp.model.curation import CURATION
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.written_alleles import misspelled
from varinterp.sources.curated_kinds import InTransEntry
from varinterp.sources.curated_list import read_list, standing
from varinterp.sources.curated_release import (
    changed_curated,
    read_curated,
    read_history,
    write_curated,
)
from varinterp.sources.curated_table import ListedEntry
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

RETRACTED = "retracted"
"""Entries set aside: a later one took them back."""
RETRACTIONS = "retractions"
"""Entries set aside: they only take another back."""


def _build(material: Material, context: Context, folder: Path) -> Built:
    path = material.one("list")
    before = {} if context.previous is None else read_history(context.previous)
    try:
        listed = read_list(path, material.dated, before)
        refuse_misspelled(listed, path.name, context)
    except InputError as error:
        raise ReleaseError(str(error)) from error
    kept = standing(listed)
    rows = write_curated((each.entry for each in kept), (each.entry for each in listed), folder)
    if not kept:
        raise ReleaseError(f"{path.name} has no entry that stands")
    only = sum(each.entry.kind == "retraction" for each in listed)
    aside = {RETRACTED: len(listed) - len(kept) - only, RETRACTIONS: only}
    counts = {"entries": len(kept), "listed": len(listed)}
    return Built(rows, counts, {reason: count for reason, count in aside.items() if count})


def refuse_misspelled(listed: Sequence[ListedEntry], name: str, context: Context) -> None:
    """Raise InputError naming every allele that no patient's allele would ever equal."""
    written = list(_alleles(listed))
    found = misspelled([allele for _, _, allele in written], context)
    faults = [
        Fault(
            "curation.allele", name, problem, "a normalised allele of GRCh38",
            "correct the allele", written[at][0], written[at][1],
        )
        for at, problem in found
    ]  # fmt: skip
    if faults:
        raise InputError(faults)


def _alleles(listed: Sequence[ListedEntry]) -> Iterator[tuple[int, str, Allele]]:
    for each in listed:
        yield each.line, "allele", each.entry.place
        if isinstance(each.entry, InTransEntry):
            yield each.line, "partner", Allele.parse(each.entry.partner)


def look_up(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says of an allele, by kind; None when it says nothing."""
    allele = Allele.parse(key)
    found = read_curated(folder, pl.Series([allele.key], dtype=pl.UInt64)).get(str(allele))
    return None if found is None else to_object(found)


def _changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    return changed_curated(CURATION, old, new)


ADAPTER = Adapter(build=_build, lookup=look_up, changes=_changes)
