"""REVEL: role ``scores``, the zip of all chromosomes or the CSV in it."""

from collections import Counter
from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import build_packs, sealed
from varinterp.sources.material import Built, Material
from varinterp.sources.revel import LAYOUT, read_revel
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the packs of a release; its rows are in the order of GRCh37."""
    path = material.one("scores")
    set_aside: Counter[str] = Counter()
    streams = {"snv": (path, read_revel(path, set_aside))}
    files = build_packs(folder, LAYOUT, streams, set_aside, scratch=context.scratch)
    return sealed(folder, LAYOUT, files, set_aside)


ADAPTER = Adapter(build=build, lookup=lookup, changes=score_changes)
