"""ClinGen's gene-disease validity: role `curations`."""

from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.clingen_validity import read_clingen_validity
from varinterp.sources.curations import changed_curations, look_up_curations, write_curated
from varinterp.sources.material import Built, Material


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``curations.parquet``."""
    return write_curated(read_clingen_validity(material.one("curations"), material.source), folder)


ADAPTER = Adapter(build=build, lookup=look_up_curations, changes=changed_curations)
