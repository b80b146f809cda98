"""A laboratory's gene panels as a source of references: role ``list``."""

from pathlib import Path

import polars as pl

from varinterp.errors import InputError, ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.material import Built, Material
from varinterp.sources.panel_list import read_panel_list
from varinterp.sources.panels import PANELS_FILE, changed_panels, look_up_panel, write_panels
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts


def _build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``panels.parquet``; symbols are compared with MANE's where it is built."""
    path, mane = material.one("list"), context.releases.get("mane")
    known = read_transcripts(mane.file(TRANSCRIPTS_FILE)).values() if mane else ()
    symbols = {each.hgnc: each.gene for each in known}
    try:
        panels = read_panel_list(path, symbols)
    except InputError as error:
        raise ReleaseError(str(error)) from error
    if not panels:
        raise ReleaseError(f"{path.name} has no panel")
    rows = write_panels(panels, folder)
    return Built({PANELS_FILE: rows}, {"panels": len(panels), "rows": rows})


def _changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    return changed_panels(old, new)


ADAPTER = Adapter(build=_build, lookup=look_up_panel, changes=_changes)
