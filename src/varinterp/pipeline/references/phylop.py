"""phyloP of 100 vertebrates: role ``scores``, UCSC's wigFix, whole or a file a chromosome."""

from collections import Counter
from pathlib import Path

from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import build_positions, sealed
from varinterp.sources.material import Built, Material
from varinterp.sources.phylop import LAYOUT, read_phylop
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the tracks of a release."""
    set_aside: Counter[str] = Counter()
    files: dict[str, int] = {}
    for path in material.every("scores"):
        files |= build_positions(folder, LAYOUT, path, read_phylop(path, set_aside))
    return sealed(folder, LAYOUT, files, set_aside)


ADAPTER = Adapter(build=build, lookup=lookup, changes=score_changes)
