"""MANE's transcripts: roles `gff3` and `summary`."""

from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.sources.mane import build_mane, changed_transcripts, look_up_transcript
from varinterp.sources.material import Built, Material


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write ``transcripts.parquet`` and ``genes.parquet``."""
    return build_mane(material.one("gff3"), material.optional("summary"), folder)


ADAPTER = Adapter(build=build, lookup=look_up_transcript, changes=changed_transcripts)
