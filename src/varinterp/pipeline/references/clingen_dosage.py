"""ClinGen's dosage sensitivity: roles `genes` and, where given, `regions`."""

from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.clingen_dosage import build_dosage, changed_dosage, look_up_dosage
from varinterp.sources.material import Built, Material


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``dosage.parquet``."""
    return build_dosage(material.one("genes"), material.optional("regions"), folder)


ADAPTER = Adapter(build=build, lookup=look_up_dosage, changes=changed_dosage)
