"""A laboratory's own allele counts as a source of references."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.annotate.sites import normalise_sites
from varinterp.errors import ReleaseError
from varinterp.model.canonical import to_object
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.local_counts import COUNTS, table_counts, vcf_counts
from varinterp.sources.local_frequency import (
    COUNTS_FILE,
    changed_counts,
    read_local,
    write_local,
)
from varinterp.sources.material import Built, Material

SMALLEST = 5
"""Smallest count that a release keeps where the catalogue's `build` block has no `smallest`."""

NOT_CARRIED = "not_carried"
TWICE = "twice"
"""Rows set aside: alleles that nobody carries, and a second row of the same normalised allele."""


def _build(material: Material, context: Context, folder: Path) -> Built:
    aside: Counter[str] = Counter()
    kept = [
        _normalised(block, context, aside) for block in _blocks(material, aside) if block.height
    ]
    rows = _once(pl.concat(kept), aside) if kept else None
    if rows is None or rows.is_empty():
        raise ReleaseError(f"{material.source}@{material.release} counts no allele")
    constructed = bool(material.settings.get("constructed", False))
    written = write_local(rows, folder, _smallest(material), constructed=constructed)
    counts = {"alleles": written, "largest_an": rows.select(pl.col("an").max()).item()}
    return Built(rows={COUNTS_FILE: written}, counts=counts, set_aside=aside)


def _blocks(material: Material, aside: Counter[str]) -> Iterator[pl.DataFrame]:
    """Yield the counts of the one file that was given: a table or a VCF."""
    table, sites = material.optional("table"), material.optional("vcf")
    if (table is None) == (sites is None):
        raise ReleaseError(
            f"{material.source}@{material.release}: give --file table=PATH or --file vcf=PATH"
        )
    if table is not None:
        yield table_counts(table)
    elif sites is not None:
        blocks, other = vcf_counts(sites)
        yield from blocks
        aside.update(other)


def _normalised(block: pl.DataFrame, context: Context, aside: Counter[str]) -> pl.DataFrame:
    carried = block.filter(pl.col("ac") > 0)
    aside.update({NOT_CARRIED: block.height - carried.height})
    rows, refused = normalise_sites(carried, context.fasta(), context.scratch)
    aside.update(refused)
    return rows.select(
        "key", "chromosome", "position", "ref", "alt",
        *(pl.col(name).cast(pl.Int32) for name in COUNTS),
    )  # fmt: skip


def _once(rows: pl.DataFrame, aside: Counter[str]) -> pl.DataFrame:
    """Keep, of rows that are the same normalised allele, the one with the most copies."""
    place = ["key", "ref", "alt"]
    ordered = rows.sort(*place, "ac", "an", descending=[False, False, False, True, True])
    kept = ordered.unique(place, keep="first", maintain_order=True)
    aside.update({TWICE: rows.height - kept.height})
    for reason in [reason for reason, count in aside.items() if not count]:
        del aside[reason]
    return kept


def _smallest(material: Material) -> int:
    smallest = material.settings.get("smallest", SMALLEST)
    if not isinstance(smallest, int) or isinstance(smallest, bool) or smallest < 1:
        raise ReleaseError(f"{material.source}: build.smallest is a whole number from 1 on")
    return smallest


def _lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    allele = Allele.parse(key)
    found = read_local(folder, pl.Series([allele.key], dtype=pl.UInt64)).get(str(allele))
    return None if found is None else to_object(found)


ADAPTER = Adapter(build=_build, lookup=_lookup, changes=changed_counts)
