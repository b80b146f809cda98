"""A release of a laboratory's gene panels: `panels.parquet`, one row a panel and gene.

PanelApp's panels are read from its curations, which keep a panel's number, version and colours.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.model.change import ChangeKind
from varinterp.model.panel import OWN, PanelLevel
from varinterp.sources.curations import Curation, read_curations
from varinterp.sources.link_changes import Change, changes_table
from varinterp.sources.panel_list import ListedPanel, PanelGene
from varinterp.sources.parquet import read_table, write_table

PANELS_FILE = "panels.parquet"
PANELS_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string(), nullable=False)
        for name in ("panel", "version", "title", "origin", "hgnc", "gene", "level")
    ]
)
"""Sorted by panel, then by the number of the HGNC id."""


def write_panels(panels: Iterable[ListedPanel], folder: Path) -> int:
    """Write a release's file and return its rows."""
    rows = [
        (each.id, each.version, each.title, each.origin, gene.hgnc, gene.symbol, gene.level.value)
        for each in panels
        for gene in each.genes
    ]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(PANELS_SCHEMA.names)}
    return write_table(pa.table(columns, schema=PANELS_SCHEMA), folder / PANELS_FILE)


def read_panels(folder: Path) -> dict[str, ListedPanel]:
    """Read a release's panels by id."""
    heads: dict[str, tuple[str, str, str]] = {}
    genes: defaultdict[str, list[PanelGene]] = defaultdict(list)
    for row in read_table(folder / PANELS_FILE, PANELS_SCHEMA).to_pylist():
        heads[row["panel"]] = row["version"], row["title"], row["origin"]
        genes[row["panel"]].append(PanelGene(row["hgnc"], row["gene"], PanelLevel(row["level"])))
    return {name: ListedPanel(name, *head, tuple(genes[name])) for name, head in heads.items()}


def read_panelapp_panels(folder: Path) -> dict[str, ListedPanel]:
    """Read PanelApp's panels by number; a gene that stands there twice has its best level.

    A panel of which the release holds several versions, because it changed while its pages were
    fetched, has the genes of all and says so.
    """
    versions: defaultdict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    genes: defaultdict[str, dict[str, PanelGene]] = defaultdict(dict)
    for row in read_curations(folder):
        number, _, version = row.record.partition("@")
        versions[number].add(version)
        titles[number] = row.disease_name
        gene, known = _gene(row), genes[number].get(row.hgnc)
        if known is None or gene.level.rank < known.level.rank:
            genes[number][row.hgnc] = gene
    listed: dict[str, ListedPanel] = {}
    for number, title in titles.items():
        version, held = " and ".join(sorted(versions[number])), tuple(genes[number].values())
        listed[number] = ListedPanel(number, version, title, "PanelApp", held)
    return listed


def _gene(row: Curation) -> PanelGene:
    return PanelGene(row.hgnc, row.gene, PanelLevel(row.stated_validity.replace(" ", "_")))


def look_up_panel(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says of a panel, or of a gene in it (``epilepsy/HGNC:25439``)."""
    name, _, hgnc = key.partition("/")
    panel = read_panels(folder).get(name)
    if panel is None:
        return None
    if not hgnc:
        return {"version": panel.version, "title": panel.title, "genes": len(panel.genes)}
    return next(
        ({"gene": each.symbol, "level": each.level} for each in panel.genes if each.hgnc == hgnc),
        None,
    )


def changed_panels(old: Path, new: Path) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`: panels by version, and their genes by level."""
    before, after = (dict(_values(read_panels(folder))) for folder in (old, new))
    return changes_table(
        OWN,
        (
            Change(key, _kind(before.get(key), after.get(key)), before.get(key), after.get(key))
            for key in sorted(before.keys() | after.keys())
            if before.get(key) != after.get(key)
        ),
    )


def _values(panels: Mapping[str, ListedPanel]) -> Iterator[tuple[str, str]]:
    for name, panel in panels.items():
        yield name, f"{panel.title}, version {panel.version}"
        for gene in panel.genes:
            yield f"{name}/{gene.hgnc}", f"{gene.symbol} {gene.level}"


def _kind(before: str | None, after: str | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if after is None else ChangeKind.RESTATED
