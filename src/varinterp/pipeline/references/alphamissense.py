"""AlphaMissense: role ``scores``, the genomic file of GRCh38."""

from collections import Counter
from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import build_packs, sealed
from varinterp.sources.alphamissense import LAYOUT, read_alphamissense
from varinterp.sources.material import Built, Material
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the packs of a release."""
    path = material.one("scores")
    set_aside: Counter[str] = Counter()
    streams = {"snv": (path, read_alphamissense(path, set_aside))}
    files = build_packs(folder, LAYOUT, streams, set_aside, scratch=context.scratch)
    return sealed(folder, LAYOUT, files, set_aside)


ADAPTER = Adapter(build=build, lookup=lookup, changes=score_changes)
