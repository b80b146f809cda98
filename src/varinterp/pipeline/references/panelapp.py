"""PanelApp's panels, of either instance: role `genes`, pages of genes or whole panels."""

from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.curations import changed_curations, look_up_curations, write_curated
from varinterp.sources.material import Built, Material
from varinterp.sources.panelapp import read_panelapp


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``curations.parquet``."""
    return write_curated(read_panelapp(material.every("genes"), material.source), folder)


ADAPTER = Adapter(build=build, lookup=look_up_curations, changes=changed_curations)
