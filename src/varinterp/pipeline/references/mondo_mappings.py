"""Mondo's exact matches: roles `omim` and `orphanet`."""

from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.material import Built, Material
from varinterp.sources.mondo import build_mappings, changed_mappings, look_up_mapping


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``mappings.parquet``."""
    return build_mappings(material.one("omim"), material.one("orphanet"), folder)


ADAPTER = Adapter(build=build, lookup=look_up_mapping, changes=changed_mappings)
